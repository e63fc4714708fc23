"""Whom a letter is for: what its words and blocks may know of the person, as plain values."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from catalog import markets
from catalog.listings.cards import Card
from catalog.markets import Market
from catalog.models import Product
from catalog.money import format_minor
from catalog.queries.lists.rows import cards_of
from customers.letters import absolute
from customers.models import ShopDetails
from marketing.blocks.pictures import first_pictures
from marketing.letters import thumbnail, values_for
from marketing.models import Profile
from marketing.words import SAMPLE
from orders.models import Cart, OrderLine

SAMPLE_CODE = "SAMPLE-7K2P"


@dataclass(frozen=True)
class Reader:
    """`values` are what words may say (`marketing.words.PLACES`). Ids are of products.

    `code_of` answers with the code of a promotion for this very person; by default with one that opens nothing.
    """

    language: str
    values: dict
    market: Market
    liked: frozenset[int] = frozenset()
    owned: frozenset[int] = frozenset()
    code_of: Callable[[int], str] = field(default=lambda promotion: SAMPLE_CODE)

    @property
    def cart_link(self) -> str:
        return self.values["link"]

    def price(self, minor: int) -> str:
        return format_minor(minor, self.market.currency, self.language)


def sample(language: str) -> Reader:
    """An invented reader with two things in the cart."""
    values = {**SAMPLE, "shop": ShopDetails.current().name, "link": absolute("/cart/")}
    return Reader(language, values, markets.base())


def reader_of(profile: Profile, language: str = "") -> Reader:
    """Somebody we know, with what lies in his open cart now; in his own language unless another one is asked for."""
    language = language or profile.language or settings.LANGUAGE_CODE
    carts = Cart.objects.open().select_related("customer")
    whose = {"customer": profile.customer_id} if profile.customer_id else {"email": profile.email, "customer": None}
    cart = carts.filter(**whose).order_by("-active_at").first()
    return of_cart(cart, profile, language) if cart else without_cart(profile, language)


def of_cart(cart: Cart, profile: Profile | None, language: str, link: str = "", name: str = "") -> Reader:
    """The owner of this cart; `link` brings it back."""
    name = name or first_name(profile.name if profile else cart.name)
    values = values_for(cart, name, language, link or absolute(cart_path(language)))
    liked = frozenset(cart.lines.values_list("variant__product", flat=True))
    return Reader(language, values, cart.market, liked, _owned(profile))


def about(product: Product, profile: Profile, language: str) -> Reader:
    """Somebody to whom a letter is about this product: it stands where else his cart does, as long as it is shown."""
    reader = without_cart(profile, language)
    with markets.using(reader.market):
        cards = cards_of([product.pk], language)
    items = [_item(card, first_pictures([product.pk]).get(product.pk), reader) for card in cards]
    with translation.override(language):
        link = absolute(reverse("product", args=[product.slug]))
    values = {**reader.values, "items": items, "count": len(items), "link": link}
    return replace(reader, values=values, liked=frozenset([product.pk]))


def _item(card: Card, picture, reader: Reader) -> dict:
    price = reader.price(card.price_min)
    return {"name": card.name, "words": "", "price": price, "quantity": 1, "picture": thumbnail(picture)}


def without_cart(profile: Profile, language: str) -> Reader:
    """Somebody in whose cart nothing lies."""
    group = profile.customer.group_id or "" if profile.customer else ""
    link = absolute(cart_path(language))
    shop = ShopDetails.current().name
    values = {"name": first_name(profile.name), "shop": shop, "items": [], "count": 0, "link": link}
    owned = _owned(profile)
    return Reader(language, values, Market(settings.SHOP_CURRENCY, group), owned, owned)


def _owned(profile: Profile | None) -> frozenset[int]:
    if profile is None:
        return frozenset()
    lines = OrderLine.objects.filter(order__purchase__profile=profile, variant__isnull=False)
    return frozenset(lines.order_by("-pk").values_list("variant__product", flat=True)[:50])


def first_name(name: str) -> str:
    """How we would greet somebody of that name; nothing for nobody's."""
    return name.split()[0] if name.strip() else ""


def cart_path(language: str) -> str:
    with translation.override(language):
        return reverse("cart")
