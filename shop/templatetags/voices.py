"""How ratings and the words of buyers are written on a page."""

from babel.dates import format_date
from babel.numbers import format_decimal
from django import template
from django.core.files.storage import default_storage
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from shop.templatetags.shop import icon

register = template.Library()
STARS = range(1, 6)


@register.filter
def decimal(value: float | None) -> str:
    """4.6 in English, 4,6 in Spanish and Russian; nothing for no rating."""
    return "" if value is None else format_decimal(value, format="0.0", locale=get_language() or "en")


@register.simple_tag
def stars(rating: float) -> SafeString:
    """Five stars, so many of them full; in words for those who do not see them."""
    full = round(rating)
    drawn = format_html_join(
        "", "{}", ((icon("star", "star-full" if star <= full else "star-empty"),) for star in STARS)
    )
    words = _("%(rating)s of 5 stars") % {"rating": decimal(rating) if rating % 1 else int(rating)}
    return format_html('<span class="stars"><span class="hidden-words">{}</span>{}</span>', words, drawn)


@register.filter
def media(name: str) -> str:
    """The address of a file below MEDIA_ROOT."""
    return default_storage.url(name)


@register.filter
def month(value) -> str:
    """When somebody wrote: May 2026, not the hour."""
    return format_date(localtime(value).date(), "LLLL y", locale=get_language() or "en") if value else ""
