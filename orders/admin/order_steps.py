"""The steps of an order, each a POST on behalf of a clerk: money is here, sent, money back, called off, remarked.

What an action refuses becomes a sentence on the page; nothing has changed then.
"""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.formats import date_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from catalog.actions.stock import NotOnHand
from catalog.models import Variant
from catalog.money import format_minor
from orders.actions import cancelling, payments, refund_once, refunds, remarks, shipping
from orders.admin.order_facts import facts_of
from orders.admin.order_forms import CancelForm, RefundForm, RemarkForm, ShipForm
from orders.models import Order, Payment, Refund


def pay(request, order_id: int, model_admin):
    """The money of a transfer, or of the courier, is here: asked first, for it sends the parcel on its way."""
    order = _order(request, order_id, model_admin)
    if request.method != "POST":
        sentence = _("Has %(sum)s from %(name)s arrived?") % facts_of(order)
        detail = _("The order is then paid. Whoever packs sees it.")
        return _ask(request, model_admin, order, _("Mark as paid"), sentence, detail, button=_("Yes, it is here"))
    if payments.mark_paid(order, request.user):
        messages.success(request, _("%(sum)s received for order %(number)s.") % facts_of(order))
    elif order.payment_status != Order.PaymentStatus.UNPAID:
        messages.info(request, _("It was marked as paid before."))
    else:
        messages.warning(request, _("Only a transfer or a payment at the door of a placed order is marked by hand."))
    return _back(order)


@require_POST
def ship(request, order_id: int, model_admin):
    order = _order(request, order_id, model_admin)
    form = ShipForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Carrier and tracking number have at most 80 characters."))
        return _back(order)
    try:
        shipping.ship(order, actor=request.user, **form.cleaned_data)
    except shipping.NotPaid:
        messages.error(request, _("Not sent: the money is not here yet."))
    except shipping.TooEarly as refusal:
        words = {"day": date_format(refusal.released_on)}
        messages.error(request, _("Not sent: something in it comes out on %(day)s and is not sent before.") % words)
    except NotOnHand as refusal:
        messages.error(request, _missing(refusal))
    except shipping.NotShippable:
        messages.info(request, _("There is nothing to send: it was sent, or called off, before."))
    else:
        messages.success(request, _("Order %(number)s is on its way. %(name)s gets a letter.") % facts_of(order))
    return _back(order)


def _missing(refusal: NotOnHand) -> str:
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


def refund(request, order_id: int, model_admin):
    order = _order(request, order_id, model_admin)
    payment = order.payments.filter(status=Payment.Status.CAPTURED).first()
    if payment is None or not payment.refundable:
        messages.info(request, _("There is no money of this order that could go back."))
        return _back(order)
    form = RefundForm(request.POST or None, payment=payment, language=get_language() or "en")
    if request.method == "POST" and form.is_valid():
        _refund(request, order, payment, form.cleaned_data)
        return _back(order)
    facts = facts_of(order) | {"sum": format_minor(payment.refundable, payment.currency, get_language() or "en")}
    sentence = _("Refund up to %(sum)s to %(name)s?") % facts
    detail = {
        "card": _("Stripe sends it back to the card, usually within a week."),
        "bank_transfer": _("Send the money yourself as well: the shop only writes it down and tells the buyer."),
        "on_delivery": _("Send the money yourself as well: the shop only writes it down and tells the buyer."),
    }[payment.method]
    return _ask(request, model_admin, order, _("Refund"), sentence, detail, _("Refund the amount"), form, danger=True)


def _refund(request, order: Order, payment: Payment, wish: dict) -> None:
    try:
        made = refund_once.refund_once(payment, what=wish.pop("amount"), actor=request.user, **wish)
    except refund_once.RefundedMeanwhile:
        messages.warning(request, _("Nothing more was refunded: money went back since you opened the page."))
        return
    except refunds.RefundTooLarge as most:
        written = format_minor(most.available, payment.currency, get_language() or "en")
        messages.error(request, _("Nothing was refunded: at most %(most)s can go back.") % {"most": written})
        return
    facts = facts_of(order) | {"sum": format_minor(made.amount, payment.currency, get_language() or "en")}
    if made.status == Refund.Status.SUCCEEDED:
        messages.success(request, _("%(sum)s refunded. %(name)s gets a letter.") % facts)
    elif made.status == Refund.Status.FAILED:
        messages.error(request, _("Nothing was refunded. Stripe says: %(error)s") % {"error": made.error})
    else:
        messages.warning(request, _("Stripe does not answer. %(sum)s goes back as soon as it does, once.") % facts)


def cancel(request, order_id: int, model_admin):
    order = _order(request, order_id, model_admin)
    form = CancelForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        _cancel(request, order, form.cleaned_data["reason"])
        return _back(order)
    pieces = sum(line.quantity for line in order.lines.all() if line.needs_delivery)
    returned = sum(payment.refundable for payment in order.payments.filter(status=Payment.Status.CAPTURED))
    on_sale = ngettext("%(number)d piece goes back on sale.", "%(number)d pieces go back on sale.", pieces)
    facts = facts_of(order) | {"sum": format_minor(returned, order.currency, get_language() or "en")}
    money = _("%(sum)s goes back to %(name)s.") % facts if returned else _("Nothing was paid, so nothing goes back.")
    sentence = _("Cancel order %(number)s of %(name)s?") % facts
    detail = f"{on_sale % {'number': pieces}} {money}"
    return _ask(
        request, model_admin, order, _("Cancel and restock"), sentence, detail, _("Cancel the order"), form, danger=True
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
        messages.error(request, _("Not cancelled: Stripe does not answer, so it may be paid just now. Try again soon."))
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
    order = _order(request, order_id, model_admin)
    form = RemarkForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Write a remark of at most 300 characters."))
    elif remarks.remark(order, form.cleaned_data["text"], request.user):
        messages.success(request, _("Your remark stands in the history."))
    return _back(order)


def _order(request, order_id: int, model_admin) -> Order:
    if not model_admin.has_change_permission(request):
        raise PermissionDenied
    return get_object_or_404(Order.objects.select_related("customer"), pk=order_id)


def _back(order: Order):
    return redirect("admin:orders_order_change", order.pk)


def _ask(request, model_admin, order: Order, title, sentence, detail, button, form=None, danger: bool = False):
    context = {
        **model_admin.admin_site.each_context(request),
        "title": title,
        "subtitle": str(order),
        "opts": model_admin.opts,
        "sentence": sentence,
        "detail": detail,
        "button": button,
        "form": form,
        "danger": danger,
        "back": _back(order).url,
    }
    return render(request, "office/ask.html", context, status=422 if form is not None and form.errors else 200)
