"""The kinds of blocks. One row says all of a kind: what it is called, what is typed in, what it starts with.

How it looks stands in `templates/emails/blocks/<code>.html` and `.txt`; what it shows is worked out in `rendering`.
"""

from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _

from catalog.models import Variant
from marketing.blocks.fields import Choice, Field, Goods, Link, Moment, Picture, Words
from orders.models import Promotion

TO_THE_CART = {"link": "cart"}


@dataclass(frozen=True)
class Kind:
    """`code` never changes: stored letters name it. `start` are the values of a new block."""

    code: str
    label: object
    icon: str
    fields: tuple[Field, ...]
    start: dict[str, Any] = field(default_factory=dict)


def _numbers(*numbers: int):
    return lambda: [(str(number), str(number)) for number in numbers]


def _promotions() -> list[tuple[str, str]]:
    """Those that are opened by a code."""
    found = Promotion.objects.filter(needs_code=True).order_by("-pk")[:200]
    return [(str(promotion.pk), promotion.name) for promotion in found]


def _products_of(skus: list[str]) -> dict[str, int]:
    return dict(Variant.objects.filter(sku__in=skus).values_list("sku", "product_id"))


_LINK = Link(
    name="link",
    label=_("Leads to"),
    help=_("cart, home, a page of the shop such as /c/blankets/, or another address with https://"),
)

_ALL = (
    Kind("heading", _("Heading"), "title", (Words(name="text", label=_("Heading"), longest=150),)),
    Kind(
        "text",
        _("Text"),
        "notes",
        (
            Words(
                name="text",
                label=_("Text"),
                longest=4000,
                widget="lines",
                help=_("An empty line begins a new paragraph."),
            ),
        ),
    ),
    Kind(
        "picture",
        _("Picture"),
        "image",
        (
            Picture(name="picture", label=_("Picture")),
            Words(
                name="alt",
                label=_("What it shows, for those who do not see it"),
                longest=200,
            ),
            Link(name="link", label=_("Leads to"), required=False, help=_LINK.help),
        ),
    ),
    Kind(
        "button", _("Button"), "smart_button", (Words(name="label", label=_("Label"), longest=60), _LINK), TO_THE_CART
    ),
    Kind(
        "columns",
        _("Two columns"),
        "view_column_2",
        (
            Words(name="left_heading", label=_("Left: heading"), longest=100, required=False),
            Words(name="left", label=_("Left: text"), longest=1000, widget="lines"),
            Words(name="right_heading", label=_("Right: heading"), longest=100, required=False),
            Words(name="right", label=_("Right: text"), longest=1000, widget="lines"),
        ),
    ),
    Kind(
        "products",
        _("Chosen products"),
        "grid_view",
        (
            Goods(
                name="skus",
                label=_("SKUs"),
                find=_products_of,
                help=_("Up to six. What is sold out when the letter goes out is left out."),
            ),
        ),
    ),
    Kind(
        "recommended",
        _("Recommended for the reader"),
        "auto_awesome",
        (
            Words(name="heading", label=_("Heading"), longest=100, required=False),
            Choice(name="number", label=_("How many"), choices=_numbers(2, 4, 6)),
        ),
        {"number": "4"},
    ),
    Kind(
        "cart",
        _("What is in the cart"),
        "shopping_cart",
        (Words(name="label", label=_("Label of the button"), longest=60, required=False),),
    ),
    Kind(
        "coupon",
        _("Code of a promotion"),
        "confirmation_number",
        (
            Choice(
                name="promotion",
                label=_("Promotion"),
                choices=_promotions,
                help=_("Each reader gets a code of his own, for one use. Only promotions with codes stand here."),
            ),
            Words(name="text", label=_("Sentence above the code"), longest=200, required=False),
        ),
    ),
    Kind(
        "countdown",
        _("Until when"),
        "timer",
        (
            Moment(name="until", label=_("Ends"), help=_("Time of the shop. Afterwards the block is left out.")),
            Words(name="text", label=_("Sentence before the date"), longest=150),
        ),
    ),
    Kind("line", _("Line"), "horizontal_rule", ()),
)

KINDS: dict[str, Kind] = {kind.code: kind for kind in _ALL}
