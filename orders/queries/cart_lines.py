"""The lines of a cart with all that is needed to show and to price them, in five queries."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from django.conf import settings
from django.db.models import Exists, F, OuterRef
from django.utils.timezone import localdate

from catalog import personalising
from catalog.models import OptionValue, Personalisation, Picture, Product, Variant
from catalog.personalising import Answer
from catalog.prepared import Prepared
from catalog.quantities import Quantities, quantities_of
from catalog.queries.bundles import Part
from catalog.queries.prices import Quote, quote
from catalog.queries.supply import Supply
from orders.models import Cart, CartLine, OrderLine, Wish
from orders.pricing import Item
from orders.queries.availability import Offered, offered


class Kind(StrEnum):
    """What can be wrong with a line. All but the changed price stand in the way of an order."""

    GONE = "gone"
    NOT_FOR_SALE = "not for sale"
    SOLD_OUT = "sold out"
    ONLY_LEFT = "only left"
    NOT_IN_CURRENCY = "not in currency"
    ANSWERS = "answers"
    QUANTITY = "quantity"
    GIVEN = "given"
    PRICE_CHANGED = "price changed"


UNSOLD = (Kind.GONE, Kind.NOT_FOR_SALE, Kind.NOT_IN_CURRENCY)


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a line: `available` pieces are left, or the price `was` and `is_now` (minor units).

    `quantities` are those that it is sold in, where the cart holds another number.
    """

    kind: Kind
    available: int = 0
    was: int = 0
    is_now: int = 0
    quantities: Quantities | None = None

    @property
    def is_blocking(self) -> bool:
        return self.kind != Kind.PRICE_CHANGED


@dataclass(frozen=True, slots=True)
class Wait:
    """A line is bought before it is there: why, and until when, if anybody knows."""

    why: OrderLine.Waits
    day: date | None


@dataclass(frozen=True, slots=True)
class Line:
    """A line as it stands today. `words` name the variant ("Oat, L").

    `available` is None where pieces are not counted. A line that is no longer sold costs nothing.
    `unit_price` is one piece with what its `answers` add to it; `compare_at` and `lowest` are the former price it is
    shown with and the lowest of the 30 days before, of the same piece, where it is reduced.
    """

    pk: int
    variant: Variant | None
    product: Product | None
    name: str
    words: str
    quantity: int
    unit_price: int
    available: int | None
    problem: Problem | None
    wait: Wait | None = None
    # What a bundle consists of.
    parts: tuple[Part, ...] = ()
    answers: tuple[Answer, ...] = ()
    typed: Mapping[str, str] = field(default_factory=dict)
    answers_key: str = ""
    # Its price is lower than it was before a sale.
    is_reduced: bool = False
    # What promotions take off all of it, their share of those on the whole order included; `reasons` are (name,
    # amount) of those on goods.
    discount: int = 0
    reasons: tuple[tuple[str, int], ...] = ()
    compare_at: int | None = None
    lowest: int | None = None
    # The places that have all of it on hand; None where nothing is counted.
    lies_at: frozenset[int] | None = None
    # The wish of somebody else that it fulfils.
    wish_id: int | None = None
    # Put in by a promotion that gives it; it stands in no cart, and its key is below zero.
    is_gift: bool = False
    values: Sequence[OptionValue] = ()
    gallery: "Gallery | None" = None

    @property
    def picture(self) -> Picture | None:
        """Of the chosen colour if there is one. The first that is asked for costs a query for all lines."""
        if self.variant is None or self.gallery is None:
            return None
        return picture_of(self.variant, self.values, self.gallery.of(self.variant.product_id))

    @property
    def is_returnable(self) -> bool:
        """What is made for one person alone cannot be sent back (directive 2011/83/EU, article 16 c)."""
        return not any(answer.is_personal for answer in self.answers)

    @property
    def sku(self) -> str:
        return self.variant.sku if self.variant else ""

    @property
    def picture_path(self) -> str:
        return self.picture.image.name if self.picture else ""

    @property
    def is_sold(self) -> bool:
        """Whether the shop sells this at all, in stock or not."""
        return self.problem is None or self.problem.kind not in UNSOLD

    @property
    def needs_delivery(self) -> bool:
        return self.is_sold and self.product.is_sent

    @property
    def asks_something(self) -> bool:
        """It cannot be bought as it is: its buyer has to answer something first."""
        return self.problem is not None and self.problem.kind == Kind.ANSWERS

    @property
    def gross(self) -> int:
        """What all of it costs before promotions."""
        return self.unit_price * self.quantity if self.is_sold else 0

    @property
    def item(self) -> Item:
        is_remote = self.product.kind == Product.Kind.DIGITAL
        # A gift card is money: what is bought with it is taxed, once (directive 2006/112/EC, article 30b).
        tax_class = "" if self.is_gift_card else self.product.tax_class_id
        return Item(self.unit_price, self.quantity, tax_class, self.discount, is_remote)

    @property
    def is_gift_card(self) -> bool:
        return self.is_sold and self.product.kind == Product.Kind.GIFT_CARD


def lines_of(cart: Cart, now: datetime | None = None) -> list[Line]:
    """The cart's lines in the order they were added, in the active language, at the prices of the cart's market."""
    return lines_from(_ROWS(cart=cart.pk), cart, now)


def lines_from(rows: list[CartLine] | list[Wish], cart: Cart, now: datetime | None = None) -> list[Line]:
    """The same for rows that were read already, with variant, product and `asks`; wishes are read like lines."""
    variants = [row.variant for row in rows if row.variant is not None]
    found = offered(cart, rows)
    asked = _asked(rows)
    quotes = quote([variant.pk for variant in variants], cart.market, now)
    values, gallery = values_of(variants), Gallery(variants)
    today = localdate(now)
    together = Counter()
    for row in rows:
        together[row.variant_id] += row.quantity
    return [
        _line(
            row,
            found.get(row.pk, Offered(None)),
            asked.get(row.variant and row.variant.product_id, ()),
            quotes.get(row.variant_id),
            values.get(row.variant_id, []),
            gallery,
            today,
            together[row.variant_id],
        )
        for row in rows
    ]


_ROWS = Prepared(
    lambda cart: (
        CartLine.objects.filter(cart=cart)
        .annotate(
            asks=Exists(Personalisation.objects.filter(product=OuterRef("variant__product"))),
            wish_left=F("wish__quantity") - F("wish__bought"),
        )
        .select_related("variant__product")
        .order_by("pk")
    )
)


def values_of(variants: Iterable[Variant]) -> dict[int, list[OptionValue]]:
    """What each variant is, such as oat and L; one query."""
    found: dict[int, list[OptionValue]] = {}
    for value in _VALUES(variants=[variant.pk for variant in variants]):
        found.setdefault(value.variant, []).append(value)
    return found


_VALUES = Prepared(
    lambda variants: (
        OptionValue.objects.filter(variants__id__in=variants)
        .annotate(variant=F("variants__id"))
        .order_by("option__position", "option_id")
    )
)


class Gallery:
    """The pictures of some goods, read when the first is asked for: who only reckons has no use for them."""

    def __init__(self, variants: Iterable[Variant]) -> None:
        self._variants, self._known = tuple(variants), None

    def of(self, product_id: int) -> list[Picture]:
        if self._known is None:
            self._known = pictures_of(self._variants)
        return self._known.get(product_id, [])


def pictures_of(variants: Iterable[Variant]) -> dict[int, list[Picture]]:
    """The pictures of each product; one query."""
    found: dict[int, list[Picture]] = {}
    for picture in _PICTURES(products=[variant.product_id for variant in variants]):
        found.setdefault(picture.product_id, []).append(picture)
    return found


# A picture whose size is known: without it Django would open the file, and a broken one would break the cart.
_PICTURES = Prepared(lambda products: Picture.objects.filter(product__id__in=products, is_ready=True, width__gt=0))


def _asked(rows: list[CartLine]) -> dict[int, list[Personalisation]]:
    """What each product asks; no query where none asks anything."""
    products = {row.variant.product_id for row in rows if row.asks}
    asked: dict[int, list[Personalisation]] = {}
    for one in Personalisation.objects.filter(product__in=products) if products else ():
        asked.setdefault(one.product_id, []).append(one)
    return asked


def problem_with(
    row: CartLine,
    supply: Supply | None,
    price: int | None,
    asked: Sequence[Personalisation] = (),
    today: date | None = None,
    together: int = 0,
) -> Problem | None:
    """The gravest thing that is wrong with a row that can be given that much (None: it is not counted).

    `price` is what each costs with its answers; None: it is not sold in the currency of the cart. `together` are the
    pieces of its variant in the whole cart.
    """
    variant = row.variant
    if variant is None:
        return Problem(Kind.GONE)
    if not (variant.is_active and variant.product.status == Product.Status.PUBLISHED):
        return Problem(Kind.NOT_FOR_SALE)
    if price is None:
        return Problem(Kind.NOT_IN_CURRENCY)
    left = getattr(row, "wish_left", None)
    if left is not None and left < row.quantity:
        return Problem(Kind.GIVEN, available=max(0, left))
    if supply is not None and supply.sellable < row.quantity:
        left = supply.sellable
        return Problem(Kind.ONLY_LEFT, available=left) if left else Problem(Kind.SOLD_OUT)
    quantities = quantities_of(variant.product)
    if not quantities.is_free and not quantities.fits(together or row.quantity):
        return Problem(Kind.QUANTITY, quantities=quantities)
    if not personalising.still_fit(asked, row.answers, today or localdate()):
        return Problem(Kind.ANSWERS)
    was = row.seen_price + row.seen_extra
    if was != price:
        return Problem(Kind.PRICE_CHANGED, was=was, is_now=price)
    return None


def wait_of(variant: Variant, quantity: int, supply: Supply | None, today: date) -> Wait | None:
    """Whether so many pieces are sold before they are there. A day that is over is not told."""
    if supply is None or supply.sellable < quantity:
        return None
    is_short = supply.ready < quantity
    day = supply.comes_on if is_short and supply.comes_on and supply.comes_on > today else None
    if variant.is_pre_order(today):
        return Wait(OrderLine.Waits.PRE_ORDER, max(variant.released_on, day or variant.released_on))
    return Wait(OrderLine.Waits.BACK_ORDER, day) if is_short else None


def picture_of(variant: Variant, values: Iterable[OptionValue], pictures: list[Picture]) -> Picture | None:
    """The picture of this colour, else one of no colour, else the first."""
    if own := next((picture for picture in pictures if picture.variant_id == variant.pk), None):
        return own
    pictures = [picture for picture in pictures if not picture.variant_id]
    chosen = {value.pk for value in values}
    return next(
        (p for wanted in (chosen, {None}) for p in pictures if p.value_id in wanted), pictures[0] if pictures else None
    )


def price_with(found: Quote | None, quantity: int, extra: int | None) -> int | None:
    """One of so many pieces with what its answers add; None where it is not sold so.

    An extra without a price in the currency (None) makes the piece unsold in it: nothing is converted.
    """
    price = found.at(quantity) if found else None
    return None if price is None or extra is None else price.unit + extra


def _is_reduced(found: Quote | None, quantity: int) -> bool:
    price = found.at(quantity) if found else None
    return bool(price and price.compare_at and price.compare_at > price.unit)


def _former(found: Quote | None, quantity: int, extra: int | None, price: int | None) -> dict[str, int]:
    """What it cost before it was reduced, as the page of the product says it."""
    told = found.at(quantity) if found and price is not None else None
    if told is None or told.compare_at is None:
        return {}
    lowest = {} if told.lowest is None else {"lowest": told.lowest + extra}
    return {"compare_at": told.compare_at + extra, **lowest}


def _line(
    row: CartLine,
    offer: Offered,
    asked: Sequence[Personalisation],
    found: Quote | None,
    values: Sequence[OptionValue],
    gallery: Gallery,
    today: date,
    together: int,
) -> Line:
    variant, supply = row.variant, offer.supply
    currency = found.market.currency if found else settings.SHOP_CURRENCY
    extra = personalising.extra_of(asked, row.answers, currency)
    price = price_with(found, row.quantity, extra) if variant else None
    problem = problem_with(row, supply, price, asked, today, together)
    if variant is None:
        return Line(row.pk, None, None, row.name, "", row.quantity, row.seen_price, None, problem)
    return Line(
        pk=row.pk,
        variant=variant,
        product=variant.product,
        name=variant.product.name,
        words=", ".join(value.value for value in values),
        quantity=row.quantity,
        unit_price=price or 0,
        available=None if supply is None else supply.sellable,
        problem=problem,
        answers=personalising.in_words(asked, row.answers, currency),
        typed=row.answers,
        answers_key=row.answers_key,
        wait=wait_of(variant, row.quantity, supply, today),
        parts=offer.parts,
        lies_at=None if supply is None else supply.places_with(row.quantity),
        is_reduced=_is_reduced(found, row.quantity),
        wish_id=getattr(row, "wish_id", None),
        values=values,
        gallery=gallery,
        **_former(found, row.quantity, extra, price),
    )
