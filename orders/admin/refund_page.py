"""Giving money back: first what for, then a question that says the sum."""

from django.contrib import messages
from django.db.models import F
from django.shortcuts import render
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from catalog.money import format_minor
from orders.actions import refund_once, refund_parts, refunds
from orders.admin.asking import ask, back_to, order_of
from orders.admin.order_facts import facts_of
from orders.admin.refund_form import RefundForm
from orders.models import Order, Payment, Refund


def refund(request, order_id: int, model_admin):
    order = order_of(request, order_id, model_admin)
    payment = _to_refund(request, order)
    if payment is None:
        messages.info(request, _("There is no money of this order that could go back."))
        return back_to(order)
    data = request.POST if request.method == "POST" else None
    form = RefundForm(
        data, order=order, payment=payment, language=get_language() or "en", everything="all" in request.GET
    )
    if data is not None and form.is_valid():
        if "confirmed" in data:
            _refund(request, order, payment, form)
            return back_to(order)
        return _question(request, model_admin, order, payment, form)
    context = {
        **model_admin.admin_site.each_context(request),
        **facts_of(order),
        "title": _("Refund"),
        "subtitle": str(order),
        "opts": model_admin.opts,
        "order": order,
        "payment": payment,
        "form": form,
    }
    return render(request, "office/order/refund.html", context, status=422 if form.errors else 200)


def _to_refund(request, order: Order) -> Payment | None:
    """The payment that was asked for, else the first with something left; what a gift card paid comes last."""
    paid = order.payments.filter(status=Payment.Status.CAPTURED, captured__gt=F("refunded"))
    if order.credit_total and order.paid_at is None:
        return None
    found = list(paid.order_by(F("account_id").asc(nulls_first=True), "pk"))
    if shown := request.POST.get("of", ""):
        return next((one for one in found if str(one.pk) == shown), None)
    wanted = request.GET.get("payment", "")
    return next((one for one in found if str(one.pk) == wanted), next(iter(found), None))


def _question(request, model_admin, order: Order, payment: Payment, form: RefundForm):
    facts = facts_of(order) | {"sum": _written(form.priced.amount, payment)}
    hidden = [(name, value) for name, value in request.POST.items() if name != "csrfmiddlewaretoken"]
    return ask(
        request,
        model_admin,
        order,
        title=_("Refund"),
        sentence=_("Refund %(sum)s to %(name)s?") % facts,
        detail=_way_back(payment, form.cleaned_data.get("to_credit", False)),
        button=_("Refund %(sum)s") % facts,
        notes=_notes(form, payment),
        hidden=[*hidden, ("confirmed", "1")],
        danger=True,
    )


def _way_back(payment: Payment, to_credit: bool) -> str:
    if to_credit:
        return _("It becomes credit in the shop; who has no account gets a gift card by mail.")
    if payment.account_id:
        return _("It is on the gift card, or in the store credit, again at once.")
    if payment.method == "card":
        return _("Stripe sends it back to the card, usually within a week.")
    return _("Send the money yourself as well: the shop only writes it down and tells the buyer.")


def _notes(form: RefundForm, payment: Payment) -> list[str]:
    """What goes back, a sentence for each part."""
    said = []
    for row in form.priced.lines:
        name = ", ".join(filter(None, (row.line.product_name, row.line.variant_name)))
        words = {"number": row.quantity, "name": name, "sum": _written(row.gross, payment)}
        sentence = _("%(number)d × %(name)s: %(sum)s") if row.quantity else _("Off the price of %(name)s: %(sum)s")
        said.append(sentence % words)
        if row.restock:
            back = ngettext("%(number)d piece is on sale again.", "%(number)d pieces are on sale again.", row.quantity)
            said[-1] += ". " + back % words
    if form.priced.delivery.gross:
        said.append(_("Delivery: %(sum)s") % {"sum": _written(form.priced.delivery.gross, payment)})
    if form.priced.goodwill:
        said.append(_("Out of goodwill: %(sum)s") % {"sum": _written(form.priced.goodwill, payment)})
    return said


def _refund(request, order: Order, payment: Payment, form: RefundForm) -> None:
    wish = form.cleaned_data
    try:
        made = refund_once.refund_once(
            payment, wish["seen"], form.parts, wish["reason"], request.user, to_credit=wish.get("to_credit", False)
        )
    except refund_once.RefundedMeanwhile:
        messages.warning(request, _("Nothing more was refunded: money went back since you opened the page."))
        return
    except (refunds.RefundTooLarge, refund_parts.PartTooLarge) as most:
        words = {"most": _written(most.available, payment)}
        messages.error(request, _("Nothing was refunded: at most %(most)s can go back.") % words)
        return
    tell(request, order, made)


def tell(request, order: Order, made: Refund) -> None:
    """Say what came of a refund."""
    facts = facts_of(order) | {"sum": _written(made.amount, made.payment)}
    if made.status == Refund.Status.SUCCEEDED:
        messages.success(request, _("%(sum)s refunded. %(name)s gets a letter.") % facts)
    elif made.status == Refund.Status.FAILED:
        messages.error(request, _("Nothing was refunded. Stripe says: %(error)s") % {"error": made.error})
    else:
        messages.warning(request, _("Stripe does not answer. %(sum)s goes back as soon as it does, once.") % facts)


def _written(minor: int, payment: Payment) -> str:
    return format_minor(minor, payment.currency, get_language() or "en")
