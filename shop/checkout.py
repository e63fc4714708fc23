"""The desk at which a cart becomes an order: what the one page of the checkout knows and shows."""

from dataclasses import dataclass
from functools import cached_property

from django.utils import timezone
from django.utils.translation import get_language

from orders import delivery, texts
from orders.delivery import Offer
from orders.details import AddressDetails, Details, Point
from orders.models import Cart, Order, PickupPoint
from orders.pricing import Priced
from orders.queries import on_account
from orders.queries.at_once import AtOnce, at_once
from orders.queries.credit import Means, store_credit_of
from orders.queries.pickup_points import Near, chosen, near
from orders.queries.summary import Summary, summarise
from orders.queries.ways_to_pay import ways_to_pay
from orders.tax import Payer, read_number
from shop.forms.address import country_choices
from shop.forms.checkout import NEW_ADDRESS, BillingForm, CheckoutForm

# So many the style sheet can show the sum of without a script.
MOST_OFFERS = 8


@dataclass(frozen=True)
class Choice:
    """A way to deliver, with what the whole order comes to by it. `place` ties it to the style sheet.

    `price` is what the delivery costs and `off` what is taken off the goods, after promotions.
    """

    place: int
    offer: Offer | None
    price: int
    off: int
    total: int
    tax: int
    is_chosen: bool
    # Somebody has chosen it, and it is not only the cheapest.
    is_wanted: bool
    # What each gift card pays of the total, and what they leave.
    paid_by: tuple[tuple[Means, int], ...]
    rest: int

    @property
    def code(self) -> str:
        return self.offer.code if self.offer else ""

    @property
    def rest_name(self) -> str:
        """The hidden field by which what gift cards leave comes back."""
        return f"rest-{self.code}"

    @property
    def is_ticked(self) -> bool:
        """Nobody is sent to a shop or a kiosk who has not said so."""
        return self.is_chosen and not (self.offer and not self.offer.goes_to_door and not self.is_wanted)

    @property
    def total_name(self) -> str:
        """The hidden field by which the sum that was shown comes back."""
        return f"total-{self.code}"


class Desk:
    """One visit to the checkout: the cart, what was typed, and what follows from it.

    `typed` is what was posted; with `checks=False` it is shown again without being judged (another country, say).
    """

    def __init__(self, cart: Cart, customer=None, typed=None, checks: bool = True):
        self.cart, self.customer, self.typed, self.checks = cart, customer, typed, checks
        self.book = list(customer.addresses.all()) if customer else []
        self.sends = self.summary.needs_delivery

    @cached_property
    def summary(self) -> Summary:
        # With the delivery typed before, so that its price is in the sums.
        return summarise(self.cart, self.country, self._value("delivery"), email=self._email(), payer=self._payer())

    def _email(self) -> str:
        return self.customer.email if self.customer else self._value("email")

    @cached_property
    def terms(self) -> delivery.Terms:
        return delivery.terms()

    @cached_property
    def picks_up(self) -> bool:
        """Whether a shop was chosen where it is picked up: then nobody asks for an address."""
        return self.terms.is_pickup(self._value("delivery"))

    @cached_property
    def point_carrier(self) -> str:
        """The carrier among whose points one is to be chosen; empty for all other ways to deliver."""
        return self.terms.point_carrier(self._value("delivery")) if self._value("delivery") else ""

    @property
    def needs_no_address(self) -> bool:
        return self.picks_up or bool(self.point_carrier)

    @cached_property
    def point(self) -> PickupPoint | None:
        """The point that is ticked, if it is one of that carrier in that country. One query, none for other ways."""
        return chosen(self._value("point"), self.point_carrier, self.country) if self.point_carrier else None

    @cached_property
    def points(self) -> Near:
        """Those near what was typed, with the one that is ticked."""
        if not self.point_carrier:
            return Near()
        page = self._value("update").removeprefix("points-")
        page = int(page) if page.isascii() and page.isdecimal() and len(page) < 4 else 1
        found = near(self.point_carrier, self.country, self.point_search, page)
        if self.point and self.point not in found.points:
            return Near((self.point, *found.points), found.page, found.pages)
        return found

    @property
    def point_pages(self) -> range:
        return range(1, self.points.pages + 1)

    @property
    def point_search(self) -> str:
        """The postcode or town that points are looked for by: that of the address until one is typed."""
        typed = self._value("point_search")[:60].strip()
        return typed or self._value("postcode")[:20].strip() or (self.book[0].postcode if self.book else "")

    @property
    def offers_pickup(self) -> bool:
        return any(not offer.goes_to_door for offer in self.summary.offers)

    @property
    def offers_points(self) -> bool:
        return any(offer.is_point for offer in self.summary.offers)

    @property
    def asks_postcode(self) -> bool:
        """Whether what is offered depends on a postcode that nobody has typed yet."""
        return self.is_split and not self._entry() and not self._value("postcode")

    @property
    def is_split(self) -> bool:
        return self.sends and self.terms.is_split(self.country)

    def _payer(self) -> Payer:
        entry = None if self.needs_no_address else self._entry()
        number = read_number(self._value("vat_number"), self.country)
        invoice = self._value("billing-country") if self._value("other_billing") else ""
        return Payer(
            postcode=self.point.postcode
            if self.point
            else entry.postcode
            if entry
            else self._typed_address("postcode"),
            area=entry.region if entry else self._typed_address("region"),
            billing_country=invoice if invoice in dict(country_choices()) else "",
            vat_number=number.text if number else "",
        )

    @cached_property
    def codes(self) -> set[str] | None:
        """The countries we deliver to; None when that is everywhere."""
        return self.terms.countries()

    def _typed_address(self, name: str) -> str:
        return "" if self.needs_no_address else self._value(name)

    @cached_property
    def country(self) -> str:
        """Where it goes: what was typed, the chosen address, what we know of the cart, our own country."""
        if self.picks_up:
            return self.terms.home
        choices = dict(country_choices())
        # The list of countries stays where a point is looked for; the address book does not.
        entry = None if self.point_carrier and self._value("country") else self._entry()
        wanted = [entry.country.code if entry else self._value("country"), self.cart.country]
        return next((code for code in wanted if code in choices), self.home)

    @cached_property
    def home(self) -> str:
        from django.conf import settings

        if not self.codes or settings.SHOP_COUNTRY in self.codes:
            return settings.SHOP_COUNTRY
        return min(self.codes)

    @cached_property
    def ways(self) -> list:
        return ways_to_pay(self.sends and not self.needs_no_address, self.may_owe)

    @cached_property
    def may_owe(self) -> bool:
        """Whether it may be bought on account. No query for guests."""
        return self.sends and on_account.covers(self.customer, self.cart.currency, self.summary.to_pay())

    @cached_property
    def way_chosen(self) -> str:
        codes = [way.code for way in self.ways]
        typed = self._value("payment")
        return typed if typed in codes else next(iter(codes), "")

    @cached_property
    def choices(self) -> list[Choice]:
        """The ways to deliver, the cheapest first; one without an offer when nothing is sent."""
        summary = self.summary
        if not self.sends:
            return [_choice(summary, 0, None, summary.priced, True)]
        return [
            _choice(summary, place, offer, summary.sent_by(offer)[1], offer == summary.delivery)
            for place, offer in enumerate(summary.offers[:MOST_OFFERS])
        ]

    @cached_property
    def at_once(self) -> AtOnce | None:
        """What can be paid before anything is typed. No query."""
        return at_once(self.summary) if self.typed is None else None

    @property
    def is_to_pay(self) -> bool:
        """Whether anything is left to pay by one of the ways, however it is sent."""
        if self.summary.to_pay():
            return True
        # As it is sent now nothing is; in another way it may cost more.
        return any(choice.rest for choice in self.choices) or (not self.choices and bool(self.summary.total))

    @cached_property
    def store_credit(self):
        """What the customer has in the shop and does not pay with yet. One query, none for guests."""
        if self.customer is None:
            return None
        found = store_credit_of(self.customer, self.cart.currency, timezone.now())
        return None if found is None or found.pk in self.cart.credit else found

    @cached_property
    def is_off_the_same(self) -> bool:
        """Whether the goods cost the same however they are sent; else only the sum of all promotions is told."""
        return len({choice.off for choice in self.choices}) < 2

    @cached_property
    def form(self) -> CheckoutForm:
        names = {
            "country": self.country,
            "codes": self.codes if self.sends else None,
            "sends": self.sends,
            "picks_up": self.needs_no_address,
            "points": [str(point.pk) for point in self.points.points] if self.point_carrier else None,
            "is_split": self.is_split,
            "ways": [way.code for way in self.ways] if self.is_to_pay else [],
            "offers": [offer.code for offer in self.summary.offers[:MOST_OFFERS]],
            "customer": self.customer,
            "book": self.book,
            "texts": texts.are_offered(),
        }
        if self.typed is not None and self.checks:
            return CheckoutForm(self.typed, **names)
        return CheckoutForm(initial=self._initial(), **names)

    @cached_property
    def billing(self) -> BillingForm:
        country = self.typed.get("billing-country", "") if self.typed else ""
        country = country if country in dict(country_choices()) else self.country
        if self.typed is not None and self.checks and self.wants_billing:
            return BillingForm(self.typed, country=country)
        typed = {key.removeprefix("billing-"): value for key, value in (self.typed or {}).items()}
        return BillingForm(country=country, initial={**typed, "country": country})

    @property
    def wants_billing(self) -> bool:
        return bool(self.typed and self.typed.get("other_billing") and self.sends)

    def is_valid(self) -> bool:
        # Both are asked, so that all faults are shown at once.
        return all([self.form.is_valid(), not self.wants_billing or self.billing.is_valid()])

    def faults(self) -> list[dict]:
        return self.form.faults() + (self.billing.faults() if self.wants_billing else [])

    def shown_total(self) -> int:
        """The sum that stood on the button; -1, which no order costs, when none came back."""
        if self._value("currency") not in ("", self.summary.currency):
            return -1
        return self._sum("total")

    def shown_rest(self) -> int:
        """What gift cards were to leave of it; -1, which no order costs, when none came back."""
        return self._sum("rest")

    def _sum(self, name: str) -> int:
        value = self.typed.get(f"{name}-{self._value('delivery') if self.sends else ''}", "")
        return int(value) if value.isascii() and value.isdecimal() and len(value) < 16 else -1

    def details(self) -> Details:
        """What was typed, for the till."""
        cleaned = self.form.cleaned_data
        lines = self.form.destination() if self.sends and not self.needs_no_address else self._buyer()
        return Details(
            **{**lines, "phone": cleaned.get("phone") or lines["phone"]},
            email=self.customer.email if self.customer else cleaned["email"],
            delivery=cleaned["delivery"],
            payment=cleaned["payment"],
            note=cleaned["note"],
            language=get_language() or "en",
            billing=AddressDetails(**self.billing.address()) if self.wants_billing else None,
            vat_number=cleaned.get("vat_number") or "",
            texts_to=cleaned.get("texts_to") or "",
            point=Point(self.point.pk, self.point.carrier, self.point.code, self.point.name) if self.point else None,
        )

    def _buyer(self) -> dict:
        cleaned = self.form.cleaned_data
        known = {name: cleaned.get(name) or "" for name in ("name", "company", "country")} | {"phone": ""}
        if self.needs_no_address:
            name = known["name"] or (self._entry() or self.customer).name
            known |= {"country": self.country, "name": name}
        if self.point:
            place = {field: getattr(self.point, field) for field in ("line1", "postcode", "city")}
            known |= {**place, "line2": self.point.name}
        return known

    def _value(self, name: str) -> str:
        return (self.typed.get(name) or "").replace("\x00", "") if self.typed else ""

    def _entry(self):
        """The entry of the address book that is chosen; at first the usual one."""
        if not self.book:
            return None
        chosen = self._value("address") or (NEW_ADDRESS if self.typed else str(self.book[0].pk))
        return next((entry for entry in self.book if str(entry.pk) == chosen), None)

    def _initial(self) -> dict:
        """What the fields begin with: typed just now, typed for the payment that came to nothing, or known."""
        entry = self._entry()
        name = self.customer.name if self.customer else self.cart.name
        known = {"name": name, "email": self.cart.email, **self._from_unpaid_order()}
        known |= {"address": str(entry.pk) if entry else NEW_ADDRESS, "keep": not self.book}
        typed = dict(self.typed.items()) if self.typed else {}
        return {**known, **typed, "country": self.country}

    def _from_unpaid_order(self) -> dict:
        if self.typed or not getattr(self.cart, "has_pending", True):
            return {}
        order = self.cart.orders.filter(status=Order.Status.PENDING).prefetch_related("addresses").first()
        if order is None:
            return {}
        address = order.addresses.first()
        if address is None:
            # To be paid at once: nobody has typed anything.
            return {}
        return {name: getattr(address, name) for name in address.FIELDS if name != "country"} | {
            "note": order.note,
            "vat_number": order.vat_number,
        }


def _choice(summary: Summary, place: int, offer: Offer | None, priced: Priced, is_chosen: bool) -> Choice:
    row = priced.delivery
    return Choice(
        place=place,
        offer=offer,
        price=0 if row is None else row.net if summary.shows_net else row.gross,
        off=priced.discount_total,
        total=priced.total,
        tax=priced.tax_total,
        is_chosen=is_chosen,
        is_wanted=offer == summary.chosen,
        paid_by=tuple(summary.paid_by(priced.total)),
        rest=summary.to_pay(priced.total),
    )
