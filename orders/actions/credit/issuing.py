"""New gift cards and store credit: given by staff, sold, or made of a refund."""

import uuid
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q

from catalog.models import Product
from catalog.models.personalisation import Personalisation
from customers.models import Customer, ShopDetails
from orders.actions.credit import codes, ledger
from orders.actions.history import note
from orders.models import CreditAccount, CreditEntry, Order, OrderEvent, OrderLine, Payment, Refund

Kind = CreditEntry.Kind
Role = Personalisation.Role


@transaction.atomic
def issue(amount: int, currency: str, now: datetime, *, kind=Kind.ISSUED, actor=None, note="", refund=None, **fields):
    """A new gift card worth that much (minor units); `fields` are those of the CreditAccount."""
    uid = uuid.uuid4()
    code = codes.code_for(uid)
    card = CreditAccount.objects.create(
        uid=uid,
        code_hash=codes.hash_of(code),
        tail=code[-4:],
        currency=currency,
        note=note[:200],
        created_at=now,
        **fields,
    )
    ledger.put(card.pk, amount, kind, now, actor=actor, note=note, refund=refund)
    card.balance = amount
    return card


@transaction.atomic
def credit_customer(
    customer: Customer,
    amount: int,
    currency: str,
    now: datetime,
    *,
    kind: Kind = Kind.ISSUED,
    actor: Customer | None = None,
    note: str = "",
    refund: Refund | None = None,
) -> CreditAccount:
    """Add to the store credit of a customer; the account is opened at the first time."""
    account, _is_new = CreditAccount.objects.get_or_create(
        kind=CreditAccount.Kind.STORE_CREDIT, customer=customer, currency=currency, defaults={"created_at": now}
    )
    ledger.put(account.pk, amount, kind, now, actor=actor, note=note, refund=refund)
    account.refresh_from_db()
    return account


@transaction.atomic
def issue_sold(order: Order, now: datetime) -> list[CreditAccount]:
    """The gift cards of a paid order, one for each piece. Called again it makes none."""
    lines = order.lines.filter(kind=Product.Kind.GIFT_CARD, gift_cards=None)
    return [_sold(order, line, piece, now) for line in lines for piece in range(1, line.quantity + 1)]


def _sold(order: Order, line: OrderLine, piece: int, now: datetime) -> CreditAccount:
    told = {answer["role"]: answer["value"] for answer in line.answers if answer.get("role")}
    address = order.addresses.first()
    receiver = told.get(Role.RECEIVER, "")
    # What its wrapping costs is not on the card.
    worth = line.unit_price - sum(answer.get("price", 0) for answer in line.answers)
    return issue(
        max(worth, 1),
        order.currency,
        now,
        kind=Kind.SOLD,
        line=line,
        piece=piece,
        # What fits no column must not stand in the way of the money: the buyer then has the code himself.
        email=receiver if len(receiver) <= 254 else "",
        greeting=told.get(Role.GREETING, ""),
        send_on=_day_of(told.get(Role.SEND_ON, "")),
        giver=address.name if address else "",
        language=order.language,
        expires_on=end_of_validity(now.date()),
    )


def _day_of(told: str) -> date | None:
    try:
        return date.fromisoformat(told) if told else None
    except ValueError:
        # The merchant asked for it in a line of words.
        return None


def end_of_validity(today: date) -> date | None:
    """The last day of a card that is made today, as the merchant wants it; None: for ever."""
    years = ShopDetails.current().gift_card_years
    if not years:
        return None
    year = min(today.year + years, date.max.year)
    try:
        return today.replace(year=year)
    except ValueError:
        # The 29th of February.
        return today.replace(year=year, day=28)


@transaction.atomic
def recall(
    order: Order, now: datetime, actor: Customer | None = None, line_id: int | None = None, pieces: int | None = None
) -> None:
    """The order that bought them is called off: its cards pay nothing any more. A spent one is put before a person.

    With `line_id` and `pieces` only so many cards of that line, those with the most on them first.
    """
    bought = CreditAccount.objects.filter(line__order=order, is_blocked=False).select_for_update(of=("self",))
    cards = list((bought.filter(line=line_id) if line_id else bought).order_by("pk"))
    for card in sorted(cards, key=lambda card: -card.balance)[:pieces]:
        CreditAccount.objects.filter(pk=card.pk).update(is_blocked=True)
        if card.balance:
            ledger.take(card.pk, card.balance, Kind.RECALLED, now, actor=actor)
        spent = -sum(entry.amount for entry in card.entries.filter(kind__in=[Kind.SPENT, Kind.RETURNED, Kind.REFUND]))
        if spent > 0:
            text = f"{card}: {spent} {card.currency} were spent before it was called off."
            note(order, OrderEvent.Type.INCIDENT, now, text)


def refund_to_credit(order: Order, payment: Payment, refund: Refund, now: datetime) -> CreditAccount:
    """Where a refund goes that does not leave the shop: back on its card, to the customer, or on a new card by mail."""
    facts = {"kind": Kind.REFUND, "actor": refund.actor, "note": order.number or ""}
    if payment.account_id and not refund.to_credit:
        ledger.put(payment.account_id, refund.amount, now=now, payment=payment, refund=refund, **facts)
        return payment.account
    if order.customer_id:
        return credit_customer(order.customer, refund.amount, order.currency, now, refund=refund, **facts)
    return issue(refund.amount, order.currency, now, refund=refund, email=order.email, language=order.language, **facts)


def take_off_sold(line_id: int, amount: int, now: datetime, actor: Customer | None = None) -> None:
    """A part of what these gift cards cost went back: so much less is on them, on the fullest first.

    An empty one pays nothing any more.
    """
    cards = list(CreditAccount.objects.filter(line=line_id, is_blocked=False).select_for_update().order_by("pk"))
    for card in sorted(cards, key=lambda card: -card.balance):
        part = min(card.balance, amount)
        if part:
            ledger.take(card.pk, part, Kind.RECALLED, now, actor=actor)
            CreditAccount.objects.filter(pk=card.pk, balance=0).update(is_blocked=True)
            amount -= part


def lock_cards_of(order: Order, payment: Payment) -> None:
    """Every account that giving money back may touch, by its key, as whoever pays with several locks them.

    The card that paid, those that the order bought, the store credit of its customer.
    """
    touched = Q(pk=payment.account_id) | Q(line__order=order)
    if order.customer_id:
        touched |= Q(customer=order.customer_id)
    found = list(CreditAccount.objects.filter(touched).values_list("pk", flat=True))
    list(CreditAccount.objects.select_for_update().filter(pk__in=found).order_by("pk"))
