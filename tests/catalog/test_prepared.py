"""Queries whose SQL is written once."""

import pytest
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone, translation

from catalog.models import Personalisation, Product, Variant
from catalog.prepared import Prepared
from orders.models import Cart
from tests.makers import make_cart, make_personalisation, make_product, make_variant

pytestmark = pytest.mark.django_db


def variants_with_product():
    asks = Exists(Personalisation.objects.filter(product=OuterRef("product")))
    return Prepared(
        lambda ids: (
            Variant.objects.filter(id__in=ids).select_related("product").annotate(asks=asks).order_by("-price", "pk")
        )
    )


def test_later_calls_put_in_other_values_and_bring_what_is_related_along(django_assert_num_queries):
    plain, ring = make_variant(price=100), make_variant(make_product("Ring"), price=900)
    make_personalisation(ring.product)
    ask = variants_with_product()
    assert [found.pk for found in ask(ids=[plain.pk])] == [plain.pk]

    with django_assert_num_queries(1):
        found = ask(ids=[ring.pk])
        assert [(one.product.name, one.asks, one.sku) for one in found] == [("Ring", True, ring.sku)]
    assert found == [ring]
    assert not found[0]._state.adding


@pytest.mark.parametrize("number", [0, 1, 2, 3, 5])
def test_lists_of_any_length_are_asked_in_full(number):
    made = [make_variant(price=number) for number in range(6)]
    ask = variants_with_product()
    # The first call has the same value twice and settles nothing for the next one.
    ask(ids=[made[0].pk] * number)

    assert {found.pk for found in ask(ids=[one.pk for one in made[:number]])} == {one.pk for one in made[:number]}


def test_it_sees_what_was_changed_a_moment_ago():
    variant, ask = make_variant(price=100), variants_with_product()
    ask(ids=[variant.pk])
    Variant.objects.filter(pk=variant.pk).update(price=200)

    assert ask(ids=[variant.pk])[0].price == 200


def test_translated_words_are_sought_in_the_language_of_whoever_asks():
    product = make_product("Blanket", name_es="Manta")
    ask = Prepared(lambda name: Product.objects.filter(name=name))
    assert ask.first(name="Blanket") == product

    with translation.override("es"):
        assert ask.first(name="Manta") == product
        assert ask.first(name="Blanket") is None


def test_keys_and_times_that_a_database_keeps_in_its_own_way_come_back_as_they_were():
    cart, now = make_cart(make_variant()), timezone.now()
    ask = Prepared(lambda pk, now: Cart.objects.filter(pk=pk, created_at__lte=now))
    values = Prepared(lambda pk: Cart.objects.filter(pk=pk).values_list("pk", "created_at"))

    assert ask.first(pk=cart.pk, now=now).created_at == cart.created_at
    assert values(pk=cart.pk) == [(cart.pk, cart.created_at)]


def test_nothing_is_locked_outside_of_a_transaction(transactional_db):
    cart = make_cart()
    ask = Prepared(lambda pk: Cart.objects.select_for_update().filter(pk=pk))
    with transaction.atomic():
        assert ask.first(pk=cart.pk) == cart

    with pytest.raises(transaction.TransactionManagementError):
        ask(pk=cart.pk)


def test_nobody_asks_for_none():
    with pytest.raises(TypeError):
        Prepared(lambda pk: Cart.objects.filter(pk=pk))(pk=None)
