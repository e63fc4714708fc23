"""Paying before anything is typed: the card page asks for the address, and our own rules judge it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from catalog.actions import listing
from catalog.models import Location
from customers.models import Mail
from orders import providers
from orders.actions import payments, saved_cards
from orders.models import CartLine, DeliveryMethod, DeliveryZone, Order, Payment, ProviderEvent, TaxRegion
from orders.models import TaxRate as Rate
from orders.queries.at_once import WhyNot, at_once, why_not
from orders.queries.summary import summarise
from orders.tax import Payer
from orders.tokens import token_for
from tests.makers import (
    make_cart,
    make_counter,
    make_customer,
    make_gift_card,
    make_product,
    make_promotion,
    make_variant,
)
from tests.orders.card import charge_with_the_parcel, history, on_shelf
from tests.shop.forms import fields_of
from tests.shop.shopper import order_by, put_in

AT_ONCE = "/checkout/at-once/"
TOTAL = 2 * 4900 + 490

pytestmark = pytest.mark.django_db


@pytest.fixture
def scarf(db):
    make_counter()
    variant = make_variant(make_product("Wool scarf"), stock=5, price=4900)
    listing.refresh([variant.product_id])
    return variant


@pytest.fixture
def shopper(client, stripe, scarf):
    put_in(client, scarf, 2)
    return client


def press(client, page="/cart/", **changed):
    """The button, with what its form brings."""
    return client.post(AT_ONCE, {**fields_of(client.get(page), AT_ONCE), **changed})


def url(name="") -> str:
    return f"/orders/{token_for(Order.objects.get())}/{name}"


def pays(stripe, **shipping):
    return stripe.pay(Payment.objects.get().session_id, email="Ada@Example.com", shipping=shipping)


def tell(client, events) -> None:
    for payload, signature in events:
        client.post(
            "/webhooks/stripe/", payload, content_type="application/json", headers={"Stripe-Signature": signature}
        )


@pytest.mark.parametrize("page", ["/cart/", "/checkout/"])
def test_a_guest_pays_before_he_has_typed_anything(shopper, stripe, scarf, page):
    response = press(shopper, page)
    asked = Payment.objects.get().request
    assert response.status_code == 303 and response.url.startswith(stripe.url)
    assert asked["shipping_address_collection"] == {"allowed_countries": ["ES"]}
    assert asked["phone_number_collection"] == {"enabled": True} and "customer_email" not in asked
    assert asked["payment_intent_data"]["capture_method"] == "manual"
    assert (on_shelf(scarf), Order.objects.get().addresses.count()) == ((5, 2), 0)
    assert press(shopper, page).url == response.url

    pays(stripe, line2="3º B")
    page = shopper.get(url("paid/"), follow=True).content.decode()

    order, address = Order.objects.get(), Order.objects.get().addresses.get()
    assert "Thank you" in page and "Calle Mayor 1" in page
    assert (order.email, order.payment_status, order.total) == ("ada@example.com", "paid", TOTAL)
    assert (address.name, address.line2, address.postcode) == ("Ada Byron", "3º B", "28013")
    assert (address.region, address.phone) == ("Madrid", "+34600123456")
    assert (stripe.captured(), stripe.held()) == (TOTAL, 0)
    assert history(order) == ["created", "placed", "held", "paid"]
    assert "You paid by card." in Mail.objects.get().text and Mail.objects.get().to == "ada@example.com"
    assert "Your cart is empty" in shopper.get("/cart/").content.decode()


def test_webhook_and_return_complete_it_once(shopper, stripe, django_capture_on_commit_callbacks):
    press(shopper)
    events = pays(stripe)

    with django_capture_on_commit_callbacks(execute=True):
        tell(shopper, [*events, *events])
    shopper.get(url("paid/"))
    shopper.get(url("paid/"))

    order = Order.objects.get()
    assert (order.payment_status, order.addresses.count()) == ("paid", 1)
    assert (stripe.captured(), Mail.objects.count()) == (TOTAL, 1)
    assert not ProviderEvent.objects.exclude(status__in=("done", "ignored")).exists()
    assert [call.params["amount_to_capture"] for call in stripe.desk.calls if call.path.endswith("/capture")] == [
        str(TOTAL)
    ]


@pytest.mark.parametrize(
    "typed",
    [
        {"country": "PT", "postal_code": "1100-148"},
        {"postal_code": "35001"},
        {"postal_code": "07001"},
        {"postal_code": "2801"},
        {"line1": ""},
        {"name": "A" * 161},
    ],
    ids=["another country", "taxed otherwise", "another zone", "no postcode", "no street", "endless"],
)
def test_an_address_that_costs_something_else_is_never_charged(shopper, stripe, scarf, typed):
    canaries = TaxRegion.objects.create(country="ES", code="ES-CN", name="Canarias", postcodes="35, 38")
    Rate.objects.create(country="ES", region=canaries, tax_class=None, rate_bp=0)
    DeliveryZone.objects.create(name="Islands", countries=["ES"], postcodes="07")
    press(shopper)
    pays(stripe, **typed)

    page = shopper.get(url("paid/"), follow=True).content.decode()

    order = Order.objects.get()
    assert "Nothing was charged" in page and 'href="/checkout/"' in page
    assert (stripe.captured(), stripe.held()) == (0, 0)
    assert (order.status, order.payment_status, order.addresses.count()) == ("cancelled", "unpaid", 0)
    assert order.events.last().text.startswith("Paid at once, and let go: ")
    assert (on_shelf(scarf), Mail.objects.get().to) == ((5, 0), "ada@example.com")
    assert "Wool scarf" in shopper.get("/cart/").content.decode()
    assert order_by(shopper).url and Order.objects.placed().get().email == "ada@example.com"


def test_where_money_is_taken_with_the_parcel_it_is_only_held(shopper, stripe):
    charge_with_the_parcel()
    press(shopper)
    pays(stripe)
    shopper.get(url("paid/"))

    assert Order.objects.get().payment_status == "authorised"
    assert (stripe.held(), stripe.captured()) == (TOTAL, 0)
    assert "It is charged when the parcel leaves." in Mail.objects.get().text


def test_a_lost_answer_leaves_the_order_placed_and_the_clock_takes_the_money_once(shopper, stripe):
    press(shopper)
    pays(stripe)
    stripe.fail_next("/v1/payment_intents/*/capture", 503, times=2)
    shopper.get(url("paid/"))
    order = Order.objects.get()
    assert (order.status, order.payment_status, stripe.held()) == ("placed", "authorised", TOTAL)

    later = timezone.now() + timezone.timedelta(minutes=6)
    assert payments.reconcile(later) == 1
    payments.reconcile(later + timezone.timedelta(minutes=6))

    order.refresh_from_db()
    assert (order.payment_status, stripe.captured(), stripe.held()) == ("paid", TOTAL, 0)


def test_money_that_was_taken_at_the_provider_for_a_wrong_address_goes_back(shopper, stripe):
    press(shopper)
    pays(stripe, country="PT")
    payment = Payment.objects.get()
    providers.capture(next(iter(stripe.intents)), TOTAL, "by hand")

    assert payments.check(payment)

    order = Order.objects.get()
    assert (order.status, order.payment_status) == ("cancelled", "refunded")
    assert (stripe.captured(), stripe.refunded()) == (TOTAL, TOTAL)


def test_who_signed_in_finds_his_saved_cards_and_keeps_his_address(client, stripe, scarf):
    ada = make_customer("ada@example.com")
    client.force_login(ada)
    put_in(client, scarf)
    order_by(client, payment="card")
    stripe.pay(Payment.objects.get().session_id, save=True)
    payments.check(Payment.objects.get())
    put_in(client, scarf)

    press(client)

    payment = Payment.objects.latest("pk")
    assert payment.request["customer"] == ada.at_the_provider.reference
    assert "customer_email" not in payment.request and saved_cards.cards_of(ada)
    stripe.pay(payment.session_id, email="somebody@example.com")
    assert payments.check(payment)
    assert (payment.order.customer, Order.objects.latest("pk").email) == (ada, "ada@example.com")


@pytest.mark.parametrize(
    ("changed", "leads_to", "words"),
    [
        ({"total": "1"}, "/cart/", "It now costs €102.90"),
        ({"total": "²"}, "/cart/", "It now costs €102.90"),
        ({"country": "KP"}, "/checkout/", "a few words more"),
        ({"country": ""}, "/checkout/", "a few words more"),
        ({"delivery": "rocket"}, "/checkout/", "a few words more"),
    ],
)
def test_a_form_that_was_tampered_with_orders_nothing(shopper, changed, leads_to, words):
    response = press(shopper, **changed)

    assert response.url == leads_to
    assert words in shopper.get(response.url).content.decode()
    assert not Order.objects.exclude(status="cancelled").exists()


def gift_card(cart):
    cart.credit = [make_gift_card().pk]
    cart.save()


def only_pickup(cart):
    Location.objects.update(offers_pickup=True, address="Calle Mayor 2, Madrid")
    DeliveryMethod.objects.update(kind="pickup")


def nothing_sent(cart):
    file = make_variant(make_product("Guide", kind="digital"), tracks_stock=False)
    CartLine.objects.filter(cart=cart).update(variant=file)


def states_decide(cart):
    DeliveryZone.objects.create(name="South", countries=["ES"], areas="Andalucía")


def taxed_by_state(cart):
    south = TaxRegion.objects.create(country="ES", code="ES-AN", name="South", areas="Andalucía")
    Rate.objects.create(country="ES", region=south, tax_class=None, rate_bp=0)


def once_for_each(cart):
    make_promotion(percent=10, limit_per_customer=1)


def sold_out(cart):
    CartLine.objects.filter(cart=cart).update(quantity=900)


def by_telephone(cart):
    cart.channel = "phone"


CASES = {
    gift_card: WhyNot.GIFT_CARD,
    only_pickup: WhyNot.NO_PARCEL,
    nothing_sent: WhyNot.NO_PARCEL,
    states_decide: WhyNot.REGION,
    taxed_by_state: WhyNot.REGION,
    once_for_each: WhyNot.BUYER,
    sold_out: WhyNot.CANNOT_BE_ORDERED,
    by_telephone: WhyNot.NOT_ALONE,
}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.__name__)
def test_what_depends_on_more_than_the_country_goes_by_the_checkout(stripe, scarf, case):
    cart = make_cart(scarf)
    assert at_once(summarise(cart)).total == 5390

    case(cart)

    assert why_not(summarise(cart)) == CASES[case]


def test_what_was_typed_decides_too(stripe, scarf, settings):
    DeliveryZone.objects.create(name="Islands", countries=["ES"], postcodes="07")
    cart = make_cart(scarf)

    assert why_not(summarise(cart, payer=Payer(vat_number="ESB12345674"))) == WhyNot.COMPANY
    assert why_not(summarise(cart, payer=Payer(postcode="07001"))) == WhyNot.ANOTHER_PLACE
    assert why_not(summarise(cart, payer=Payer(postcode="28013"))) is None
    assert why_not(summarise(cart, country="KP")) == WhyNot.NO_CARDS
    settings.STRIPE_SECRET_KEY = ""
    assert why_not(summarise(cart)) == WhyNot.NO_CARDS


def test_the_button_costs_the_cart_no_query(shopper, settings):
    def asked() -> int:
        shopper.get("/cart/")
        with CaptureQueriesContext(connection) as queries:
            shopper.get("/cart/")
        return len(queries)

    with_button = asked()
    settings.STRIPE_SECRET_KEY = ""
    assert with_button == asked() <= 7
