"""From a cart to an order: whole or not at all, once per cart, at the total that was shown."""

from collections import Counter
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone, translation
from django.utils.timezone import localdate

from catalog.actions.stock import SoldOut
from catalog.prepared import Prepared
from orders import events, letters
from orders.actions import payments, wishes
from orders.actions.carts import NotForSale
from orders.actions.credit import NotCovered
from orders.actions.history import note, tell_log
from orders.actions.holds import HOLD, HOLD_BY_LETTER
from orders.actions.on_account import OverLimit, claim
from orders.actions.payment_ledger import record
from orders.actions.placing import note_paid, place_new
from orders.actions.promotions import UsedUp
from orders.actions.reservations import expired
from orders.actions.turns import in_turn
from orders.actions.writing import at_hand, write_order
from orders.details import AddressDetails, Details
from orders.models import Cart, CartLine, Order, OrderEvent, Payment, PaymentEvent, PaymentMethod
from orders.queries import on_account
from orders.queries.at_once import why_not
from orders.queries.cart_lines import Kind
from orders.queries.places import are_alike
from orders.queries.summary import Asked, Summary, summarise
from orders.queries.ways_to_pay import ways_to_pay
from orders.tax import Payer

__all__ = [
    "AddressDetails",
    "AnswersChanged",
    "CartIsEmpty",
    "CartMoved",
    "CreditChanged",
    "Details",
    "GivenAlready",
    "NotDelivered",
    "NotForSale",
    "PaymentNotOffered",
    "OrderUnderWay",
    "QuantityNotOffered",
    "TotalChanged",
    "place_order",
]

# The first try finds the older order, the second places; more only when another tab interferes.
TRIES = 3


class CartIsEmpty(Exception):
    """There is nothing in the cart, or it went into another cart."""


class TotalChanged(Exception):
    """It costs something else than what was shown; `total` is what it costs now (minor units)."""

    def __init__(self, total: int):
        super().__init__(total)
        self.total = total


class CreditChanged(TotalChanged):
    """The gift cards pay less than was shown; `rest` is what they leave of the total now."""

    def __init__(self, total: int, rest: int):
        super().__init__(total)
        self.rest = rest


class CartMoved(TotalChanged):
    """Another tab changed the cart in this very moment: it has to be looked at again."""


class GiftIsGone(TotalChanged):
    """Somebody else took the last piece of what a promotion gives: the order goes on without it."""


class AnswersChanged(NotForSale):
    """What a line is to be made to is no longer offered in that way: it has to be chosen anew."""


class GivenAlready(NotForSale):
    """Somebody else has bought this wish meanwhile."""


class QuantityNotOffered(NotForSale):
    """A product is sold in other quantities than this one."""


class NotDelivered(Exception):
    """This cannot be sent to that country in that way, or the address lacks what a parcel needs."""


class PaymentNotOffered(Exception):
    """This way to pay is not offered for this order."""


class OrderUnderWay(Exception):
    """The cart has a pending order of other content; `order` has to be given up first.

    Whoever calls `place_order` sees this only while the buyer's bank is at work on that order.
    """

    def __init__(self, order: Order):
        super().__init__(order.pk)
        self.order = order


def place_order(
    cart: Cart,
    details: Details,
    shown_total: int,
    now: datetime | None = None,
    summary: Summary | None = None,
    shown_rest: int | None = None,
) -> Order:
    """Make the order of a cart: `placed`, or `pending` with its pieces held for HOLD when a card is to be charged.

    Asked twice for the same it returns the same order. A pending order of other content is given up first; if that
    one turns out to be paid, it is the cart's order and is returned. Prices, tax and delivery are computed here; when
    the total is not the shown one nothing is done. An order of nothing to pay is placed and paid at once. A `summary`
    that the caller has made in this very moment saves reading it all again, if it was made for these details.
    `shown_rest` is what gift cards were to leave of the total; None where nobody was shown anything.

    Raises CartIsEmpty, NotForSale, NotDelivered, PaymentNotOffered, TotalChanged, stock.SoldOut, and where an older
    order could not be given up OrderUnderWay or payments.PaymentUnavailable. Nothing has changed then, except that an
    older pending order may be withdrawn.
    """
    now = now or timezone.now()
    gifts = True
    for _attempt in range(TRIES):
        try:
            return _place(cart.pk, details, shown_total, shown_rest, now, summary, gifts)
        except OrderUnderWay as older:
            refusal, summary = older, None
            # Between two transactions: this talks to the payment provider.
            payments.give_up(older.order, now)
        except GiftIsGone as gone:
            refusal, summary, gifts = gone, None, False
        except CartMoved as moved:
            refusal, summary = moved, None
        except (UsedUp, NotCovered) as used:
            # Somebody else took the last one: reckoned anew it costs something else, and that is said.
            refusal, summary = used, None
    raise TotalChanged(shown_total) if isinstance(refusal, UsedUp | NotCovered) else refusal


def _place(
    cart_pk: UUID,
    details: Details,
    shown_total: int,
    shown_rest: int | None,
    now: datetime,
    known: Summary | None,
    gifts: bool = True,
) -> Order:
    """Read and check outside of the transaction: hundreds who come too late must not queue for the lock to hear so."""
    if known and _is_for(known, cart_pk, details, now):
        with translation.override(details.language):
            _check(known, details, shown_total, shown_rest)
            with in_turn():
                return _write(known, details, now)
    cart = Cart.objects.filter(pk=cart_pk).first()
    older = _living_order(cart)
    if older and older.status == Order.Status.PLACED:
        return older
    if cart is None or not cart.is_open:
        raise CartIsEmpty(cart_pk)
    with translation.override(details.language):
        summary = summarise(
            cart, details.country, details.delivery, now, email=details.email, payer=payer_of(details), gifts=gifts
        )
        _check(summary, details, shown_total, shown_rest)
        with in_turn():
            return _write(summary, details, now)


def _is_for(summary: Summary, cart_pk: UUID, details: Details, now: datetime) -> bool:
    """Whether the summary says what one made for these details would say.

    An area that only follows from the postcode need not have been known, so long as it decides nothing about tax or
    delivery.
    """
    asked, payer = summary.asked, payer_of(details)
    wanted = Asked(details.country, details.delivery, details.email.strip().lower(), payer, details.language)
    if summary.cart.pk != cart_pk or replace(asked, payer=payer) != wanted:
        return False
    if asked.payer == payer:
        return True
    if replace(asked.payer, area=payer.area) != payer:
        return False
    customer = summary.cart.customer if summary.cart.customer_id else None
    sends = summary.needs_delivery
    return are_alike(details.country, asked.payer, payer, customer, sends, localdate(now), summary.tax)


@transaction.atomic(durable=True)
def _write(summary: Summary, details: Details, now: datetime) -> Order:
    # Whoever presses the button of this cart, or changes it, waits here.
    cart = _LOCKED(pk=summary.cart.pk)[0]
    taken_off = [(applied.rule.pk, applied.amount) for applied in summary.outcome.applied]
    # Below zero, so that no card is taken for a promotion.
    taken_off += [(-means.account, part) for means, part in summary.paid_by()]
    fingerprint = details.fingerprint(_goods_of(summary), summary.total, summary.currency, taken_off)
    lines = _LINES(cart=cart.pk)
    # Whether there is an order is told with each line; a cart without lines has to be asked.
    older = _living_order(cart) if not lines or lines[0][-1] else None
    if older and older.status == Order.Status.PLACED:
        return older
    if not cart.is_open or not _is_still(cart, lines, summary):
        raise CartMoved(summary.total)
    if older and older.fingerprint == fingerprint and not expired(now).filter(pk=older.pk).exists():
        return older
    if older:
        raise OrderUnderWay(older)
    rest = summary.to_pay()
    by_card = bool(rest) and details.payment == PaymentMethod.Code.CARD
    by_phone = cart.channel == Cart.Channel.PHONE
    held_until = now + (HOLD_BY_LETTER if by_phone else HOLD)
    try:
        order, rows = write_order(summary, details, fingerprint, held_until if by_card else None, now)
    except SoldOut as gone:
        if any(line.is_gift for line in summary.lines):
            # Whether it was the gift that nobody had paid for is seen without it.
            raise GiftIsGone(summary.total) from gone
        raise
    _claim_wishes(order, summary)
    if rest and details.payment == PaymentMethod.Code.ON_ACCOUNT:
        _claim_account(order, now)
    if by_card:
        note(order, OrderEvent.Type.CREATED, now, actor=order.entered_by)
        if by_phone:
            letters.ask_to_pay(order)
        tell_log(events.order_begun, order, now)
    else:
        with at_hand(order, rows):
            place_new(order, now)
    if not rest:
        Payment.objects.filter(order=order, account=None).update(status=Payment.Status.CAPTURED, captured_at=now)
        note_paid(order, now)
    elif details.payment == Payment.AT_THE_DESK:
        _take_money(order, details.paid_with, now)
    return order


def _take_money(order: Order, how: str, now: datetime) -> None:
    """Staff has the money in hand: the order is paid as soon as it is written."""
    payment = order.payments.get(method=Payment.AT_THE_DESK)
    Payment.objects.filter(pk=payment.pk).update(status=Payment.Status.CAPTURED, captured_at=now, closed_at=now)
    record(payment, PaymentEvent.Kind.CAPTURED, payment.amount, now, "", str(order.entered_by or ""))
    note_paid(order, now, order.entered_by, how or payment.get_method_display())


def _claim_account(order: Order, now: datetime) -> None:
    try:
        claim(order, now)
    except OverLimit:
        # Another order of his was faster.
        raise PaymentNotOffered(PaymentMethod.Code.ON_ACCOUNT) from None


def _claim_wishes(order: Order, summary: Summary) -> None:
    pieces = Counter()
    for line in summary.lines:
        if line.wish_id:
            pieces[line.wish_id] += line.quantity
    try:
        wishes.claim(order, pieces)
    except wishes.BoughtAlready:
        # Read anew, the cart says which it is.
        raise CartMoved(summary.total) from None


def payer_of(details: Details) -> Payer:
    """What of the details decides about tax."""
    return Payer(
        postcode=details.postcode,
        area=details.region,
        billing_country=details.billing.country if details.billing else "",
        vat_number=details.vat_number,
    )


def _living_order(cart: Cart | None) -> Order | None:
    return cart and cart.orders.exclude(status=Order.Status.CANCELLED).first()


def _lines(cart):
    living = Order.objects.filter(cart=OuterRef("cart")).exclude(status=Order.Status.CANCELLED)
    lines = CartLine.objects.filter(cart=cart).annotate(is_ordered=Exists(living)).order_by("pk")
    return lines.values_list("pk", "variant_id", "quantity", "answers_key", "is_ordered")


_LINES = Prepared(_lines)
_LOCKED = Prepared(lambda pk: Cart.objects.select_for_update().filter(pk=pk))


def _is_still(cart: Cart, lines: list[tuple], summary: Summary) -> bool:
    """Whether the cart holds what was summed up. Once we have its lock nobody changes it."""
    if (cart.currency, cart.codes, cart.credit) != (summary.currency, summary.cart.codes, summary.cart.credit):
        return False
    known = [(line.pk, line.variant.pk, line.quantity, line.answers_key) for line in summary.lines if not line.is_gift]
    return [line[:-1] for line in lines] == known


def _goods_of(summary: Summary) -> list[tuple[int, int, int, str]]:
    return [(line.variant.pk, line.quantity, line.unit_price, line.answers_key) for line in summary.lines]


def _check(summary: Summary, details: Details, shown_total: int, shown_rest: int | None) -> None:
    if summary.is_empty:
        raise CartIsEmpty(summary.cart.pk)
    for line in summary.lines:
        if not line.is_sold:
            raise NotForSale(line.name)
        if line.problem and line.problem.kind == Kind.GIVEN:
            raise GivenAlready(line.name)
        if line.problem and line.problem.kind == Kind.QUANTITY:
            raise QuantityNotOffered(line.name)
        if line.problem and line.problem.kind == Kind.ANSWERS:
            raise AnswersChanged(line.name)
        if line.problem and line.problem.is_blocking:
            raise SoldOut(line.variant.pk, line.available)
    offer = summary.chosen
    is_addressed = details.is_complete or (details.asks_address and details.country)
    if summary.needs_delivery and not (offer and (is_addressed or offer.is_pickup)):
        raise NotDelivered(summary.country)
    if details.asks_address and (why_not(summary) or not offer.goes_to_door):
        raise PaymentNotOffered(details.payment)
    if offer and (details.point.carrier if details.point else "") != (offer.method.carrier if offer.is_point else ""):
        raise NotDelivered(summary.country)
    if summary.total != shown_total:
        raise TotalChanged(summary.total)
    rest = summary.to_pay()
    if shown_rest is not None and rest != shown_rest:
        raise CreditChanged(summary.total, rest)
    if rest and not _is_offered(details.payment, summary):
        raise PaymentNotOffered(details.payment)


def _is_offered(payment: str, summary: Summary) -> bool:
    if payment == Payment.AT_THE_DESK:
        return summary.cart.channel == Cart.Channel.PHONE
    may_owe = payment == PaymentMethod.Code.ON_ACCOUNT and _may_owe(summary)
    return payment in [way.code for way in ways_to_pay(_goes_out(summary), may_owe)]


def _may_owe(summary: Summary) -> bool:
    customer = summary.cart.customer if summary.cart.customer_id else None
    return summary.needs_delivery and on_account.covers(customer, summary.currency, summary.to_pay())


def _goes_out(summary: Summary) -> bool:
    """Whether somebody carries it to a door, where it could be paid."""
    return bool(summary.chosen and summary.chosen.goes_to_door)
