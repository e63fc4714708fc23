"""The lines of a cart as its page shows them."""

from dataclasses import dataclass
from typing import NamedTuple
from urllib.parse import urlencode

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString

from catalog.models import Picture
from catalog.personalising import Answer
from catalog.quantities import Quantities, quantities_of
from catalog.queries.bundles import Part
from orders.queries.cart_lines import Line, Problem, Wait
from shop.drawing import draw, place

TEMPLATE = "cart/line.html"


class Image(NamedTuple):
    """Where a picture lies and how large it is."""

    name: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Shown:
    """All that `cart/line.html` says of a line, and nothing else: whoever has the same line sees the same text.

    The template knows nothing but this, so that what is not told here cannot be drawn, and what is told is never out
    of date. The key of the line, which is the visitor's own, is put in last.
    """

    name: str
    words: str
    address: str
    image: Image | None
    quantity: int
    unit_price: int
    compare_at: int | None
    lowest: int | None
    gross: int
    currency: str
    lead_days: int
    is_sold: bool
    is_returnable: bool
    can_change: bool
    can_grow: bool
    # What the buttons beside the quantity lead to.
    less: int
    more: int
    problem: Problem | None
    wait: Wait | None
    parts: tuple[Part, ...]
    answers: tuple[Answer, ...]
    # What promotions take off: (name, amount).
    reasons: tuple[tuple[str, int], ...]
    # Put in by a promotion: it is not for the shopper to change.
    is_gift: bool


def shown(line: Line, currency: str) -> Shown:
    """A line in plain values."""
    picture = line.picture
    terms = quantities_of(line.product) if line.product else Quantities()
    less, more = line.quantity - terms.step, line.quantity + terms.step
    return Shown(
        name=line.name,
        words=line.words,
        address=_address(line),
        image=_image(picture) if picture else None,
        quantity=line.quantity,
        unit_price=line.unit_price,
        compare_at=line.compare_at,
        lowest=line.lowest,
        gross=line.gross,
        currency=currency,
        lead_days=(line.product.lead_days or 0) if line.product else 0,
        is_sold=line.is_sold,
        is_returnable=line.is_returnable,
        can_change=line.is_sold and line.available != 0 and not line.is_gift,
        can_grow=more <= terms.last and (line.available is None or more <= line.available),
        less=less if less >= terms.first else 0,
        more=more,
        problem=line.problem,
        wait=line.wait,
        parts=line.parts,
        answers=line.answers,
        reasons=line.reasons,
        is_gift=line.is_gift,
    )


def drawn(request: HttpRequest, line: Line, currency: str, fault: dict | None = None) -> SafeString:
    """The line on the page; `fault` (line, sentence, typed) is drawn for its visitor alone."""
    one = shown(line, currency)
    # Any address of a line will do: its number is taken out again.
    change = reverse("change-line", args=[0])
    if fault and fault["line"] == line.pk:
        context = {"line": one, "pk": line.pk, "change": change.replace("/0/", f"/{line.pk}/"), "fault": fault}
        return render_to_string(TEMPLATE, context, request)
    context = {"line": one, "pk": place("pk"), "change": change.replace("/0/", f"/{place('pk')}/"), "fault": None}
    return draw(request, TEMPLATE, lambda: context, one, {"pk": str(line.pk)})


def _address(line: Line) -> str:
    if not line.is_sold:
        return ""
    return f"{reverse('product', args=[line.product.slug])}?{urlencode({'sku': line.sku})}"


def _image(picture: Picture) -> Image:
    return Image(picture.image.name, picture.width, picture.height)
