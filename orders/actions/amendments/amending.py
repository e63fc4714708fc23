"""The verbs: whatever is changed, it is one transaction, one record, one letter."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from customers.models import Customer
from orders import events, letters
from orders.actions import cancelling, finding, fulfilment, on_account, placing, refunds, wishes
from orders.actions.amendments import covering, paid, unpaid
from orders.actions.amendments.refusals import (
    AboveLimit,
    ChangedMeanwhile,
    IsPaid,
    IsSettled,
    IsWaiting,
    NotAmendable,
    NothingToChange,
    TooFewPieces,
)
from orders.actions.amendments.wishes import Outcome, Wish
from orders.actions.history import announce, note
from orders.actions.invoicing.crediting import reverse
from orders.actions.invoicing.moments import standing_of
from orders.actions.invoicing.supplementing import issue_anew
from orders.models import Order, OrderChange, OrderEvent, OrderLine, Payment, PaymentMethod, Supplement


def amend(
    order: Order,
    wish: Wish,
    reason: str,
    actor: Customer | None = None,
    now: datetime | None = None,
    *,
    seen: int | None = None,
    kind: str = OrderChange.Kind.EDITED,
) -> OrderChange | None:
    """Change a placed order of which something is left to send; the buyer is told, `order_changed` announced.

    `seen` is how many changes there were when somebody decided so. When no piece would be left the whole order is
    called off, and None is returned. Raises NotAmendable in one of its kinds, stock.SoldOut; nothing has changed then.
    """
    now = now or timezone.now()
    with transaction.atomic(durable=True):
        change, requested = _amend(order, wish, reason, actor, now, seen, kind)
    if change is None:
        cancelling.cancel(order, reason, actor, now)
    for refund in requested:
        refunds.send(refund, now)
    order.refresh_from_db()
    return change


def preview(order: Order, wish: Wish, now: datetime | None = None) -> OrderChange | None:
    """What `amend` would write down, and nothing is kept of it. Raises the same."""
    now = now or timezone.now()
    with transaction.atomic():
        change, _requested = _amend(Order.objects.get(pk=order.pk), wish, "", None, now, None, OrderChange.Kind.EDITED)
        transaction.set_rollback(True)
    return change


def cancel_lines(
    order: Order,
    pieces: Mapping[int, int],
    reason: str,
    actor: Customer | None = None,
    now: datetime | None = None,
    *,
    seen: int | None = None,
) -> OrderChange | None:
    """Call off so many pieces of these lines (by their keys): `amend` for who counts what goes, not what stays."""
    lines = {line.pk: line for line in OrderLine.objects.filter(order=order, pk__in=pieces)}
    if len(lines) < len(pieces) or any(number < 0 for number in pieces.values()):
        raise NotAmendable(order.pk)
    stays = {pk: line.quantity - line.cancelled - pieces[pk] for pk, line in lines.items()}
    # What somebody else called off meanwhile must not be called off again.
    seen = order.changes.count() if seen is None else seen
    return amend(order, Wish(stays), reason, actor, now, seen=seen, kind=OrderChange.Kind.CANCELLED)


def _amend(order, wish, reason, actor, now, seen, kind) -> tuple[OrderChange | None, list]:
    order.refresh_from_db(from_queryset=Order.objects.select_for_update())
    if not order.is_to_send:
        raise NotAmendable(order.pk)
    if seen is not None and order.changes.count() != seen:
        raise ChangedMeanwhile(order.pk)
    lines = {line.pk: line for line in order.lines.order_by("pk")}
    steps = _steps(lines, wish)
    if not wish.added and all(line.quantity - line.cancelled + steps.get(line, 0) == 0 for line in lines.values()):
        return None, []
    if not (steps or wish.added or wish.address or wish.delivery):
        raise NothingToChange(order.pk)
    _refuse_beside_addition(order, wish)
    before = order.total - _gone(order)
    if order.payment_status not in (Order.PaymentStatus.UNPAID, Order.PaymentStatus.AUTHORISED):
        outcome = paid.change(order, steps, wish, reason, actor, now)
    else:
        outcome = _agree_anew(order, lines, steps, wish, actor, now)
    wishes.follow(steps)
    fulfilment.restate(order, now)
    finding.remember(order, order.addresses.all(), order.lines.all())
    change = _record(order, outcome, before, reason, actor, now, kind)
    letters.tell_changed(order, change, outcome.supplement)
    announce(events.order_changed, order, now)
    return change, outcome.refunds


def _refuse_beside_addition(order: Order, wish: Wish) -> None:
    """While something that was added is not paid, only the address may change, and only where that costs nothing.

    If the addition comes to nothing all it brought is taken back, a dearer delivery to another address as well.
    """
    addition = order.supplements.filter(status=Supplement.Status.OPEN).first()
    if addition and not (wish.moves_no_money and addition.delivery_gross == 0):
        raise IsWaiting(order.pk)


def _steps(lines: Mapping[int, OrderLine], wish: Wish) -> dict[OrderLine, int]:
    """By how many pieces each line becomes longer, or shorter."""
    steps = {}
    for pk, number in sorted(wish.pieces.items()):
        line = lines.get(pk)
        step = number - (line.quantity - line.cancelled) if line else 0
        if line is None or (step and not line.needs_delivery):
            raise NotAmendable(pk)
        if step < -line.left:
            raise TooFewPieces(pk, line.sent)
        if step:
            steps[line] = step
    return steps


def _agree_anew(order: Order, lines, steps, wish: Wish, actor, now: datetime) -> Outcome:
    """An order whose money is not here, or only in part. What was invoiced is taken back, and invoiced anew."""
    _refuse_odd_payments(order)
    is_invoiced, owed = standing_of(order) is not None, order.to_pay
    if is_invoiced:
        reverse(order, now)
    outcome = unpaid.change(order, lines, steps, wish, now)
    if order.payments.filter(status=Payment.Status.AUTHORISED, authorised__lt=order.to_pay).exists():
        # The card holds less.
        raise IsPaid(order.pk)
    if order.due_on and order.to_pay > owed:
        _keep_limit(order, wish)
    if is_invoiced:
        # Read anew: its lines and taxes are other rows now.
        issue_anew(Order.objects.get(pk=order.pk), now)
    if covering.is_whole(order) and order.payment_status == Order.PaymentStatus.UNPAID:
        order.payments.filter(status=Payment.Status.PENDING).update(
            status=Payment.Status.CAPTURED, captured_at=now, closed_at=now
        )
        placing.note_paid(order, now, actor)
    return outcome


def _keep_limit(order: Order, wish: Wish) -> None:
    """The payment has its new amount already."""
    limit, owes = on_account.standing(order.customer, order.currency)
    if owes > limit and not wish.above_limit:
        raise AboveLimit(order.pk, limit, owes)


def _refuse_odd_payments(order: Order) -> None:
    """Exactly one way to pay is waiting for what gift cards leave, or IsSettled: money is on its way already."""
    waiting = list(order.payments.filter(account=None).exclude(status=Payment.Status.CANCELLED))
    open_states = (Payment.Status.PENDING, Payment.Status.AUTHORISED)
    # A card page that is open asks for the sum of before.
    found = [(pay.status in open_states and not _is_at_card_page(pay), pay.amount, pay.capturing) for pay in waiting]
    if found != [(True, order.to_pay, None)]:
        raise IsSettled(order.pk)


def _is_at_card_page(payment: Payment) -> bool:
    return payment.method == PaymentMethod.Code.CARD and payment.status == Payment.Status.PENDING


def _record(order: Order, outcome: Outcome, before: int, reason: str, actor, now: datetime, kind: str) -> OrderChange:
    after = order.total - _gone(order)
    change = OrderChange.objects.create(
        order=order,
        kind=kind,
        rows=outcome.rows,
        total_before=before,
        total_after=after,
        returned=sum(refund.amount for refund in outcome.refunds),
        due=outcome.supplement.amount if outcome.supplement else max(0, after - before),
        reason=reason[:200],
        actor=actor,
        created_at=now,
    )
    note(order, OrderEvent.Type.CHANGED, now, f"{_written(outcome.rows)}. {reason}".strip(". "), actor)
    return change


def _gone(order: Order) -> int:
    """What went back of a paid order, or is on its way back."""
    return sum(Payment.objects.filter(order=order, is_surplus=False).values_list("refunded", flat=True))


def _written(rows: list[dict]) -> str:
    """The rows of a change in one sentence, for the history."""
    said = [f"{row['sku']} {row['was']} → {row['now']}" for row in rows if row["what"] == "line"]
    return "; ".join(said + [f"{row['was']} → {row['now']}" for row in rows if row["what"] != "line"])
