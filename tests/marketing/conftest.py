"""A flow that is live, and a cart that was left behind by somebody who agreed to be reminded."""

from datetime import UTC, datetime, timedelta

import pytest

from customers import consent
from marketing.models import Flow
from orders.models import Cart, CartLine
from tests.makers import make_customer, make_product, make_variant

NOW = datetime(2026, 11, 20, 15, tzinfo=UTC)
ADA = "ada@example.com"


def make_flow(**fields) -> Flow:
    fields.setdefault("status", Flow.Status.LIVE)
    fields.setdefault("live_since", NOW - timedelta(days=30))
    fields.setdefault("subject", "{{ count }} things wait for you")
    fields.setdefault("subject_es", "Te esperan {{ count }} cosas")
    fields.setdefault("preheader", "Still in your cart")
    fields.setdefault("heading", "Still thinking{% if name != '' %}, {{ name }}{% endif %}?")
    fields.setdefault("body", "Your cart at {{ shop }} is kept.")
    return Flow.objects.create(trigger="cart_abandoned", name="Left carts", **fields)


def agree(email: str = ADA) -> None:
    consent.grant(email, "marketing", "email", "Yes, write to me.", "checkout")


def make_cart(email: str = ADA, hours_ago: float = 5, variant=None, customer=None, **fields) -> Cart:
    cart = Cart.objects.create(email=email, customer=customer, active_at=NOW - timedelta(hours=hours_ago), **fields)
    add_line(cart, variant or make_variant())
    return cart


def add_line(cart: Cart, variant, quantity: int = 1) -> CartLine:
    return CartLine.objects.create(
        cart=cart, variant=variant, name=variant.product.name, quantity=quantity, seen_price=variant.price
    )


@pytest.fixture
def flow(db):
    return make_flow()


@pytest.fixture
def blanket(db):
    return make_variant(make_product("Wool blanket"), stock=3)


@pytest.fixture
def cart(blanket):
    """Ada's cart with a blanket, untouched for five hours; she agreed to reminders."""
    agree()
    return make_cart(variant=blanket, name="Ada Lovelace")


@pytest.fixture
def ada(db):
    return make_customer(ADA, name="Ada Lovelace")
