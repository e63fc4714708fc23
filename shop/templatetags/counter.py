"""Days as people say them, and small pictures beside the words."""

from datetime import date, datetime

from babel.dates import format_date
from django import template
from django.core.files.storage import default_storage
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django_countries import countries

from catalog.listings.pictures import sizes
from catalog.models import Picture
from orders.models import Order
from orders.tax.words import percent, sentence, tax_lines
from shop import cart_lines
from shop.cart_lines import Image
from shop.quantities import sold_in as quantities_in_words
from shop.templatetags.shop import icon

register = template.Library()


@register.filter
def day(value: date | datetime | None) -> str:
    """Tue 24 Nov, mar 24 nov, вт 24 нояб."""
    if isinstance(value, datetime):
        value = localtime(value).date()
    return format_date(value, "EEE d MMM", locale=get_language() or "en") if value else ""


@register.filter
def moment(value: datetime | None) -> str:
    """Tue 24 Nov, 13:16."""
    return f"{day(value)}, {localtime(value):%H:%M}" if value else ""


@register.filter
def days(promise) -> str:
    """The days that an offer or an order promises: one day, or from one to another."""
    first = getattr(promise, "arrives_from", None) or getattr(promise, "promised_from", None)
    last = getattr(promise, "arrives_by", None) or getattr(promise, "promised_on", None)
    if first is None or first == last:
        return day(last)
    return _("%(first)s to %(last)s") % {"first": day(first), "last": day(last)}


@register.filter
def country_name(code: str) -> str:
    """A country in the language of the page."""
    return str(countries.name(code)) or code


@register.filter
def rate(rate_bp: int) -> str:
    """A tax rate of hundredths of a percent: 21 %, 5,5 %."""
    return percent(rate_bp)


@register.inclusion_tag("parts/tax.html")
def tax_of(order: Order) -> dict:
    """What of an order was taxed at which rate, and why perhaps nothing was."""
    return {
        "order": order,
        "currency": order.currency,
        "lines": tax_lines(order),
        "sentence": sentence(order.taxing, order.needs_delivery),
    }


@register.simple_tag
def thumb(picture: Picture | Image | None) -> SafeString:
    """The smallest size of a picture; the words stand beside it, so it says nothing itself."""
    if picture is None:
        return format_html('<span class="thumb">{}</span>', icon("window"))
    name = picture.name if isinstance(picture, Image) else picture.image.name
    found = sizes(name, picture.width, picture.height)
    width, address = min(found.items()) if found else (picture.width, default_storage.url(name))
    markup = '<img class="thumb" src="{}" width="{}" height="{}" alt="" loading="lazy" decoding="async">'
    return format_html(markup, address, width, width * 5 // 4)


@register.simple_tag
def sold_in(quantities) -> str:
    """The quantities that a product is sold in."""
    return quantities_in_words(quantities)


@register.simple_tag(takes_context=True)
def cart_line(context, line) -> SafeString:
    """A line of the cart, drawn once for all who have the same (`shop.cart_lines`)."""
    return cart_lines.drawn(context["request"], line, context["summary"].currency, context.get("fault"))
