"""What a cart comes to, and what is said about lines that cannot be had."""

import pytest
from django.utils import translation

from catalog.models import Option, OptionValue, Picture, Product, Variant
from customers.models import ShopDetails
from orders.models import DeliveryMethod
from orders.queries.cart_lines import Kind
from orders.queries.summary import summarise
from tests.makers import make_cart, make_delivery, make_product, make_variant
from tests.orders.conftest import NOW, place

# A picture that says its size is not opened.
SIZE = {"width": 800, "height": 1000}


def problem_of(cart):
    return summarise(cart, now=NOW).lines[0].problem


def test_totals_are_goods_delivery_and_the_tax_inside(blanket, guide):
    summary = summarise(make_cart((blanket, 2), guide), "ES", "standard", NOW)

    assert (summary.goods_total, summary.delivery_total, summary.total) == (10700, 490, 11190)
    assert summary.tax_total == 1701 + 156 + 85
    assert (summary.item_count, summary.needs_delivery, summary.is_estimate) == (3, True, False)
    assert summary.can_be_ordered


def test_without_a_choice_the_cheapest_delivery_is_the_estimate(blanket):
    make_delivery("express", price=990)

    summary = summarise(make_cart(blanket), now=NOW)

    assert summary.is_estimate
    assert summary.chosen is None
    assert summary.delivery.code == "standard"
    assert [offer.code for offer in summary.offers] == ["standard", "express"]


def test_a_file_needs_no_delivery(guide):
    summary = summarise(make_cart(guide), now=NOW)

    assert not summary.needs_delivery
    assert summary.offers == ()
    assert summary.total == 900
    assert summary.can_be_ordered


def test_a_country_that_nobody_delivers_to_is_said_in_data(blanket):
    DeliveryMethod.objects.update(countries="ES")

    summary = summarise(make_cart(blanket), "JP", "standard", NOW)

    assert not summary.is_delivered
    assert not summary.can_be_ordered


def test_the_country_of_the_cart_decides_the_tax(blanket):
    assert summarise(make_cart(blanket, country="US"), now=NOW).tax_total == 0


def test_an_empty_cart_comes_to_nothing(counter):
    summary = summarise(make_cart(), now=NOW)

    assert summary.is_empty
    assert summary.total == 0
    assert not summary.can_be_ordered


def test_how_far_it_is_to_free_delivery(blanket):
    make_delivery("slow", price=300, free_from=6000)

    assert summarise(make_cart(blanket), now=NOW).to_free_delivery == 1100
    assert summarise(make_cart((blanket, 2)), now=NOW).to_free_delivery == 0


def test_a_line_speaks_the_active_language(blanket):
    blanket.product.name_es = "Manta de lana"
    blanket.product.save()
    cart = make_cart(blanket)

    with translation.override("es"):
        assert summarise(cart, now=NOW).lines[0].name == "Manta de lana"


def test_a_line_shows_the_picture_of_its_colour_and_the_words_of_its_options(counter):
    product = make_product()
    colour = Option.objects.create(code="colour", name="Colour", position=1)
    size = Option.objects.create(code="size", name="Size", position=2)
    oat = OptionValue.objects.create(option=colour, code="oat", value="Oat")
    large = OptionValue.objects.create(option=size, code="l", value="L")
    variant = make_variant(product)
    variant.values.set([large, oat])
    for name, value, is_ready in (("general", None, True), ("raw", oat, False), ("oat", oat, True)):
        Picture.objects.create(product=product, value=value, image=f"products/{name}.png", is_ready=is_ready, **SIZE)

    line = summarise(make_cart(variant), now=NOW).lines[0]

    assert line.words == "Oat, L"
    assert line.picture_path == "products/oat.png"


def test_a_line_without_a_picture_has_none(blanket):
    assert summarise(make_cart(blanket), now=NOW).lines[0].picture_path == ""


def test_a_deleted_variant_is_gone_and_costs_nothing(blanket, guide):
    cart = make_cart(blanket, guide)
    blanket.delete()

    summary = summarise(cart, now=NOW)

    assert summary.lines[0].problem.kind == Kind.GONE
    assert summary.lines[0].name == "Wool blanket"
    assert summary.total == 900
    assert not summary.can_be_ordered


@pytest.mark.parametrize(("model", "change"), [(Variant, {"is_active": False}), (Product, {"status": "draft"})])
def test_what_was_taken_from_sale_is_said_to_be(blanket, model, change):
    cart = make_cart(blanket)
    model.objects.update(**change)

    assert problem_of(cart).kind == Kind.NOT_FOR_SALE


def test_what_others_bought_is_sold_out(blanket):
    cart = make_cart((blanket, 3))
    place((blanket, 10))

    assert problem_of(cart).kind == Kind.SOLD_OUT


def test_what_is_short_says_how_many_are_left(blanket):
    cart = make_cart((blanket, 3))
    place((blanket, 8))

    problem = problem_of(cart)

    assert (problem.kind, problem.available) == (Kind.ONLY_LEFT, 2)


def test_a_changed_price_says_from_and_to_and_does_not_stand_in_the_way(blanket):
    cart = make_cart(blanket)
    Variant.objects.update(price=5200)

    summary = summarise(cart, now=NOW)

    problem = summary.lines[0].problem
    assert (problem.kind, problem.was, problem.is_now) == (Kind.PRICE_CHANGED, 4900, 5200)
    assert summary.goods_total == 5200
    assert summary.can_be_ordered


def test_pieces_held_by_the_carts_own_pending_order_are_no_problem(counter):
    cart = make_cart(make_variant(stock=1))
    place(cart=cart, payment="card")

    assert problem_of(cart) is None


@pytest.mark.parametrize("lines", [1, 9])
def test_a_summary_takes_eight_queries_whatever_the_number_of_lines(counter, lines, django_assert_max_num_queries):
    colour = Option.objects.create(code="colour", name="Colour")
    oat = OptionValue.objects.create(option=colour, code="oat", value="Oat")
    variants = [make_variant() for _ in range(lines)]
    for variant in variants:
        variant.values.add(oat)
        Picture.objects.create(product=variant.product, image="products/x.png", is_ready=True, **SIZE)
    cart = make_cart(*variants)
    ShopDetails.current()  # Every page has read them.

    summarise(cart, "ES", "standard", NOW, state="known")

    with django_assert_max_num_queries(8):
        summary = summarise(cart, "ES", "standard", NOW, state="known")
        assert all(line.name and line.words and line.picture_path and line.sku for line in summary.lines)
