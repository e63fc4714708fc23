"""The steps of an order, each a POST on behalf of a clerk: money is here, sent, called off, remarked.

What an action refuses becomes a sentence on the page; nothing has changed then.
"""

from django.contrib import messages
from django.utils.formats import date_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from catalog.actions.stock import NotOnHand
from catalog.models import Variant
from catalog.money import format_minor
from orders import providers
from orders.actions import cancelling, dispatching, payments, refund_parts, remarks, shipping
from orders.admin.asking import ask, back_to, order_of
from orders.admin.order_facts import facts_of
from orders.admin.order_forms import CancelForm, RemarkForm, ShipForm
from orders.models import Order


def pay(request, order_id: int, model_admin):
    """The money of a transfer, or of the courier, is here: asked first, for it sends the parcel on its way."""
    order = order_of(request, order_id, model_admin)
    if request.method != "POST":
        facts = facts_of(order)
        sentence = _("Has %(sum)s from %(name)s arrived?") % (facts | {"sum": facts["due"]})
        detail = _("The order is then paid. Whoever packs sees it.")
        return ask(
            request,
            model_admin,
            order,
            title=_("Mark as paid"),
            sentence=sentence,
            detail=detail,
            button=_("Yes, it is here"),
        )
    if payments.mark_paid(order, request.user):
        facts = facts_of(order)
        messages.success(request, _("%(sum)s received for order %(number)s.") % (facts | {"sum": facts["due"]}))
    elif order.payment_status != Order.PaymentStatus.UNPAID:
        messages.info(request, _("It was marked as paid before."))
    else:
        messages.warning(request, _("Only a transfer or a payment at the door of a placed order is marked by hand."))
    return back_to(order)


@require_POST
def ship(request, order_id: int, model_admin):
    order = order_of(request, order_id, model_admin)
    form = ShipForm(request.POST, order=order)
    if not form.is_valid():
        words = {"what": " ".join(str(error) for errors in form.errors.values() for error in errors)}
        messages.error(request, _("Not sent. %(what)s") % words)
        return back_to(order)
    parcel = {name: form.cleaned_data[name] for name in ("carrier", "tracking_number", "tracking_url", "seen")}
    try:
        dispatching.dispatch(order, actor=request.user, pieces=form.pieces, **parcel)
    except shipping.NotPaid:
        messages.error(request, _("Not sent: the money is not here yet."))
    except (payments.NotTaken, payments.PaymentUnavailable) as trouble:
        messages.error(request, untaken_words(trouble))
    except shipping.TooEarly as refusal:
        words = {"day": date_format(refusal.released_on)}
        messages.error(request, _("Not sent: something in it comes out on %(day)s and is not sent before.") % words)
    except NotOnHand as refusal:
        messages.error(request, missing_words(refusal))
    except shipping.TooManyPieces as refusal:
        words = ngettext("%(number)d piece", "%(number)d pieces", refusal.left) % {"number": refusal.left}
        messages.error(request, _("Not sent: of one line only %(left)s is left.") % {"left": words})
    except shipping.NothingChosen:
        messages.error(request, _("Not sent: say how many pieces go into this parcel."))
    except shipping.SentMeanwhile:
        messages.info(request, _("Not sent again: a parcel went since you opened the page."))
    except shipping.NotShippable:
        messages.info(request, _("There is nothing to send: it was sent, or called off, before."))
    else:
        sentence = _("Order %(number)s is on its way. %(name)s gets a letter.")
        if order.fulfilment_status == Order.FulfilmentStatus.PARTLY:
            sentence = _("A parcel is on its way, the rest follows. %(name)s gets a letter.")
        messages.success(request, sentence % facts_of(order))
    return back_to(order)


def untaken_words(trouble: Exception) -> str:
    """Why a card was not charged, and so nothing left."""
    name = {"provider": providers.title()}
    if isinstance(trouble, payments.NotTaken):
        return _("Not sent: the card was not charged. %(provider)s says: %(error)s") % {"error": trouble.reason, **name}
    return _("Not sent: %(provider)s does not answer, so the card may be charged or not. Try again in a moment.") % name


def missing_words(refusal: NotOnHand) -> str:
    variant = Variant.objects.select_related("product").get(pk=refusal.variant_id)
    words = {"missing": refusal.missing, "sku": variant.sku, "name": variant.product.name}
    return (
        ngettext(
            "Not sent: %(missing)d piece of %(sku)s %(name)s is not on the shelf yet.",
            "Not sent: %(missing)d pieces of %(sku)s %(name)s are not on the shelf yet.",
            refusal.missing,
        )
        % words
    )


def cancel(request, order_id: int, model_admin):
    order = order_of(request, order_id, model_admin)
    form = CancelForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        _cancel(request, order, form.cleaned_data["reason"])
        return back_to(order)
    pieces = sum(line.quantity for line in order.lines.all() if line.needs_delivery)
    returned, spent = cancelling.returns(order), refund_parts.spent_of(order)
    on_sale = ngettext("%(number)d piece goes back on sale.", "%(number)d pieces go back on sale.", pieces)
    facts = facts_of(order) | {"sum": format_minor(returned, order.currency, get_language() or "en")}
    money = _("%(sum)s goes back to %(name)s.") % facts if returned else _("Nothing was paid, so nothing goes back.")
    if order.payment_status == Order.PaymentStatus.AUTHORISED:
        money = _("The card lets go of the money; nothing is charged.")
    sentence = _("Cancel order %(number)s of %(name)s?") % facts
    detail = f"{on_sale % {'number': pieces}} {money}"
    if spent:
        words = {"spent": format_minor(spent, order.currency, get_language() or "en")}
        detail += " " + _("%(spent)s of its gift cards is spent and does not go back.") % words
    return ask(
        request,
        model_admin,
        order,
        title=_("Cancel and restock"),
        sentence=sentence,
        detail=detail,
        button=_("Cancel the order"),
        form=form,
        danger=True,
    )


def _cancel(request, order: Order, reason: str) -> None:
    before = order.status
    try:
        cancelling.cancel(order, reason, request.user)
    except cancelling.AlreadyShipped:
        messages.error(request, _("Not cancelled: the parcel is on its way. Refund it when it comes back."))
    except cancelling.BeingPaid:
        messages.warning(request, _("Not cancelled: the buyer's bank is at work on it. Try again in a few minutes."))
    except payments.PaymentUnavailable:
        messages.error(
            request,
            _("Not cancelled: %(provider)s does not answer, so it may be paid just now. Try again soon.")
            % {"provider": providers.title()},
        )
    else:
        if before == Order.Status.CANCELLED:
            messages.info(request, _("It was cancelled before."))
        elif order.status == Order.Status.CANCELLED:
            messages.success(
                request, _("Order %(number)s is cancelled, its pieces are on sale again.") % facts_of(order)
            )
        else:
            messages.warning(
                request, _("Not cancelled: the buyer's bank is at work on it. Try again in a few minutes.")
            )


@require_POST
def remark(request, order_id: int, model_admin):
    order = order_of(request, order_id, model_admin)
    form = RemarkForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Write a remark of at most 300 characters."))
    elif remarks.remark(order, form.cleaned_data["text"], request.user):
        messages.success(request, _("Your remark stands in the history."))
    return back_to(order)
