"""An order that was paid at once has no address before its money is held: the provider's page has asked for it.

What it brings is judged by our own rules. An address that costs something else than what was shown, or that no parcel
finds, is not accepted: the card lets go of the money, and nothing was ever charged.
"""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django_countries import countries

from catalog import bulk
from customers.address_rules import rules_for
from customers.models import Customer, PostalAddress
from orders import letters
from orders.actions import finding, withdrawing
from orders.details import AddressDetails
from orders.models import Order, OrderAddress, Payment, PromotionUse
from orders.queries.places import are_alike
from orders.tax import Payer

PHONE_LENGTH = PostalAddress._meta.get_field("phone").max_length


class NotAccepted(Exception):
    """Nothing can be sent there for that money; the text says why, for staff."""


def complete(order: Order, payment: Payment, session: dict, now: datetime) -> bool:
    """Give an order the address that its payment page asked for; True when it has one, or needs none from there.

    False for one that is not accepted: the order is called off and its buyer is told; the money is the caller's.
    A step of taking money: inside a transaction, the order locked. Called again it changes nothing.
    """
    if not lacks_address(order, payment):
        return True
    _take_email(order, session)
    try:
        details = read(session, payment.asks_address_in, order.customer, now)
        if not order.email:
            raise NotAccepted(_("there is no e-mail address"))
    except NotAccepted as refusal:
        withdrawing.withdraw(order, _("Paid at once, and let go: %(why)s") % {"why": refusal}, now)
        if order.email:
            letters.tell_not_accepted(order, payment)
        return False
    address = OrderAddress(order=order, kind=OrderAddress.Kind.DELIVERY, **details.lines())
    bulk.create([address])
    order.phone = details.phone
    order.save(update_fields=["phone"])
    finding.remember(order, [address], order.lines.all())
    return True


def lacks_address(order: Order, payment: Payment) -> bool:
    """Whether the order waits for the address that is typed on the payment page, or got none it could be sent to."""
    if payment.asks_address_in is None:
        return False
    return not OrderAddress.objects.filter(order=order, kind=OrderAddress.Kind.DELIVERY).exists()


def was_refused(order: Order) -> bool:
    """Whether an order was called off because of the address that its payment page brought. No query unless it was."""
    if order.status != Order.Status.CANCELLED or order.placed_at is not None:
        return False
    asked = order.payments.filter(asks_address_in__isnull=False, intent_id__isnull=False)
    return asked.exists() and not order.addresses.exists()


def _take_email(order: Order, session: dict) -> None:
    """Who signed in is known; else the address that was typed on the page."""
    if order.email:
        return
    typed = _text(session.get("customer_details"), "email").lower()
    try:
        validate_email(typed)
    except ValidationError:
        return
    if len(typed) <= Order._meta.get_field("email").max_length:
        order.email = typed
        order.save(update_fields=["email"])
        PromotionUse.objects.filter(order=order, email="").update(email=typed)


def read(session: dict, country: str, customer: Customer | None, now: datetime) -> AddressDetails:
    """The address that a session brings, as its country writes it. Raises NotAccepted."""
    sent = _shipping(session)
    typed = sent.get("address") or {}
    if _text(typed, "country") != country:
        raise NotAccepted(_("the address is in another country"))
    rules = rules_for(country)
    postcode = rules.tidy(_text(typed, "postal_code")) if rules.has_postcode else ""
    if rules.needs_postcode and not postcode or postcode and not rules.fits(postcode):
        raise NotAccepted(_("“%(postcode)s” is not a postcode of that country") % {"postcode": postcode})
    state = _text(typed, "state")
    region = rules.area_of(postcode) or rules.area_like(state) or ("" if rules.areas else state)
    if rules.asks_area and not region:
        raise NotAccepted(_("the address names no region that we know"))
    if not are_alike(country, Payer(), Payer(postcode, region), customer, True, localdate(now)):
        raise NotAccepted(_("delivery or tax are others at %(postcode)s") % {"postcode": postcode or region})
    city = _text(typed, "city") or ("" if rules.needs_city else region or dict(countries)[country])
    details = AddressDetails(
        name=_text(sent, "name") or _text(session.get("customer_details"), "name"),
        line1=_text(typed, "line1"),
        line2=_text(typed, "line2"),
        postcode=postcode,
        city=city,
        region=region,
        country=country,
        phone=_text(session.get("customer_details"), "phone")[:PHONE_LENGTH],
    )
    if not details.is_complete or _is_too_long(details):
        raise NotAccepted(_("the address is not complete"))
    return details


def _shipping(session: dict) -> dict:
    """Where Stripe keeps it now, and where it did before."""
    told = (session.get("collected_information") or {}).get("shipping_details") or session.get("shipping_details")
    return told if isinstance(told, dict) else {}


def _text(told: dict | None, name: str) -> str:
    value = (told or {}).get(name)
    if not isinstance(value, str):
        return ""
    return "".join(sign for sign in " ".join(value.split()) if sign.isprintable())


def _is_too_long(details: AddressDetails) -> bool:
    fields = ((name, getattr(details, name)) for name in PostalAddress.FIELDS if name != "country")
    return any(len(value) > PostalAddress._meta.get_field(name).max_length for name, value in fields)
