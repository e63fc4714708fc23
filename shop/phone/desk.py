"""The desk of an order by telephone: the checkout's own, with more ways to pay and the buyer's language."""

from dataclasses import dataclass, replace
from functools import cached_property

from django.utils.translation import gettext as _

from catalog.cleaning import clean_line
from orders.actions.holds import HOLD_BY_LETTER
from orders.details import Details
from orders.models import Payment, PaymentMethod
from orders.queries.ways_to_pay import ways_to_pay
from shop.checkout import Desk

Code = PaymentMethod.Code


@dataclass(frozen=True)
class Way:
    """A way to pay as staff reads it."""

    code: str
    name: str
    hint: str = ""


class PhoneDesk(Desk):
    """One look at an order by telephone. Prices, tax, delivery and total are the till's, as for every shopper."""

    def __init__(self, cart, typed=None, checks: bool = True):
        super().__init__(cart, cart.customer if cart.customer_id else None, typed, checks)

    @cached_property
    def ways(self) -> list[Way]:
        return [_way(way) for way in ways_to_pay(self.sends and not self.needs_no_address, self.may_owe)] + [
            Way(Payment.AT_THE_DESK, _("Paid already"))
        ]

    def _entry(self):
        # As long as nothing is to be sent the page does not ask which address it is.
        return super()._entry() if self._value("address") or not self.book else self.book[0]

    @property
    def paid_with(self) -> str:
        return clean_line(self._value("paid_with"))[:200]

    def details(self) -> Details:
        """For the till, in the language of the buyer."""
        return replace(super().details(), language=self.cart.language, paid_with=self.paid_with)


def _way(way: PaymentMethod) -> Way:
    if way.code == Code.CARD:
        hours = round(HOLD_BY_LETTER.total_seconds() / 3600)
        hint = _("The buyer gets a mail with a link to the card page. The goods are kept for %(hours)d hours.")
        return Way(way.code, _("Card, by a link in a mail"), hint % {"hours": hours})
    return Way(way.code, way.name, way.hint)
