"""What Stripe is asked for: one line per line of the order, so that the sum is the order's total to the cent."""

from django.utils import translation
from django.utils.translation import gettext as _

from orders.actions.saved_cards import has_saved_cards
from orders.models import Order, Payment, PaymentMethod, ProviderCustomer
from orders.queries.ways_to_pay import way_to_pay

# Limits of Stripe's.
MOST_LINES = 100
NAME_LENGTH = 250


class TotalsDiffer(Exception):
    """The lines do not add up to the order's total: nobody may be charged for this order."""


def session_params(payment: Payment, success_url: str, cancel_url: str) -> dict:
    """The parameters of a Checkout Session for the payment. Raises TotalsDiffer."""
    order = payment.order
    ours = {"order": str(order.uid), "payment": str(payment.pk)}
    return {
        "mode": "payment",
        # Cards only, wallets included: a bank that answers in three days would keep pieces off the shelf so long.
        "payment_method_types": ["card"],
        "line_items": _lines(order, payment),
        "client_reference_id": str(order.uid),
        "metadata": ours,
        "payment_intent_data": {"metadata": ours, **_capture(order, payment)},
        "locale": order.language,
        "expires_at": int(payment.expires_at.timestamp()),
        "success_url": success_url,
        "cancel_url": cancel_url,
        **_address(payment),
        **_buyer(order),
    }


def _buyer(order: Order) -> dict:
    """Who is signed in may save his card on Stripe's page, and finds there those that he saved before."""
    if not has_saved_cards(order):
        # Of a guest who pays at once nobody knows it yet: the page asks for it.
        return {"customer_email": order.email} if order.email else {}
    saves = {"saved_payment_method_options": {"payment_method_save": "enabled"}}
    known = ProviderCustomer.objects.filter(customer=order.customer_id).first()
    if known:
        return {"customer": known.reference, **saves}
    return {"customer_email": order.email, "customer_creation": "always", **saves}


def _capture(order: Order, payment: Payment) -> dict:
    if payment.supplement_id:
        return {}
    is_held = payment.asks_address_in is not None or is_taken_with_parcel(order)
    return {"capture_method": "manual"} if is_held else {}


def is_taken_with_parcel(order: Order) -> bool:
    """Held until the first parcel leaves, where the merchant says so and nothing of the order leaves before."""
    way = way_to_pay(PaymentMethod.Code.CARD)
    return way is not None and way.captures_on_dispatch and all(line.needs_delivery for line in order.lines.all())


def _address(payment: Payment) -> dict:
    """What the page asks for in place of our own form."""
    if payment.asks_address_in is None:
        return {}
    return {
        "shipping_address_collection": {"allowed_countries": [payment.asks_address_in]},
        "phone_number_collection": {"enabled": True},
    }


def _lines(order: Order, payment: Payment) -> list[dict]:
    with translation.override(order.language):
        if payment.supplement_id:
            name = _("What was added to order %(number)s") % {"number": order.number}
            return [_line(name, payment.amount, 1, payment.currency)]
        if order.placed_at:
            # Agreed before, and perhaps changed since: what is still to pay is the sum of its payment.
            return [_line(_("Your order %(number)s") % {"number": order.number}, payment.amount, 1, payment.currency)]
        rows = [_row(line) for line in order.lines.all()]
        if order.delivery_gross:
            rows.append((order.delivery_name or _("Delivery"), order.delivery_gross, 1))
        if sum(price * quantity for _name_, price, quantity in rows) != order.total or payment.amount != order.to_pay:
            raise TotalsDiffer(order.pk)
        if order.credit_total:
            # Stripe knows no line below zero.
            rows = [(_("Your order, what the gift card leaves"), payment.amount, 1)]
        if len(rows) > MOST_LINES:
            rows = [(_("Your order"), payment.amount, 1)]
    return [_line(name, price, quantity, payment.currency) for name, price, quantity in rows]


def _row(line) -> tuple[str, int, int]:
    """Name, price and number; what is not so many times its price is one thing at the price of all.

    Something was taken off, tax comes on top, or rounding moved a cent: that need not divide.
    """
    if line.gross == line.unit_price * line.quantity:
        return _name(line), line.unit_price, line.quantity
    return (f"{line.quantity} × {_name(line)}" if line.quantity > 1 else _name(line)), line.gross, 1


def _name(line) -> str:
    return f"{line.product_name}, {line.variant_name}" if line.variant_name else line.product_name


def _line(name: str, price: int, quantity: int, currency: str) -> dict:
    product = {"name": name[:NAME_LENGTH]}
    return {
        "price_data": {"currency": currency.lower(), "unit_amount": price, "product_data": product},
        "quantity": quantity,
    }
