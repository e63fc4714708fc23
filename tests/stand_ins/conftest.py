"""The stand-in and the official client that talks to it."""

import pytest
import stripe

from .inbox import Inbox
from .stripe import StripeStandIn


@pytest.fixture
def stand_in():
    with StripeStandIn() as running:
        yield running


@pytest.fixture
def inbox(stand_in):
    with Inbox() as listening:
        stand_in.webhook_url = listening.url
        yield listening


@pytest.fixture
def client(stand_in):
    return client_of(stand_in)


@pytest.fixture
def session(client):
    return client.v1.checkout.sessions.create(order())


def client_of(stand_in, **options) -> stripe.StripeClient:
    """The official client; it gives up at once, so that a test sees each failure."""
    options = {"max_network_retries": 0, **options}
    return stripe.StripeClient(stand_in.secret_key, base_addresses={"api": stand_in.url}, **options)


def order(**changes) -> dict:
    """What a shop sends for two scarves and their delivery, 29.50 € together."""
    return {
        "mode": "payment",
        "line_items": [line("Scarf", 1250, 2), line("Delivery", 450)],
        "customer_email": "ada@example.com",
        "client_reference_id": "order-41",
        "metadata": {"order": "41", "7": "seven"},
        "payment_intent_data": {"metadata": {"order": "41"}},
        "success_url": "http://shop.example/thanks/?session={CHECKOUT_SESSION_ID}",
        "cancel_url": "http://shop.example/checkout/",
        "locale": "es",
        **changes,
    }


def line(name: str, amount: int, quantity: int = 1, currency: str = "eur") -> dict:
    """A line of an order."""
    price = {"currency": currency, "unit_amount": amount, "product_data": {"name": name}}
    return {"price_data": price, "quantity": quantity}
