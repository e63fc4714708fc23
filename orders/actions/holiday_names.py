"""Names of holidays in languages that the list of others does not know: the commonest, from their English names."""

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

ENGLISH = "en_US"
COMMON = {
    _("New Year's Day"),
    _("Epiphany"),
    _("Good Friday"),
    _("Easter Sunday"),
    _("Easter Monday"),
    _("Labor Day"),
    _("May Day"),
    _("Victory Day"),
    _("Ascension Day"),
    _("Pentecost"),
    _("Pentecost Monday"),
    _("Corpus Christi"),
    _("Assumption Day"),
    _("All Saints' Day"),
    _("Immaculate Conception"),
    _("Christmas Eve"),
    _("Christmas Day"),
    _("Second Day of Christmas"),
    _("Saint Stephen's Day"),
    _("New Year's Eve"),
    _("National Day"),
    _("Constitution Day"),
    _("Independence Day"),
    _("Republic Day"),
    _("Liberation Day"),
    _("Armistice Day"),
    _("German Unity Day"),
    _("Midsummer Day"),
}


def of(supported: tuple[str, ...], language: str) -> str | None:
    """The language to ask the list for; None where it has neither this one nor English."""
    near = (code for code in supported if code.split("_")[0] == language)
    return next(near, ENGLISH if ENGLISH in supported else None)


def said(name: str) -> str:
    """An English name in the language of whoever reads; several on one day each, unknown ones as they are."""
    return "; ".join(gettext(part) if part in COMMON else part for part in name.split("; "))
