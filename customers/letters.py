"""A letter: subject, text and HTML, rendered from three templates in one language."""

from dataclasses import dataclass
from urllib.parse import urljoin

import css_inline
from django.conf import settings
from django.template import Context
from django.template.loader import get_template
from django.utils import translation

from customers.models import ShopDetails

SUBJECT_LENGTH = 200

# Only the rules for dark mode and small screens stay in <style>; all others go into the elements, where every mail
# program reads them.
_inliner = css_inline.CSSInliner(keep_at_rules=True, load_remote_stylesheets=False, preallocate_node_capacity=256)


@dataclass(frozen=True, slots=True)
class Letter:
    """What a person gets: ready to be sent, in one language."""

    subject: str
    text: str
    html: str
    language: str = "en"


def absolute(path: str) -> str:
    """The full address of a page or file of the shop; a full address is returned as it is."""
    return urljoin(f"{settings.SITE_URL}/", path)


def one_line(text: str) -> str:
    """Text that is safe in a header: one line, no control characters (U+2028 alone stops Python's mail code)."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())[:SUBJECT_LENGTH]


def inlined(html: str) -> str:
    return _inliner.inline(html)


def render(template: str, language: str, context: dict) -> Letter:
    """Render `emails/<template>.subject.txt`, `.txt` and `.html` in the language, with links that are complete.

    Templates also know `shop` (our own name and address), `site` (our address without a slash) and `language`.
    """
    subject = subject_of(template, language, context)
    return Letter(subject, *bodies_of(template, language, context, subject), language)


def subject_of(template: str, language: str, context: dict) -> str:
    """The subject alone."""
    with translation.override(language):
        return one_line(_plain(f"emails/{template}.subject.txt", _known(language, context)))


def bodies_of(template: str, language: str, context: dict, subject: str) -> tuple[str, str]:
    """Text and HTML under that subject."""
    with translation.override(language):
        values = _known(language, context)
        text = _plain(f"emails/{template}.txt", values).strip() + "\n"
        html = get_template(f"emails/{template}.html").render({**values, "subject": subject})
    return _storable(text), _storable(inlined(html))


def _known(language: str, context: dict) -> dict:
    return {"shop": ShopDetails.current(), "site": settings.SITE_URL, "language": language, **context}


def _plain(name: str, values: dict) -> str:
    # Plain text is not HTML: "Tom & Ann" must not become "Tom &amp; Ann".
    return get_template(name).template.render(Context(values, autoescape=False))


def _storable(text: str) -> str:
    # PostgreSQL stores no NUL, no encoder writes half a surrogate pair.
    return text.replace("\x00", "").encode("utf-8", "replace").decode("utf-8")
