"""The letters of an order, in the language of the order. Each is written once for its occasion."""

from datetime import date
from html import unescape

from babel.dates import format_datetime, format_interval, format_skeleton
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.timezone import localdate, localtime

from catalog.moments import locale_of
from catalog.money import format_minor
from customers import mail
from customers.models import Mail
from orders.models import (
    Order,
    OrderAddress,
    OrderChange,
    OrderLine,
    Payment,
    PaymentMethod,
    Refund,
    Shipment,
    Supplement,
)
from orders.queries.parcels import explain, what_follows
from orders.queries.ways_to_pay import takes, way_to_pay
from orders.tax.words import percent, sentence, tax_lines
from orders.tokens import order_url, paper_url, pay_url

CONFIRMATION = "order-confirmation:"
Code = PaymentMethod.Code


def confirm(order: Order, is_first: bool = False) -> Mail:
    """The confirmation, with its instructions to pay if money is still to come.

    `is_first`: the order was written in this transaction, so that nobody can have confirmed it.
    """
    write = mail.draft_first if is_first else mail.write
    key = f"{CONFIRMATION}{order.pk}"
    return write(key, order.email, order.language, "orders/confirmation", _confirmation(order))


def ask_to_pay(order: Order) -> Mail:
    """An order that staff entered waits for a card: the link to the card page, and until when it holds."""
    until = format_datetime(localtime(order.pay_until), "d MMMM HH:mm", locale=locale_of(order.language))
    facts = {**_confirmation(order), "until": until, "link": pay_url(order)}
    return mail.write(f"order-pay:{order.pk}", order.email, order.language, "orders/pay", facts)


def tell_shipped(order: Order, shipment: Shipment) -> Mail:
    """A parcel is on its way: what is in it, what is needed to follow it, and what comes later."""
    facts = {
        **facts_of(order),
        "shipment": shipment,
        "inside": [(row.line, row.quantity) for row in shipment.lines.select_related("line").order_by("line")],
        "follows": what_follows(order),
        "arrives": arrival(order),
        "point": _point(order, order.addresses.filter(kind=OrderAddress.Kind.DELIVERY).first())
        if order.point_code
        else "",
        **_paper(order),
    }
    return mail.write(f"order-shipped:{shipment.pk}", order.email, order.language, "orders/shipped", facts)


def tell_ready(order: Order) -> Mail:
    """It lies in the shop and may be picked up: where, and when the shop is open."""
    with translation.override(order.language):
        hours = order.pickup_place.hours if order.pickup_place else ""
    facts = {**facts_of(order), "hours": hours}
    return mail.write(f"order-ready:{order.pk}", order.email, order.language, "orders/ready", facts)


def tell_cancelled(order: Order, returned: int, was_held: bool = False) -> Mail:
    """The order was cancelled; how much money goes back. Why it was is for the history, not for a letter.

    `was_held`: a card held the money, and lets it go.
    """
    facts = {**facts_of(order), "returned": _money(order, returned) if returned else "", **_paper(order)}
    facts["was_held"] = was_held
    return mail.write(f"order-cancelled:{order.pk}", order.email, order.language, "orders/cancelled", facts)


def tell_lapsed(order: Order, payment: Payment) -> Mail:
    """The card's bank let go of the money before the parcel left: nothing was charged, and it is to be transferred."""
    way = way_to_pay(PaymentMethod.Code.BANK_TRANSFER)
    facts = {**facts_of(order), "rest": _money(order, payment.amount), "method": way, "by_card": takes(Code.CARD)}
    return mail.write(f"order-lapsed:{payment.pk}", order.email, order.language, "orders/lapsed", facts)


def tell_not_accepted(order: Order, payment: Payment) -> Mail:
    """Paid at once, with an address to which nothing can be sent for that money: nothing was charged."""
    facts = {**facts_of(order), "rest": _money(order, payment.amount)}
    return mail.write(f"order-not-accepted:{payment.pk}", order.email, order.language, "orders/not-accepted", facts)


def tell_due(order: Order, is_over: bool) -> Mail:
    """A friendly word about an order on account: it is due soon, or was due."""
    facts = {
        **facts_of(order),
        **_paper(order),
        "rest": _money(order, order.to_pay),
        "due": days(order.due_on, order.due_on, order.language),
        "is_over": is_over,
        "method": way_to_pay(PaymentMethod.Code.ON_ACCOUNT),
    }
    key = f"order-due:{order.pk}:{'after' if is_over else 'before'}"
    return mail.write(key, order.email, order.language, "orders/due", facts)


def tell_refunded(order: Order, refund: Refund, nothing_left: bool = False) -> Mail:
    """Money goes back, and what for. `nothing_left`: it was paid when the pieces were gone, so there is no order."""
    back = explain(refund)
    facts = {
        **facts_of(order),
        "returned": _money(order, refund.amount),
        "nothing_left": nothing_left,
        "is_explained": back.is_explained and not nothing_left,
        "back": [(line, pieces, _money(order, gross)) for line, pieces, gross in back.lines],
        "delivery_back": _money(order, back.delivery) if back.delivery else "",
        "goodwill": _money(order, back.goodwill) if back.goodwill else "",
        **_paper(order),
        "to_credit": refund.to_credit,
        "to_card": bool(refund.payment.account_id) and not refund.to_credit,
    }
    return mail.write(f"order-refunded:{refund.pk}", order.email, order.language, "orders/refunded", facts)


def tell_changed(order: Order, change: OrderChange, supplement: Supplement | None = None) -> Mail:
    """The order was changed: what is different, and what goes back or is still to be paid.

    With a `supplement` the letter asks for it: until when, by a link and by transfer.
    """
    facts = {
        **facts_of(order),
        "change": change,
        "before": _money(order, change.total_before),
        "after": _money(order, change.total_after),
        "returned": _money(order, change.returned) if change.returned else "",
        "is_unpaid": order.payment_status == Order.PaymentStatus.UNPAID,
        "supplement": supplement,
        "asked": _money(order, supplement.amount) if supplement else "",
        "until": days(*[localdate(supplement.expires_at)] * 2, order.language) if supplement else "",
        "by_card": supplement and takes(Code.CARD),
        "by_transfer": way_to_pay(Code.BANK_TRANSFER) if supplement and takes(Code.BANK_TRANSFER) else None,
    }
    return mail.write(f"order-changed:{change.pk}", order.email, order.language, "orders/changed", facts)


def facts_of(order: Order) -> dict:
    """What every letter about an order knows: order, lines, sums as written for its reader, link to its page."""
    return {
        "order": order,
        "link": order_url(order),
        "lines": [(line, _money(order, line.full)) for line in order.lines.all()],
        "promotions": _promotions(order),
        "goods": _money(order, order.goods_total),
        "delivery": _money(order, order.delivery_shown),
        "taxes": [(percent(row.rate_bp, order.language), _money(order, row.tax)) for row in tax_lines(order)],
        "total": _money(order, order.total),
    }


def arrival(order: Order) -> str:
    """The promised days in words: "Mon, 5 Oct – Wed, 7 Oct"; empty when nothing is sent."""
    if not order.promised_on:
        return ""
    return days(order.promised_from or order.promised_on, order.promised_on, order.language)


def days(first: date, last: date, language: str) -> str:
    """One day or a range of days, as readers of the language write it."""
    if first == last:
        return format_skeleton("MMMMEEEEd", first, locale=locale_of(language))
    return format_interval(first, last, "MMMEd", locale=locale_of(language))


def _confirmation(order: Order) -> dict:
    """Plain data: the letter is drawn later, and tells the order as it is now."""
    living = [pay for pay in order.payments.all() if pay.status != Payment.Status.CANCELLED and not pay.account_id]
    payment = max(living, key=lambda one: one.pk, default=None)
    code = payment.method if payment and payment.amount else ""
    address = next((one for one in order.addresses.all() if one.kind == OrderAddress.Kind.DELIVERY), None)
    facts = facts_of(order)
    with translation.override(order.language):
        return {
            **facts,
            "order": {name: getattr(order, name) for name in _TOLD},
            "lines": [(_line(line), sum) for line, sum in facts["lines"]],
            "untaxed": sentence(order.taxing, order.needs_delivery),
            "arrives": arrival(order),
            "address": str(address or ""),
            "point": _point(order, address),
            "due": days(order.due_on, order.due_on, order.language) if order.due_on else "",
            "pays_by": str(code),
            "is_held": bool(payment and payment.status == Payment.Status.AUTHORISED and payment.capturing is None),
            "rest": _money(order, order.to_pay),
            "by_credit": _money(order, order.credit_total) if order.credit_total else "",
            "instructions": getattr(way_to_pay(code), "instructions", ""),
        }


def _point(order: Order, address: OrderAddress | None) -> str:
    """The pick-up point it goes to, as one reads it out; empty for all other orders."""
    if not (order.point_code and address):
        return ""
    place = f"{address.postcode} {address.city}".strip()
    return ", ".join((order.point_name, address.line1, f"{place} ({order.point_code})"))


_TOLD = (
    "number", "is_pickup", "pickup_address", "is_paid", "needs_delivery", "delivery_name", "delivery_shown",
    "prices_include_tax", "vat_number", "payment_status",
)  # fmt: skip


def _line(line: OrderLine) -> dict:
    told = ("quantity", "product_name", "variant_name", "answers", "components")
    found = {name: getattr(line, name) for name in told}
    words = render_to_string("parts/wait.html", {"why": line.waits, "day": line.expected_on}) if line.waits else ""
    return found | {"waits": unescape(words.strip())}


def _paper(order: Order) -> dict:
    """The invoice, or the credit note that was written with the occasion of the letter: a link, not a file."""
    paper = order.invoices.only("order", "number", "kind").order_by("pk").last()
    return {"paper": paper, "paper_link": paper_url(order, paper.number)} if paper else {}


def _promotions(order: Order) -> list[tuple[str, str, str]]:
    """Name, code and amount of what was taken off the goods; what delivery costs says the rest."""
    if not order.discount_total:
        return []
    uses = [use for use in order.promotions.order_by("pk") if use.goods_amount]
    return [(use.name, use.code, f"−{_money(order, use.goods_amount)}") for use in uses]


def _money(order: Order, minor: int) -> str:
    return format_minor(minor, order.currency, order.language)
