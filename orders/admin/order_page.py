"""The page of an order: everything about it, and the one thing to do next."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch
from django.shortcuts import render
from django.utils import timezone
from django.utils.timezone import localdate

from catalog.models import Picture, Product
from customers.models import Customer, Mail, Text
from orders.admin.order_facts import facts_of
from orders.admin.order_forms import RemarkForm, ShipForm
from orders.models import CreditAccount, Order, OrderAddress, OrderEvent, OrderLine, Payment, PaymentMethod, Supplement
from orders.queries.held import ready_to_pack
from orders.queries.invoices import papers_of
from orders.queries.office import LETS_GO
from orders.queries.parcels import parcels_of
from orders.texts import keys_of

GOOD = {OrderEvent.Type.PLACED, OrderEvent.Type.PAID, OrderEvent.Type.SHIPPED}


@dataclass(frozen=True, slots=True)
class Moment:
    """One line of the history, whoever wrote it."""

    at: datetime
    title: str
    text: str = ""
    by: str = ""
    tone: str = ""
    mail: Mail | None = None
    sms: Text | None = None


def show(request, model_admin, order: Order):
    lines = _lines(order)
    pays = list(order.payments.prefetch_related("refunds__actor", "refunds__lines__line", "events"))
    paid = [payment for payment in pays if payment.status == Payment.Status.CAPTURED]
    captured = next((payment for payment in paid if payment.refundable and order.paid_at), None)
    parcels = parcels_of(order)
    shipments = [parcel.shipment for parcel in parcels]
    addresses = {address.kind: address for address in order.addresses.all()}
    supplement = order.supplements.filter(status=Supplement.Status.OPEN).first() if order.paid_at else None
    step = _next_step(order, pays)
    if step == "ship" and not any(line.to_send for line in lines):
        step = ""
    history = _history(order, pays, shipments)
    papers = papers_of(order)
    context = {
        **model_admin.admin_site.each_context(request),
        **facts_of(order),
        "title": str(order),
        "opts": model_admin.opts,
        "order": order,
        "lines": lines,
        "pieces_to_send": sum(line.to_send for line in lines),
        "payments": pays,
        "taxes": list(order.taxes.all()),
        "captured": captured,
        "has_ledger": any(payment.events.all() for payment in pays),
        "held": _held(pays),
        "gift_cards": _gift_cards(order, lines),
        "parcels": parcels,
        "delivery": addresses.get(OrderAddress.Kind.DELIVERY),
        "billing": addresses.get(OrderAddress.Kind.BILLING),
        "others": _others(order),
        "history": history,
        "trouble": _trouble(order),
        "papers": papers,
        "may_invoice": not papers and order.status == Order.Status.PLACED and _may_invoice(request),
        "step": step,
        "supplement": supplement,
        "can_cancel": _can_cancel(order),
        "is_late": _is_late(order),
        "may_change": model_admin.has_change_permission(request, order),
        "ship_form": ShipForm(order=order, ready=ready_to_pack(order, localdate())) if step == "ship" else None,
        "remark_form": RemarkForm(),
    }
    return render(request, "office/order.html", context)


def _lines(order: Order) -> list[OrderLine]:
    """With `picture` and `to_send`."""
    ready = Prefetch("variant__product__pictures", Picture.objects.filter(is_ready=True))
    found = order.lines.select_related("variant__product", "supplement")
    lines = list(found.prefetch_related(ready, "variant__values"))
    for line in lines:
        line.picture = _picture(line)
        line.to_send = line.left if order.is_to_send and not line.waits_for_money else 0
    return lines


def _gift_cards(order: Order, lines) -> list[CreditAccount]:
    """The cards that it bought; no query where it bought none."""
    if not any(line.kind == Product.Kind.GIFT_CARD for line in lines):
        return []
    return list(CreditAccount.objects.filter(line__order=order).order_by("pk"))


def _picture(line: OrderLine) -> Picture | None:
    if line.variant is None:
        return None
    pictures, chosen = list(line.variant.product.pictures.all()), {value.pk for value in line.variant.values.all()}
    return next((picture for picture in pictures if picture.value_id in chosen), next(iter(pictures), None))


def _next_step(order: Order, pays: list[Payment]) -> str:
    """`pay`, `ship` or nothing: the one button that stands out."""
    if order.status != Order.Status.PLACED:
        return ""
    if order.is_to_send and (order.payment_status in Order.MONEY_IS_SURE or order.pays_after):
        return "ship"
    waits = [pay for pay in pays if pay.status == Payment.Status.PENDING and pay.supplement_id is None]
    by_hand = [pay for pay in waits if pay.method != PaymentMethod.Code.CARD]
    return "pay" if by_hand else ""


def _held(pays: list[Payment]) -> dict | None:
    """What a card holds, until when, and whether that is soon."""
    held = next((pay for pay in pays if pay.status == Payment.Status.AUTHORISED), None)
    if held is None:
        return None
    until = held.capture_before
    return {"amount": held.amount, "until": until, "is_urgent": until is not None and until < timezone.now() + LETS_GO}


def _may_invoice(request) -> bool:
    return request.user.has_perms(["orders.view_invoice", "orders.change_order"])


def _can_cancel(order: Order) -> bool:
    states = Order.FulfilmentStatus
    sent = order.fulfilment_status in (states.FULFILLED, states.PARTLY)
    return order.status != Order.Status.CANCELLED and not sent


def _is_late(order: Order) -> bool:
    return bool(order.is_to_send and order.promised_on and order.promised_on < localdate())


def _others(order: Order) -> list[Order]:
    if not (order.customer_id or order.email):
        # Paid at once, and its page has not told yet who buys.
        return []
    same = {"customer": order.customer_id} if order.customer_id else {"email__iexact": order.email}
    return list(Order.objects.filter(**same).exclude(pk=order.pk)[:6])


def _trouble(order: Order) -> list[OrderEvent]:
    """Incidents that nobody has written a remark about since."""
    events = list(order.events.all())
    answered = max((event.pk for event in events if event.type == OrderEvent.Type.REMARK), default=0)
    return [event for event in events if event.type == OrderEvent.Type.INCIDENT and event.pk > answered]


def _history(order: Order, pays: list[Payment], shipments) -> list[Moment]:
    """Events, mails and remarks in one row, newest first."""
    keys = [f"order-{what}:{order.pk}" for what in ("confirmation", "cancelled", "ready")]
    keys += [f"order-{what}:{payment.pk}" for payment in pays for what in ("lapsed", "not-accepted")]
    keys += [f"order-shipped:{shipment.pk}" for shipment in shipments]
    keys += [f"order-changed:{change.pk}" for change in order.changes.only("pk")]
    keys += [f"order-refunded:{refund.pk}" for payment in pays for refund in payment.refunds.all()]
    mails = Mail.objects.filter(key__in=keys).defer("html", "text")
    moments = [_of_event(event) for event in order.events.select_related("actor")]
    moments += [Moment(mail.created_at, mail.subject, mail=mail) for mail in mails]
    moments += _texts(order)
    return sorted(moments, key=lambda moment: moment.at)[::-1]


def _texts(order: Order) -> list[Moment]:
    """No query for who did not ask for texts."""
    if not order.texts_to:
        return []
    found = Text.objects.filter(key__in=keys_of(order))
    return [Moment(text.created_at, text.words, sms=text) for text in found]


def _of_event(event: OrderEvent) -> Moment:
    tone = "is-trouble" if event.type == OrderEvent.Type.INCIDENT else "is-good" if event.type in GOOD else ""
    title = event.get_type_display()
    return Moment(event.created_at, title[:1].upper() + title[1:], event.text, _person(event.actor), tone)


def _person(actor: Customer | None) -> str:
    return actor.get_full_name() if actor else ""
