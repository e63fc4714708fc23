"""Gift cards at the counter: typed into the cart or at the checkout, looked up, printed; guessed by nobody."""

import pytest
from django.urls import reverse

from orders.actions import credit, payments
from orders.models import Cart, CreditAccount, Order
from tests.makers import make_counter, make_customer, make_gift_card, make_product, make_variant

pytestmark = pytest.mark.django_db


@pytest.fixture
def blanket():
    make_counter()
    return make_variant(make_product("Wool blanket"), price=4900)


def put_in(client, variant) -> Cart:
    client.post(reverse("add-line"), {"sku": variant.sku, "quantity": 1})
    return Cart.objects.get()


def typed(client, **more) -> dict:
    page = client.get(reverse("checkout"))
    desk = page.context["desk"]
    choice = next(choice for choice in desk.choices if choice.is_chosen)
    who = {"email": "ada@example.com", "name": "Ada", "line1": "Calle 1", "postcode": "28013", "city": "Madrid"}
    sums = {choice.total_name: choice.total, choice.rest_name: choice.rest}
    told = {"cart": page.context["mark"], "currency": "EUR", "country": "ES", "delivery": choice.code}
    return {**who, **sums, **told, "payment": "bank_transfer", **more}


def test_one_field_in_the_cart_takes_promotion_codes_and_gift_cards(client, blanket):
    card = make_gift_card(2000)
    put_in(client, blanket)

    client.post(reverse("enter-code"), {"code": credit.code_of(card)})
    with_card = client.get(reverse("cart")).content.decode()
    client.post(reverse("take-off-gift-card"), {"card": card.pk})

    assert f"Gift card …{card.tail}" in with_card and "€33.90" in with_card
    assert card.tail not in client.get(reverse("cart")).content.decode()


def test_a_code_at_the_checkout_is_used_before_anything_is_ordered(client, blanket):
    card = make_gift_card(6000)
    put_in(client, blanket)
    # Enter in the field of the code presses the button of the order.
    reckoned = client.post(reverse("checkout"), typed(client, gift_card=credit.code_of(card)))
    ordered = client.post(reverse("checkout"), typed(client, payment=""))

    page = reckoned.content.decode()
    assert 'name="payment"' not in page and "Place the order" in page
    order = Order.objects.get()
    assert (ordered.status_code, order.payment_status, order.credit_total) == (303, "paid", 5390)


def test_a_card_that_was_spent_meanwhile_is_said_and_nothing_is_ordered(client, blanket):
    card = make_gift_card(2000)
    cart = put_in(client, blanket)
    credit.enter(cart, credit.code_of(card))
    form = typed(client)
    credit.take(card.pk, 2000, "corrected", card.created_at)

    page = client.post(reverse("checkout"), form)

    assert (page.status_code, Order.objects.count()) == (409, 0)
    assert "€53.90" in page.context["new_total"]


def test_store_credit_is_offered_to_its_owner(client, blanket):
    ada = make_customer("ada@example.com")
    credit.credit_customer(ada, 1000, "EUR", ada.date_joined)
    client.force_login(ada)
    put_in(client, blanket)

    offered = client.get(reverse("checkout")).content.decode()
    used = client.post(reverse("checkout"), typed(client, update="store-credit"))

    assert "Use your store credit of €10.00" in offered
    assert used.context["desk"].choices[0].rest == 4390
    assert "€10.00" in client.get(reverse("my")).content.decode()


def test_store_credit_beside_too_many_cards_is_refused_in_words(client, blanket):
    ada = make_customer("ada@example.com")
    credit.credit_customer(ada, 1000, "EUR", ada.date_joined)
    client.force_login(ada)
    cart = put_in(client, blanket)
    for _number in range(5):
        credit.enter(cart, credit.code_of(make_gift_card(100)))

    answer = client.post(reverse("checkout"), typed(client, update="store-credit"))

    assert answer.status_code == 422
    assert "Take one out first" in answer.content.decode()


def test_codes_are_guessed_by_nobody(client, blanket):
    put_in(client, blanket)
    over = make_gift_card(1000, is_blocked=True)
    codes = [credit.code_of(over), *(f"2222-2222-2222-{number:04}" for number in range(11))]

    answers = [client.post(reverse("gift-cards"), {"gift_card": code}) for code in codes]

    told = {answer.context["fault"].sentence for answer in answers[:10]}
    assert len(told) == 1
    assert [answer.status_code for answer in answers][9:] == [422, 429, 429]
    assert client.post(reverse("enter-code"), {"code": codes[1]}).status_code == 429


def test_the_balance_is_told_to_who_has_the_code_and_kept_by_nobody(client):
    card = make_gift_card(1234)

    page = client.post(reverse("gift-cards"), {"gift_card": credit.code_of(card).lower()})

    assert "€12.34" in page.content.decode()
    assert "no-store" in page.headers["Cache-Control"]
    assert credit.code_of(card) not in page.content.decode()


def test_a_bought_card_is_printed_from_the_page_of_the_order_once_it_is_paid(client):
    make_counter()
    voucher = make_variant(make_product("Gift card", kind="gift_card"), price=5000, tracks_stock=False)
    put_in(client, voucher)
    client.post(reverse("checkout"), typed(client, delivery=""))
    order = Order.objects.get()
    before = client.get(reverse("order", args=[token(order)])).content.decode()
    payments.mark_paid(order)
    card = CreditAccount.objects.get()

    page = client.get(reverse("order", args=[token(order)])).content.decode()
    printed = client.get(reverse("gift-card", args=[token(order), card.pk])).content.decode()

    assert "as soon as the payment is in" in before
    assert reverse("gift-card", args=[token(order), card.pk]) in page
    assert credit.code_of(card) in printed and "€50.00" in printed


def token(order) -> str:
    from orders.tokens import token_for

    return token_for(order)
