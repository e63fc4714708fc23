"""Cards that a signed-in buyer saved on Stripe's page: offered again there, seen and deleted in the account."""

import pytest

from orders.actions import payments, saved_cards
from tests.makers import make_cart, make_counter, make_customer, make_product, make_variant
from tests.orders.card import order_by_card
from tests.orders.conftest import NOW


@pytest.fixture
def blanket(db):
    make_counter()
    return make_variant(make_product("Wool blanket"), stock=10, price=4900)


def paid(stripe, blanket, customer, save=True):
    """The request for the page on which the customer paid."""
    stripe.clock = NOW.timestamp
    order, payment = order_by_card(cart=make_cart(blanket, customer=customer))
    stripe.pay(payment.session_id, save=save)
    payments.check(payment, NOW)
    return payment.request


def test_a_saved_card_is_offered_again_and_deleted_in_the_account(client, stripe, blanket):
    ada = make_customer()
    first = paid(stripe, blanket, ada)
    second = paid(stripe, blanket, ada, save=False)
    client.force_login(ada)

    assert (first["customer_creation"], first["customer_email"]) == ("always", "ada@example.com")
    assert second["customer"] == ada.at_the_provider.reference and "customer_email" not in second
    assert {one["saved_payment_method_options"]["payment_method_save"] for one in (first, second)} == {"enabled"}
    card = saved_cards.cards_of(ada)[0]
    assert "ends with 4242" in client.get("/my/cards/").content.decode()
    client.post("/my/cards/", {"card": card.id})
    assert saved_cards.cards_of(ada) == []


def test_nobody_sees_or_deletes_the_card_of_another(client, stripe, blanket):
    ada, eve = make_customer(), make_customer()
    paid(stripe, blanket, ada)
    paid(stripe, blanket, eve, save=False)
    client.force_login(eve)

    assert "4242" not in client.get("/my/cards/").content.decode()
    client.post("/my/cards/", {"card": saved_cards.cards_of(ada)[0].id})
    assert len(saved_cards.cards_of(ada)) == 1
    client.logout()
    assert client.get("/my/cards/").status_code == 302


def test_guests_are_asked_for_no_account_at_stripe(stripe, blanket):
    request = paid(stripe, blanket, None)

    assert request["customer_email"] == "ada@example.com"
    assert not {"customer", "customer_creation", "saved_payment_method_options"} & set(request)


def test_a_customer_whom_stripe_has_forgotten_gets_a_page_all_the_same(stripe, blanket):
    ada = make_customer()
    paid(stripe, blanket, ada)
    ada.at_the_provider.reference = "cus_gone"
    ada.at_the_provider.save()

    assert paid(stripe, blanket, ada)["customer_creation"] == "always"
    assert len(saved_cards.cards_of(ada)) == 1


def test_the_account_says_so_when_stripe_is_away(client, stripe, blanket):
    ada = make_customer()
    paid(stripe, blanket, ada)
    stripe.fail_next("/v1/customers/*/payment_methods", 503, times=2)
    client.force_login(ada)

    assert "cannot be shown at this moment" in client.get("/my/cards/").content.decode()
