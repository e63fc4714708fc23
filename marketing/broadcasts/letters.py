"""Letters of broadcasts: what is the same for many is drawn once, each person's own places are filled in.

A plate serves for a minute, so that prices and goods in it follow the shop. Words that do more with a name than print
it, and letters with what lies in somebody's cart, are drawn for each person as they are for a flow.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial

from django.conf import settings
from django.db.models import Q

from catalog.markets import Market
from customers.letters import Letter, absolute
from customers.models import ShopDetails
from marketing.blocks import Content
from marketing.blocks.reader import Reader, cart_path, first_name, of_cart, without_cart
from marketing.blocks.rendering import letter_of
from marketing.broadcasts.plates import Design, Plate, plate_of
from marketing.letters import leave_link
from marketing.models import Message, Profile, TemplateVersion
from marketing.template_letters import followed
from orders.models import Cart, OrderLine

SERVES = 60.0
MOST_PLATES = 200
# Of what somebody bought so much is looked at.
OWNED = 50

Codes = Mapping[int, str]


def draw(message: Message, codes: Codes, now: datetime) -> Letter:
    """The letter of one message, asked and drawn for it alone. Raises CannotBeWritten."""
    return _drawn(message, _reader(message), codes, now)


class Press:
    """Writes the letters of one worker. `clock` tells seconds."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._designs: dict[int, Design] = {}
        self._plates: dict[tuple, tuple[float, Plate | None]] = {}

    def design(self, version: TemplateVersion) -> Design:
        if version.pk not in self._designs:
            self._designs[version.pk] = Design(version)
        return self._designs[version.pk]

    def write(self, message: Message, reader: Reader | None, codes: Codes, now: datetime) -> Letter:
        """`reader` as `readers` told of him. Raises CannotBeWritten."""
        if reader and (plate := self._plate(message.version, reader, now)):
            links = {address: followed(message, address) for address in plate.links}
            return plate.fill(reader.values["name"], leave_link(message), links, codes)
        return _drawn(message, _reader(message), codes, now)

    def readers(self, messages: Sequence[Message]) -> dict[int, Reader]:
        """Of these messages, by their keys: all that a plate depends on, for two queries."""
        plain = [one for one in messages if one.profile and self.design(one.version).is_plain]
        carts = _markets_of_carts([one.profile for one in plain])
        owned = _owned(one.profile_id for one in plain if self.design(one.version).recommends)
        return {one.pk: _light(one, carts.get(one.profile_id), owned.get(one.profile_id)) for one in plain}

    def _plate(self, version: TemplateVersion, reader: Reader, now: datetime) -> Plate | None:
        key = (version.pk, reader.language, reader.market, bool(reader.values["name"]), reader.liked)
        made_at, plate = self._plates.get(key, (None, None))
        if made_at is None or self._clock() - made_at > SERVES:
            if len(self._plates) >= MOST_PLATES:
                self._plates.clear()
            plate = plate_of(self.design(version), reader, now)
            self._plates[key] = self._clock(), plate
        return plate


def _drawn(message: Message, reader: Reader, codes: Codes, now: datetime) -> Letter:
    reader = replace(reader, code_of=lambda promotion: codes.get(promotion, ""))
    content, link = Content.read(message.version.content), partial(followed, message)
    return letter_of(content, reader, leave_link(message), now, link)


def _reader(message: Message) -> Reader:
    """Whom it is for, with all that a block may tell of him."""
    profile = message.profile
    if profile is None:
        return _light(message, None, None)
    if cart := Cart.objects.open().filter(_whose([profile])).select_related("customer").order_by("-active_at").first():
        return of_cart(cart, profile, message.language)
    return without_cart(profile, message.language)


def _light(message: Message, market: Market | None, owned: frozenset[int] | None) -> Reader:
    profile, owned = message.profile, owned or frozenset()
    group = profile.customer.group_id or "" if profile and profile.customer else ""
    values = {
        "name": first_name(profile.name) if profile else "",
        "shop": ShopDetails.current().name,
        "items": [],
        "count": 0,
        "link": absolute(cart_path(message.language)),
    }
    return Reader(message.language, values, market or Market(settings.SHOP_CURRENCY, group), owned, owned)


def _whose(people: Sequence[Profile]) -> Q:
    """Carts of these: with an account those of the account, without one those that left the address."""
    customers = [one.customer_id for one in people if one.customer_id]
    return Q(customer__in=customers) | Q(customer=None, email__in=[one.email for one in people if not one.customer_id])


def _markets_of_carts(people: Sequence[Profile]) -> dict[int, Market]:
    """In which market somebody fills his newest cart."""
    by_customer = {one.customer_id: one.pk for one in people if one.customer_id}
    by_email = {one.email: one.pk for one in people}
    carts = Cart.objects.open().filter(_whose(people)).order_by("active_at") if people else []
    rows = carts.values_list("customer", "email", "currency", "customer__group") if people else []
    return {
        by_customer.get(customer) or by_email[email]: Market(currency, group or "")
        for customer, email, currency, group in rows
    }


def _owned(people: Iterable[int]) -> dict[int, frozenset[int]]:
    """What each of these bought lately, by product."""
    if not (ids := list(people)):
        return {}
    lines = OrderLine.objects.filter(order__purchase__profile__in=ids, variant__isnull=False).order_by("-pk")
    found: dict[int, list[int]] = {}
    for profile, product in lines.values_list("order__purchase__profile", "variant__product"):
        if len(kept := found.setdefault(profile, [])) < OWNED:
            kept.append(product)
    return {profile: frozenset(products) for profile, products in found.items()}
