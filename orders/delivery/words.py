"""Where something goes and why it cannot, in words."""

from babel import Locale
from django.utils.formats import number_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from orders.delivery.offers import Survey
from orders.delivery.parcel import Parcel
from orders.delivery.why import Why
from orders.tax.places import Place


def where(place: Place) -> str:
    """Spain; with what was typed of the address 35001, Spain."""
    country = Locale.parse(get_language() or "en").territories.get(place.country, place.country)
    return ", ".join(filter(None, [place.postcode.strip()[:20] or place.area.strip()[:40], country]))


def why_nothing(survey: Survey, parcel: Parcel, place: Place, currency: str) -> str:
    """One sentence; empty when a parcel is offered."""
    refused = survey.why
    if refused is None:
        return ""
    words = {"place": where(place), "currency": currency, "kilos": _kilos(parcel.weight_g)}
    if refused.why == Why.GOODS:
        words["names"] = ", ".join(_("“%(name)s”") % {"name": name} for name in refused.names[:3])
        return _("We do not deliver %(names)s to %(place)s.") % words
    if refused.why == Why.AMOUNT:
        return _("All of this together, %(kilos)s kg, is too much for one delivery to %(place)s.") % words
    if refused.why == Why.CURRENCY:
        return _("We do not deliver to %(place)s for prices in %(currency)s. Choose another currency.") % words
    return _("We do not deliver to %(place)s.") % words


def _kilos(grams: int) -> str:
    return number_format(grams / 1000, decimal_pos=1)
