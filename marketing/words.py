"""Words that a marketer writes, with places to fill in. Liquid over a fixed list of plain values, nothing else.

No loader, no objects, no filter of our own: a template sees texts, numbers and lists of them. What customers typed is
filled in and never read as a template.
"""

from functools import lru_cache

from liquid import BoundTemplate, Environment, RenderContext, StrictUndefined
from liquid.builtin.expressions.primitive import RangeLiteral
from liquid.exceptions import LiquidError, ResourceLimitError, TemplateNotFoundError, UndefinedError
from liquid.expression import Expression

from liquid.exceptions import LiquidSyntaxError, UnknownFilterError  # isort: skip
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

PLACES = {
    "name": gettext_lazy("first name, or nothing for a guest who gave none"),
    "shop": gettext_lazy("name of the shop"),
    "items": gettext_lazy("what is in the cart; each has a name, words, a price and a quantity"),
    "count": gettext_lazy("how many different things are in the cart"),
    "link": gettext_lazy("the way back to the cart"),
}

SAMPLE = {
    "name": "Ada",
    "shop": "Vitrina",
    "items": [
        {"name": "Wool blanket", "words": "Oat", "price": "€79.00", "quantity": 1, "picture": ""},
        {"name": "Stoneware cup", "words": "", "price": "€18.00", "quantity": 2, "picture": ""},
    ],
    "count": 2,
    "link": "https://shop.example/go/…/",
}


class CannotBeWritten(ValueError):
    """The words cannot be filled in; the message is a sentence for the marketer."""


class _Paper(Environment):
    loop_iteration_limit = 200
    output_stream_limit = 20_000
    context_depth_limit = 10
    local_namespace_limit = 20_000


_paper = _Paper(undefined=StrictUndefined, strict_filters=True)


def fill(text: str, values: dict) -> str:
    """The text with its places filled in, as plain text. Raises CannotBeWritten."""
    try:
        return _read(text).render(**values)
    except LiquidError as error:
        raise CannotBeWritten(_sentence(error)) from error
    except (RecursionError, ValueError, TypeError, ArithmeticError) as error:
        raise CannotBeWritten(_("These words cannot be filled in: %(what)s.") % {"what": error}) from error


def check(text: str) -> None:
    """Refuse words that would fail for some reader: unknown places in every branch, loops that never end.

    Raises CannotBeWritten.
    """
    try:
        unknown = set(_read(text).analyze().globals) - set(PLACES)
    except LiquidError as error:
        raise CannotBeWritten(_sentence(error)) from error
    if unknown:
        raise CannotBeWritten(_unknown(sorted(unknown)[0]))
    # A guest without a name, and a cart with one thing in it, must be readable too.
    for values in (SAMPLE, {**SAMPLE, "name": "", "items": SAMPLE["items"][:1], "count": 1}):
        fill(text, values)


def places_of(text: str) -> set[str]:
    """Which places the words fill in. Raises CannotBeWritten."""
    try:
        return set(_read(text).analyze().globals)
    except LiquidError as error:
        raise CannotBeWritten(_sentence(error)) from error


@lru_cache(maxsize=500)
def _read(text: str) -> BoundTemplate:
    """The words taken apart. Ranges are refused: `(1..999999999) | join` makes a list before any limit counts."""
    template = _paper.from_string(text)
    nodes = list(template.nodes)
    while nodes:
        node = nodes.pop()
        if any(_has_range(expression) for expression in node.expressions()):
            raise ResourceLimitError("a range", token=node.token)
        nodes += node.children(RenderContext(template), include_partials=False)
    return template


def _has_range(expression: Expression) -> bool:
    parts = [expression]
    while parts:
        part = parts.pop()
        if isinstance(part, RangeLiteral):
            return True
        parts += part.children()
    return False


def _sentence(error: LiquidError) -> str:
    if isinstance(error, UndefinedError):
        return _unknown(str(error).split("\n")[0].split(" is undefined")[0].strip("'\""))
    if isinstance(error, UnknownFilterError):
        return _("There is no filter of this kind: %(what)s.") % {"what": _first_line(error)}
    if isinstance(error, TemplateNotFoundError):
        return _("Other templates cannot be included.")
    if isinstance(error, ResourceLimitError):
        return _("These words grow too long when they are filled in. Is there a loop too many?")
    if isinstance(error, LiquidSyntaxError):
        return _("A bracket or a command is not complete: %(what)s.") % {"what": _first_line(error)}
    return _("These words cannot be filled in: %(what)s.") % {"what": _first_line(error)}


def _unknown(place: str) -> str:
    return _("There is no “%(place)s” to fill in. You can use: %(places)s.") % {
        "place": place,
        "places": ", ".join(PLACES),
    }


def _first_line(error: Exception) -> str:
    return str(error).split("\n")[0]
