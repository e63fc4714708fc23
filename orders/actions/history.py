"""Writing down what happened to an order, and telling the floors above."""

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.dispatch import Signal
from django.utils import translation

from catalog import bulk
from customers.models import Customer
from orders import events
from orders.models import Order, OrderEvent

TEXT_LENGTH = OrderEvent._meta.get_field("text").max_length


def note(order: Order, type: str, now: datetime, text: str = "", actor: Customer | None = None) -> OrderEvent:
    """Add a line to the order's history."""
    return OrderEvent.objects.create(order=order, type=type, text=str(text)[:TEXT_LENGTH], actor=actor, created_at=now)


def begun_and_placed(order: Order, now: datetime) -> None:
    """The first two lines of an order that is agreed as soon as it is written."""
    actor = order.entered_by_id
    first = OrderEvent(order=order, type=OrderEvent.Type.CREATED, created_at=now, actor_id=actor)
    placed = OrderEvent(order=order, type=OrderEvent.Type.PLACED, text=order.number, created_at=now, actor_id=actor)
    bulk.create([first, placed])


def in_our_language() -> translation.override:
    """What staff read is written in the shop's own language, whoever looks on while it happens."""
    return translation.override(settings.LANGUAGE_CODE)


def tell_log(news: Signal, order: Order, now: datetime, key: int | str = "", amount: int | None = None) -> None:
    """Tell who keeps a log, within the transaction of the change."""
    events.order_noted.send(sender=Order, news=news, order=order, moment=now, key=key, amount=amount)


def announce(signal: Signal, order: Order, now: datetime, key: int | str = "", amount: int | None = None) -> None:
    """Tell the floors above: the log at once, the others when the change is committed, who cannot undo an order."""
    tell_log(signal, order, now, key, amount)
    pk = order.pk
    transaction.on_commit(lambda: signal.send_robust(sender=Order, order_id=pk))
