"""Texts (SMS) of an order, in its language: only where its buyer asked for them, and for steps the merchant chose."""

from datetime import datetime, time, timedelta

from django.utils import translation
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from customers import texting, texts
from customers.letters import one_line
from customers.models import ShopDetails, Text
from orders.models import Order, Shipment

# Nobody is woken for a parcel: what happens at night is told in the morning, by the clock of the shop.
MORNING, EVENING = time(8), time(21)
# With a link that makes it longer than so many messages it goes without the link.
MOST_PARTS = 3

PLACED = _("Thank you. We have your order %(number)s.")
SENT = _("Order %(number)s is on its way.")
READY = _("Order %(number)s is ready to be picked up: %(place)s.")
LATE = _("Order %(number)s leaves later than promised. We are sorry, and write again when it does.")


def are_offered() -> bool:
    """Whether a shopper may ask for them: somebody sends them, and the merchant chose a step. No query."""
    return texts.is_offered() and any(_is_told(step) for step in ShopDetails.TEXT_STEPS)


def tell_placed(order: Order, now: datetime) -> Text | None:
    return _tell(order, "placed", f"order-placed:{order.pk}", PLACED, now)


def tell_sent(order: Order, shipment: Shipment, now: datetime) -> Text | None:
    """With the carrier's page for the parcel, or at least its number."""
    link = shipment.tracking_url or shipment.tracking_number
    return _tell(order, "sent", f"order-shipped:{shipment.pk}", SENT, now, link)


def tell_ready(order: Order, now: datetime) -> Text | None:
    return _tell(order, "ready", f"order-ready:{order.pk}", READY, now)


def tell_late(order: Order, now: datetime) -> Text | None:
    return _tell(order, "late", f"order-late:{order.pk}", LATE, now)


def keys_of(order: Order) -> list[str]:
    """The occasions of all texts that an order can have by now."""
    shipped = [f"order-shipped:{pk}" for pk in order.shipments.values_list("pk", flat=True)]
    return [f"order-{what}:{order.pk}" for what in ("placed", "ready", "late")] + shipped


def by_day(now: datetime) -> datetime:
    """Now, or the next morning when it is night in the shop."""
    here = localtime(now)
    if MORNING <= here.time() < EVENING:
        return now
    day = here.date() + timedelta(days=here.time() >= EVENING)
    return datetime.combine(day, MORNING, here.tzinfo)


def _tell(order: Order, step: str, key: str, sentence, now: datetime, link: str = "") -> Text | None:
    # Almost no order asks for texts: nothing else is looked at then.
    if not (order.texts_to and texts.is_offered() and _is_told(step)):
        return None
    with translation.override(order.language):
        said = str(sentence) % {"number": order.number, "place": one_line(order.delivery_name)[:60]}
    words = f"{one_line(ShopDetails.current().name)[:40]}: {said}"
    longer = f"{words} {link}".strip()
    words = longer if texts.segments_of(longer) <= MOST_PARTS else words
    return texting.write(key, order.texts_to, order.language, words, by_day(now))


def _is_told(step: str) -> bool:
    return getattr(ShopDetails.current(), f"text_{step}")
