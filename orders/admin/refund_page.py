"""Giving money back: first what for, then a question that says the sum."""

from django.contrib import messages
from django.shortcuts import render
from django.utils.text import capfirst
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from catalog.money import format_minor
from orders import providers
from orders.actions import paying_back, refund_once, refund_parts, refunds
from orders.actions.paying_back import amount_of
from orders.admin.asking import ask, back_to, order_of
from orders.admin.order_facts import facts_of
from orders.admin.refund_form import RefundForm
from orders.models import Order, Payment, Refund


def refund(request, order_id: int, model_admin):
    order = order_of(request, order_id, model_admin)
    payments, only = _to_refund(request, order)
    if not payments:
        messages.info(request, _("There is no money of this order that could go back."))
        return back_to(order)
    data = request.POST if request.method == "POST" else None
    form = RefundForm(
        data,
        order=order,
        payments=payments,
        only=only,
        language=get_language() or "en",
        everything="all" in request.GET,
    )
    if data is not None and form.is_valid():
        if "confirmed" in data:
            _refund(request, order, form)
            return back_to(order)
        return _question(request, model_admin, order, form)
    context = {
        **model_admin.admin_site.each_context(request),
        **facts_of(order),
        "title": _("Refund"),
        "subtitle": str(order),
        "opts": model_admin.opts,
        "order": order,
        "payments": payments,
        "only": only,
        "form": form,
    }
    return render(request, "office/order/refund.html", context, status=422 if form.errors else 200)


def _to_refund(request, order: Order) -> tuple[list[Payment], int | None]:
    """All payments with something left, in the order in which they give it back; or the one that was asked for."""
    if order.credit_total and order.paid_at is None:
        return [], None
    found = paying_back.giving(order)
    wanted = request.POST.get("of", "") if request.method == "POST" else request.GET.get("payment", "")
    if not wanted:
        return found, None
    return [one for one in found if str(one.pk) == wanted], int(wanted) if wanted.isdecimal() else None


def _question(request, model_admin, order: Order, form: RefundForm):
    facts = facts_of(order) | {"sum": _written(form.priced.amount, order)}
    hidden = [(name, value) for name, value in request.POST.items() if name != "csrfmiddlewaretoken"]
    to_credit = form.cleaned_data.get("to_credit", False)
    ways = [(payment, amount_of(share), _way_back(payment, to_credit)) for payment, share in form.plan]
    return ask(
        request,
        model_admin,
        order,
        title=_("Refund"),
        sentence=_("Refund %(sum)s to %(name)s?") % facts,
        detail=ways[0][2] if len(ways) == 1 else _("It goes back in the ways it was paid, gift cards last."),
        button=_("Refund %(sum)s") % facts,
        notes=_notes(form, order) + [_of_way(order, *way) for way in ways if len(ways) > 1],
        hidden=[*hidden, ("confirmed", "1")],
        danger=True,
    )


def _of_way(order: Order, payment: Payment, amount: int, way: str) -> str:
    words = {"sum": _written(amount, order), "method": capfirst(payment.get_method_display()), "way": way}
    return _("%(method)s: %(sum)s. %(way)s") % words


def _way_back(payment: Payment, to_credit: bool) -> str:
    if payment.account_id:
        return _("It is on the gift card, or in the store credit, again at once.")
    if to_credit:
        return _("It becomes credit in the shop; who has no account gets a gift card by mail.")
    if payment.method == "card":
        return _("%(provider)s sends it back to the card, usually within a week.") % {"provider": providers.title()}
    return _("Send the money yourself as well: the shop only writes it down and tells the buyer.")


def _notes(form: RefundForm, order: Order) -> list[str]:
    """What goes back, a sentence for each part."""
    said = []
    for row in form.priced.lines:
        name = ", ".join(filter(None, (row.line.product_name, row.line.variant_name)))
        words = {"number": row.quantity, "name": name, "sum": _written(row.gross, order)}
        sentence = _("%(number)d × %(name)s: %(sum)s") if row.quantity else _("Off the price of %(name)s: %(sum)s")
        said.append(sentence % words)
        if row.restock:
            back = ngettext("%(number)d piece is on sale again.", "%(number)d pieces are on sale again.", row.quantity)
            said[-1] += ". " + back % words
    if form.priced.delivery.gross:
        said.append(_("Delivery: %(sum)s") % {"sum": _written(form.priced.delivery.gross, order)})
    if form.priced.goodwill:
        said.append(_("Out of goodwill: %(sum)s") % {"sum": _written(form.priced.goodwill, order)})
    return said


def _refund(request, order: Order, form: RefundForm) -> None:
    wish = form.cleaned_data
    try:
        made = refund_once.refund_order(
            order,
            wish["seen"],
            form.parts,
            wish["reason"],
            request.user,
            to_credit=wish.get("to_credit", False),
            payment_id=form.only,
        )
    except refund_once.RefundedMeanwhile:
        messages.warning(request, _("Nothing more was refunded: money went back since you opened the page."))
        return
    except (refunds.RefundTooLarge, refund_parts.PartTooLarge) as most:
        words = {"most": _written(most.available, order)}
        messages.error(request, _("Nothing was refunded: at most %(most)s can go back.") % words)
        return
    for one in made:
        tell(request, order, one)


def tell(request, order: Order, made: Refund) -> None:
    """Say what came of a refund."""
    facts = facts_of(order) | {"sum": _written(made.amount, order), "provider": providers.title()}
    if made.status == Refund.Status.SUCCEEDED:
        messages.success(request, _("%(sum)s refunded. %(name)s gets a letter.") % facts)
    elif made.status == Refund.Status.FAILED:
        messages.error(
            request,
            _("Nothing was refunded. %(provider)s says: %(error)s")
            % {"error": made.error, "provider": providers.title()},
        )
    else:
        messages.warning(
            request, _("%(provider)s does not answer. %(sum)s goes back as soon as it does, once.") % facts
        )


def _written(minor: int, order: Order) -> str:
    return format_minor(minor, order.currency, get_language() or "en")
