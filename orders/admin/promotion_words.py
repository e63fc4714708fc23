"""What came of a promotion, in the words of those who made it."""

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from catalog.money import format_minor
from orders.promotions import Reason, Refused


def why(refused: Refused, currency: str) -> str:
    """One sentence that says why it takes nothing off."""
    if refused.reason == Reason.TOO_FEW:
        words = ngettext("%(number)d piece is missing.", "%(number)d pieces are missing.", refused.missing)
        return words % {"number": refused.missing}
    if refused.reason == Reason.TOO_LITTLE:
        return _("%(sum)s is missing to the value it asks for.") % {"sum": money(refused.missing, currency)}
    if refused.by:
        sentence = _("Does not go together with “%(name)s”, which takes more off or has priority.")
        if refused.reason == Reason.BEATEN:
            sentence = _("“%(name)s” takes more off in the same lane, or has priority.")
        return sentence % {"name": refused.by.name}
    return _plain()[refused.reason] % {"currency": currency}


def _plain() -> dict[str, str]:
    return {
        Reason.DRAFT: _("It is not in use."),
        Reason.NOT_YET: _("It has not begun."),
        Reason.OVER: _("It is over."),
        Reason.WEEKDAY: _("It does not hold on this day of the week."),
        Reason.NEEDS_CODE: _("Its code was not typed."),
        Reason.GROUP: _("The buyer is in none of its customer groups."),
        Reason.SEGMENT: _("The buyer is not in its segment."),
        Reason.NTH_ORDER: _("It is for another order of the customer."),
        Reason.COUNTRY: _("It is not for this country."),
        Reason.CURRENCY: _("It has no amounts in %(currency)s, and nothing is converted."),
        Reason.USED_UP: _("It was used as often as it may be."),
        Reason.USED_BY_BUYER: _("The buyer has used it already."),
        Reason.USED_TODAY: _("It was used as often as it may be on one day."),
        Reason.BUDGET: _("Its budget does not suffice."),
        Reason.CODE_USED: _("The code was used already."),
        Reason.NO_DELIVERY: _("Nothing is sent, or nobody delivers there."),
        Reason.METHOD: _("It is not for this way of delivery."),
        Reason.NO_GOODS: _("None of its goods is there."),
        Reason.GIFT_IS_MISSING: _("The gift is not in the cart yet; the shopper is told of it."),
        Reason.NOTHING_LEFT: _("There is nothing left that it could take off."),
    }


def money(minor: int, currency: str) -> str:
    return format_minor(minor, currency, get_language() or "en")
