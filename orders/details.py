"""What a shopper types at the checkout, as one value."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from customers.models import PostalAddress


@dataclass(frozen=True, kw_only=True)
class AddressDetails:
    """The lines of an address; all empty when nothing is sent."""

    name: str = ""
    company: str = ""
    line1: str = ""
    line2: str = ""
    postcode: str = ""
    city: str = ""
    region: str = ""
    country: str = ""
    phone: str = ""

    def lines(self) -> dict[str, str]:
        """The fields of a PostalAddress."""
        return {field: getattr(self, field) for field in PostalAddress.FIELDS}

    @property
    def is_complete(self) -> bool:
        """Whether a parcel could find it; how exactly a country writes its addresses is the form's business."""
        return bool(self.name and self.line1 and self.city and self.country)


@dataclass(frozen=True, slots=True)
class Point:
    """A pick-up point of a carrier; its address is that of the details."""

    pk: int
    carrier: str
    code: str
    name: str


@dataclass(frozen=True, kw_only=True)
class Details(AddressDetails):
    """Who orders, where it goes, how it is sent and paid. `delivery` and `payment` are codes of the methods.

    Without `billing` the invoice goes to the delivery address.
    """

    email: str
    delivery: str = ""
    payment: str = ""
    note: str = ""
    # The number that steps of the order are texted to, in E.164; empty for who did not ask.
    texts_to: str = ""
    # Where the carrier keeps it; only for ways of delivery of that kind.
    point: Point | None = None
    language: str = "en"
    billing: AddressDetails | None = None
    # Of a company, as typed.
    vat_number: str = ""
    # There is no address yet: the card page asks for one in this country.
    asks_address: bool = False
    # Paid at the desk: how, in a few words.
    paid_with: str = ""

    def fingerprint(
        self,
        goods: list[tuple[int, int, int, str]],
        total: int,
        currency: str = "",
        taken_off: Sequence[tuple[int, int]] = (),
    ) -> str:
        """A hash that is equal for the same wish: these details, these goods, this total in this currency.

        Goods are (variant, quantity, price, key of the answers), what is taken off is (promotion, amount).
        """
        told = {name: value for name, value in asdict(self).items() if name != "asks_address" or value}
        wish = json.dumps([told, sorted(goods), total, currency, sorted(taken_off)], sort_keys=True)
        return hashlib.sha256(wish.encode()).hexdigest()
