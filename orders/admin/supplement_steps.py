"""What staff does about goods that were added to a paid order: their money is here, sent all the same, taken back."""

from django.contrib import messages
from django.http import Http404
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from catalog.money import format_minor
from orders.actions.supplements import ending, settling
from orders.admin.asking import ask, back_to, order_of
from orders.admin.order_facts import facts_of
from orders.models import Order, Supplement


def paid(request, order_id: int, model_admin):
    order, supplement = _found(request, order_id, model_admin)
    if request.method != "POST":
        sentence = _("Has %(sum)s from %(name)s arrived?") % _facts(order, supplement)
        detail = _("What was added is then sent with the rest, and has an invoice of its own.")
        return _ask(request, model_admin, order, _("Mark as paid"), sentence, detail, _("Yes, it is here"))
    if settling.mark_paid(supplement, request.user):
        messages.success(request, _("%(sum)s received for order %(number)s.") % _facts(order, supplement))
    else:
        messages.info(request, _("It was paid, or taken back, before."))
    return back_to(order)


def anyway(request, order_id: int, model_admin):
    order, supplement = _found(request, order_id, model_admin)
    if request.method != "POST":
        sentence = _("Send what was added before its money is here?")
        detail = _("%(sum)s stays owed by %(name)s, and is not taken back by itself any more.")
        detail %= _facts(order, supplement)
        return _ask(request, model_admin, order, _("Send all the same"), sentence, detail, _("Send all the same"))
    if ending.send_anyway(supplement, request.user):
        messages.success(request, _("Whoever packs sends it with the rest."))
    return back_to(order)


def back(request, order_id: int, model_admin):
    order, supplement = _found(request, order_id, model_admin)
    if request.method != "POST":
        sentence = _("Take what was added out of the order again?")
        detail = _("Its pieces go back on sale, and %(name)s gets a letter. What was paid before stays.")
        detail %= _facts(order, supplement)
        return _ask(request, model_admin, order, _("Take it back"), sentence, detail, _("Take it back"), danger=True)
    if ending.take_back(supplement, "", request.user):
        messages.success(request, _("It is taken back. %(name)s gets a letter.") % _facts(order, supplement))
    else:
        messages.warning(request, _("Not taken back: it was paid or sent meanwhile."))
    return back_to(order)


def _found(request, order_id: int, model_admin) -> tuple[Order, Supplement]:
    order = order_of(request, order_id, model_admin)
    supplement = order.supplements.order_by("pk").last()
    if supplement is None:
        raise Http404
    return order, supplement


def _facts(order: Order, supplement: Supplement) -> dict[str, str]:
    return facts_of(order) | {"sum": format_minor(supplement.amount, order.currency, get_language() or "en")}


def _ask(request, model_admin, order: Order, title: str, sentence: str, detail: str, button: str, danger=False):
    return ask(request, model_admin, order, title=title, sentence=sentence, detail=detail, button=button, danger=danger)
