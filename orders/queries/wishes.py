"""Wishes as they stand today: priced and looked up as lines of a cart are."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.core import signing
from django.db.models import Exists, OuterRef, Window
from django.db.models.functions import RowNumber

from catalog.markets import Market, current
from catalog.models import Personalisation
from orders.models import Cart, Wish, WishList
from orders.queries.cart_lines import Kind, Line, lines_from

SALT = "orders.wish-list"
# What does not matter as long as it is only wished for.
HARMLESS = (Kind.PRICE_CHANGED, Kind.QUANTITY, Kind.ONLY_LEFT)


@dataclass(frozen=True, slots=True)
class Seen:
    """A wish with its line as the cart would show it."""

    wish: Wish
    line: Line
    currency: str

    @property
    def can_be_bought(self) -> bool:
        return self.line.problem is None or self.line.problem.kind in HARMLESS


def seen(
    wish_lists: Iterable[WishList], market: Market | None = None, first: int | None = None
) -> dict[UUID, list[Seen]]:
    """The wishes of each list, in the active language and the visitor's market. Five queries however many.

    With `first` only so many of each list are read and priced.
    """
    market = market or current()
    wanted = Wish.objects.filter(wish_list__in=[one.pk for one in wish_lists])
    if first is not None:
        place = Window(RowNumber(), partition_by="wish_list", order_by="pk")
        wanted = wanted.annotate(place=place).filter(place__lte=first)
    rows = list(
        wanted.annotate(asks=Exists(Personalisation.objects.filter(product=OuterRef("variant__product"))))
        .select_related("variant__product", "wish_list")
        .order_by("pk")
    )
    # A cart that is nobody's: only its currency matters, and what it holds.
    found: dict[UUID, list[Seen]] = {}
    for wish, line in zip(rows, lines_from(rows, Cart(currency=market.currency)) if rows else (), strict=True):
        found.setdefault(wish.wish_list_id, []).append(Seen(wish, line, market.currency))
    return found


def token_of(wish_list: WishList) -> str:
    """The signed text of the link to a shared list."""
    return signing.Signer(salt=SALT).sign(f"{wish_list.pk.hex}.{wish_list.key}").replace(":", "~")


def shared(token: str) -> WishList:
    """The list of a link that still holds. Raises WishList.DoesNotExist for everything else."""
    try:
        hex_, _dot, key = signing.Signer(salt=SALT).unsign(token.replace("~", ":")).partition(".")
        pk = UUID(hex_)
    except (signing.BadSignature, ValueError):
        raise WishList.DoesNotExist from None
    if not key:
        raise WishList.DoesNotExist
    return WishList.objects.get(pk=pk, key=key)
