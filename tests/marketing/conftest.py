"""A flow that is live, and a cart that was left behind by somebody who agreed to be reminded."""

from datetime import UTC, datetime, timedelta

import pytest

from customers import consent
from marketing.models import Flow, FlowVersion, Template, TemplateVersion
from orders.models import Cart, CartLine
from tests.makers import make_customer, make_product, make_variant

NOW = datetime(2026, 11, 20, 15, tzinfo=UTC)
ADA = "ada@example.com"


WORDS = {
    "subject": {"en": "{{ count }} things wait for you", "es": "Te esperan {{ count }} cosas"},
    "preheader": {"en": "Still in your cart"},
    "heading": {"en": "Still thinking{% if name != '' %}, {{ name }}{% endif %}?"},
    "body": {"en": "Your cart at {{ shop }} is kept."},
}
CART = {"kind": "cart", "idle": 240, "late": 72}


def letter(**words: dict) -> dict:
    """The content of a template: heading, text and what is in the cart."""
    told = {**WORDS, **words}
    blocks = [("heading", {"text": told["heading"]}), ("text", {"text": told["body"]}), ("cart", {})]
    return {
        "head": {name: told[name] for name in ("subject", "preheader")},
        "blocks": [{"id": f"b{n}", "kind": kind, "values": values} for n, (kind, values) in enumerate(blocks)],
    }


def make_template(content: dict | None = None, **words: dict) -> Template:
    content = content or letter(**words)
    template = Template.objects.create(name="Left", draft=content)
    TemplateVersion.objects.create(template=template, number=1, content=content)
    return template


def write_step(template: Template, name: str = "s1", deadline: int = 68) -> dict:
    return {"id": name, "kind": "message", "channel": "email", "template": str(template.pk), "deadline": deadline}


def make_flow(template: Template | None = None, trigger: dict | None = None, steps=None, **fields) -> Flow:
    """A live flow; without steps it writes one letter at once. Nobody is held back unless it is said."""
    fields = {"status": Flow.Status.LIVE, "live_since": NOW - timedelta(days=30), "holdout": 0, **fields}
    definition = {
        "trigger": trigger or CART, "conditions": fields.pop("conditions", {}), "exit": fields.pop("exit", {}),
        "goal": fields.pop("goal", ""), "reentry": fields.pop("reentry", 7),
        "steps": steps or [write_step(template or make_template())],
    }  # fmt: skip
    flow = Flow.objects.create(**{"name": "Left carts", "draft": definition, **fields})
    FlowVersion.objects.create(flow=flow, number=1, definition=definition)
    return flow


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
