"""A thing made for its buyer: asked on its page, kept apart in the cart, and written on everything that follows."""

import re

import pytest
from django.forms import model_to_dict

from catalog import revision
from catalog.actions import listing
from catalog.admin.personalisation_inline import form_for
from customers.models import Mail
from orders.actions import carts
from orders.models import Cart, CartLine, Order, Reservation
from orders.queries.summary import summarise
from tests.makers import (
    make_cart,
    make_counter,
    make_customer,
    make_details,
    make_personalisation,
    make_price_list,
    make_product,
    make_variant,
)
from tests.orders.conftest import place
from tests.shop.test_hostile import SAMPLE

pytestmark = pytest.mark.django_db


@pytest.fixture
def spoon():
    return make_variant(make_product("Oak spoon"), stock=5, price=1900)


@pytest.fixture
def engraving(spoon):
    return make_personalisation(spoon.product, price=500, most=12, is_required=True)


def put_in(client, variant, typed: dict, **extra):
    answers = {f"answer-{one.pk}": value for one, value in typed.items()}
    return client.post("/cart/lines/", {"sku": variant.sku, "quantity": 1, **answers}, **extra)


def test_the_page_asks_and_says_what_it_costs_and_that_it_cannot_come_back(client, spoon, engraving):
    page = client.get(spoon.product.get_absolute_url()).content.decode()

    assert f'name="answer-{engraving.pk}"' in page and 'maxlength="12"' in page
    assert "Name to engrave" in page and "plus €5.00" in page
    assert "it cannot be returned unless it is faulty" in page


def test_a_product_that_asks_nothing_shows_no_questions(client, spoon):
    assert "Made for you" not in client.get(spoon.product.get_absolute_url()).content.decode()


def test_a_gift_card_does_not_take_the_return_away(client, spoon):
    make_personalisation(spoon.product, "long", "Words for the card", excludes_return=False)

    page = client.get(spoon.product.get_absolute_url()).content.decode()

    assert "Words for the card" in page and "cannot be returned" not in page


def test_a_fault_stands_at_its_field_and_nothing_typed_is_lost(client, spoon, engraving):
    card = make_personalisation(spoon.product, "long", "Card")
    response = put_in(client, spoon, {engraving: "Ada Augusta Byron", card: "Dear <b>Ada</b>"})
    page = response.content.decode()

    assert response.status_code == 422 and "<title>Error: " in page
    assert 'value="Ada Augusta Byron"' in page and "Dear &lt;b&gt;Ada&lt;/b&gt;" in page
    assert "At most 12 characters fit here; you wrote 17." in page
    assert f'href="#answer-{engraving.pk}"' in page and 'aria-invalid="true"' in page
    assert not CartLine.objects.exists()


def test_a_script_is_sent_the_plain_way(client, spoon, engraving):
    response = put_in(client, spoon, {}, headers={"HX-Request": "true"})

    assert (response.status_code, response.content) == (422, b"")


def test_other_answers_make_another_line_and_the_same_ones_add_up(client, spoon, engraving):
    for name in ("Ada", "Grace", "Ada"):
        put_in(client, spoon, {engraving: name})

    lines = CartLine.objects.order_by("pk")
    assert [(line.quantity, list(line.answers.values())) for line in lines] == [(2, ["Ada"]), (1, ["Grace"])]
    summary = summarise(Cart.objects.get())
    assert [line.unit_price for line in summary.lines] == [2400, 2400]
    assert summary.goods_total == 3 * 2400
    page = client.get("/cart/").content.decode()
    assert "Grace" in page and "€24.00 each" in page


def test_lines_of_one_variant_share_its_pieces(client, spoon, engraving):
    cart = make_cart()
    carts.add(cart, spoon, 3, answers={str(engraving.pk): "Ada"})

    with pytest.raises(carts.TooMany) as refusal:
        carts.add(cart, spoon, 3, answers={str(engraving.pk): "Grace"})

    assert refusal.value.available == 2


def test_pieces_that_were_sold_meanwhile_are_missed_by_the_later_line(spoon, engraving):
    cart = make_cart()
    for name in ("Ada", "Grace"):
        carts.add(cart, spoon, 2, answers={str(engraving.pk): name})
    spoon.levels.update(on_hand=3)

    first, second = summarise(cart).lines

    assert first.problem is None and (second.problem.kind, second.problem.available) == ("only left", 1)


def test_a_changed_price_of_the_engraving_is_announced(client, spoon, engraving):
    cart = make_cart()
    carts.add(cart, spoon, answers={str(engraving.pk): "Ada"})
    engraving.price = 700
    engraving.save()

    problem = summarise(cart).lines[0].problem
    carts.accept_prices(cart)

    assert (problem.kind, problem.was, problem.is_now) == ("price changed", 2400, 2600)
    assert summarise(cart).lines[0].problem is None


@pytest.mark.parametrize("change", ["removed", "shortened", "added"])
def test_a_changed_question_stands_in_the_way_of_the_order(spoon, engraving, change):
    cart = make_cart()
    carts.add(cart, spoon, answers={str(engraving.pk): "Ada"})
    if change == "removed":
        engraving.delete()
    elif change == "shortened":
        type(engraving).objects.update(most=2)
    else:
        make_personalisation(spoon.product, "tick", "Agreed", is_required=True)

    summary = summarise(cart)

    assert summary.lines[0].problem.kind == "answers" and not summary.can_be_ordered


def test_the_order_keeps_the_answers_in_its_language_and_each_line_its_pieces(spoon, engraving):
    type(engraving).objects.update(label_es="Nombre para grabar")
    make_counter()
    cart = make_cart(language="es")
    for name in ("Ada", "Grace"):
        carts.add(cart, spoon, 2, answers={str(engraving.pk): name})

    order = place(cart=cart, language="es")
    engraving.delete()

    lines = list(order.lines.all())
    assert lines[0].answers == [{"label": "Nombre para grabar", "words": "Ada", "price": 500}]
    assert [line.gross for line in lines] == [4800, 4800] and not lines[0].is_returnable
    assert [held.quantity for held in Reservation.objects.order_by("pk")] == [2, 2]
    assert spoon.levels.get().reserved == 4
    letter = Mail.objects.get(key=f"order-confirmation:{order.pk}")
    assert "Nombre para grabar: Grace" in letter.html and "Nombre para grabar: Grace" in letter.text


def test_the_same_goods_with_another_engraving_are_another_wish(spoon, engraving):
    details = make_details()

    assert details.fingerprint([(1, 1, 2400, "a")], 2890) != details.fingerprint([(1, 1, 2400, "b")], 2890)


def test_signing_in_takes_the_answers_along(spoon, engraving):
    customer = make_customer()
    mine, guest = make_cart(customer=customer), make_cart()
    for cart, name in ((mine, "Ada"), (guest, "Grace"), (guest, "Ada")):
        carts.add(cart, spoon, answers={str(engraving.pk): name})

    merged = carts.merge(guest, customer)

    assert sorted(line.answers[str(engraving.pk)] for line in merged.lines.all()) == ["Ada", "Grace"]
    assert {line.quantity for line in merged.lines.all()} == {1}
    assert not summarise(merged).problems


def test_what_was_taken_out_comes_back_with_its_answers(client, spoon, engraving):
    put_in(client, spoon, {engraving: "Ada"})
    line = CartLine.objects.get()
    response = client.post(f"/cart/lines/{line.pk}/", {"quantity": 0})
    page = client.get(response.url).content.decode()

    assert re.search(rf'name="answer-{engraving.pk}" value="Ada"', page)


def test_hostile_answers_are_shown_as_what_they_are(client, spoon):
    asked = make_personalisation(spoon.product, "long", "Card")
    spoon.levels.update(on_hand=999)
    revision.renew()
    # Each makes a line of its own in the cart.
    for text in SAMPLE[:80]:
        assert put_in(client, spoon, {asked: text}).status_code in (302, 422)

    page = client.get("/cart/").content.decode()

    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "<script>alert" not in page and "<img src=x" not in page
    assert Order.objects.count() == 0


def test_an_extra_costs_in_another_currency_what_the_merchant_said(client, spoon):
    ribbon = make_personalisation(spoon.product, "tick", "Ribbon", price=300)
    named = make_personalisation(spoon.product, price=500, prices={"USD": 650})
    make_price_list({spoon: 2100}, currency="USD")
    listing.refresh([spoon.product_id])
    client.post("/currency/", {"currency": "USD", "next": "/"})

    page = client.get(spoon.product.get_absolute_url()).content.decode()
    assert "plus $6.50" in page and "Ribbon" not in page
    put_in(client, spoon, {named: "Ada"})
    assert summarise(Cart.objects.get()).lines[0].unit_price == 2750
    with pytest.raises(carts.NotInCurrency):
        carts.add(Cart.objects.get(), spoon, 1, answers={str(ribbon.pk): "yes"})
    carts.set_currency(Cart.objects.get(), "EUR")
    assert summarise(Cart.objects.get()).lines[0].unit_price == 2400


def test_the_merchant_types_a_price_in_each_currency(engraving):
    told = {name: "" if value is None else value for name, value in model_to_dict(engraving).items()}
    form = form_for(("USD",))({**told, "price_in_USD": "6,50"}, instance=engraving)

    assert form.is_valid(), form.errors
    form.save()
    engraving.refresh_from_db()
    assert (engraving.price, engraving.prices) == (500, {"USD": 650})
