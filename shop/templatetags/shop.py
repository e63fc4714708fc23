"""How things are written on a page: money, numbers, icons, swatches, pictures."""

from collections.abc import Hashable
from datetime import datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel.dates import format_date
from babel.numbers import format_decimal, get_currency_name
from django import template
from django.conf import settings
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from catalog import markets, memo
from catalog.money import Money, format_minor
from shop.drawing import draw, fingerprint, place
from shop.frame import state_of
from shop.pictures import Shown
from shop.pictures import shown as wide_picture

register = template.Library()

#: So many letters fit on a line of a card on a phone.
FEW_WORDS = 24
EAGER = SafeString(' fetchpriority="high"')
LAZY = SafeString(' loading="lazy" decoding="async"')


@register.filter
def money(amount: "int | Money | None", currency: str = "") -> str:
    """`{{ 3940|money }}` is €39.40 in English and 39,40 € in Spanish; empty for None."""
    if amount is None:
        return ""
    if isinstance(amount, Money):
        amount, currency = amount.minor, amount.currency
    return format_minor(amount, currency or markets.current().currency, get_language() or "en")


@register.filter
def currency_words(code: str) -> str:
    """USD, US dollar: in the language of the page."""
    return f"{code} · {get_currency_name(code, locale=get_language() or 'en')}"


@register.filter
def number(value: int) -> str:
    """`{{ 22074|number }}` is 22,074 in English and 22 074 in Russian."""
    return str(value) if -1000 < value < 1000 else format_decimal(value, locale=get_language() or "en")


@register.simple_tag
@lru_cache(256)
def icon(name: str, css: str = "") -> SafeString:
    """A line icon of our sprite; it says nothing, so the words stand beside it."""
    css = f"icon {css}" if css else "icon"
    return format_html('<svg class="{}" aria-hidden="true"><use href="{}#{}"/></svg>', css, static("icons.svg"), name)


@register.simple_tag
def swatch(colour: str) -> SafeString:
    """A dot of that colour. An attribute of SVG and not a style, which our policy forbids."""
    return format_html(
        '<svg class="swatch" viewBox="0 0 14 14" aria-hidden="true"><circle cx="7" cy="7" r="6.5" fill="{}"/></svg>',
        colour,
    )


@register.simple_tag
def picture(shown, sizes: str = "100vw", first: bool = False, alt: str | None = None) -> SafeString:
    """The `<img>` of a catalogue picture; without one, a quiet sign that keeps its place.

    `first` is for what is seen without scrolling: loaded at once. `alt` replaces the picture's own words.
    """
    if not shown:
        return icon("window")
    markup = format_html(
        '<img src="{}" srcset="{}" sizes="{}" width="{}" height="{}" alt="{}"{}>',
        shown.src,
        shown.srcset,
        sizes,
        shown.width,
        shown.height,
        shown.alt if alt is None else alt,
        EAGER if first else LAZY,
    )
    avif = getattr(shown, "avif", "")
    if not avif:
        return markup
    source = '<picture><source type="image/avif" srcset="{}" sizes="{}">{}</picture>'
    return format_html(source, avif, sizes, markup)


@register.filter
def few_words(choice: tuple[str, tuple[str, ...]]) -> str:
    """What sizes there are, as a card says it: all when they are few, else the first ones and how many more."""
    _axis, values = choice
    shown = len(values)
    while shown > 1 and len(values) > 2 and len(" · ".join(values[:shown])) > FEW_WORDS:
        shown -= 1
    more = len(values) - shown
    return " · ".join(values[:shown]) + (f" +{more}" if more else "")


@register.simple_tag(takes_context=True)
def kept(context, template_name: str, *key) -> SafeString:
    """A part of a page, drawn once for each state of the catalogue, language and key, then shown to everybody.

    Only for parts that the key and the catalogue settle: nothing of the visitor, no form token.
    """
    request = context.get("request")
    if request is None:
        return render_to_string(template_name, context.flatten())
    return memo.remember(
        ("part", template_name, state_of(request), get_language(), *key),
        lambda: render_to_string(template_name, context.flatten()),
        # A row weighs about so many characters.
        weight=lambda text: 1 + len(text) // 128,
    )


@register.simple_tag(takes_context=True)
def drawn(context, template_name: str, print_of: Hashable) -> SafeString:
    """A part of a page, drawn once for all who see the same (`shop.drawing`); afresh when the fingerprint is empty."""
    request = context.get("request")
    if request is None or not print_of:
        return render_to_string(template_name, context.flatten())
    return draw(request, template_name, context.flatten, print_of)


@register.simple_tag(takes_context=True)
def framed(context, template_name: str, *contents: Hashable) -> SafeString:
    """A part of the frame, which is the same on every page but for the addresses of the page itself.

    Its template knows `contents` by the names that the page has for them; `languages`, and `here`: this address.
    """
    request, tongues = context.get("request"), context.get("languages")
    if request is None or tongues is None:
        return render_to_string(template_name, context.flatten())
    # A function, from the context of every page.
    tongues = tongues()
    words = {f"path-{tongue.code}": tongue.path for tongue in tongues} | {"here": request.get_full_path()}
    places = [tongue._replace(path=place(f"path-{tongue.code}")) for tongue in tongues]
    return draw(
        request,
        template_name,
        lambda: context.flatten() | {"languages": places, "here": place("here")},
        fingerprint(contents),
        words,
    )


@register.filter
def moment(value: datetime) -> str:
    """A day and an hour in the shop's own time: Tue 24 Nov, 14:00."""
    local, language = value.astimezone(ZoneInfo(settings.TIME_ZONE)), get_language() or "en"
    return f"{format_date(local, 'EEE d MMM', locale=language)}, {local:%H:%M}"


@register.filter
def iso(value: datetime) -> str:
    """For machines: 2026-11-28T17:00:00+00:00."""
    return value.isoformat()


@register.filter
def smallest(shown) -> str:
    """The address of the narrowest size of a picture."""
    return shown.srcset.split(" ", 1)[0] or shown.src


@register.filter
def wide(image) -> Shown | None:
    """`{% picture home.hero_image|wide %}`: a picture field, or an address, as `picture` draws it."""
    return wide_picture(image if isinstance(image, str) else image.url) if image else None
