"""A product is shown to shoppers when it says what its type requires."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from catalog.actions import publishing
from catalog.models import Attribute, Fact, Listing, Product, ProductType
from tests.catalog.shelf import attribute_value
from tests.makers import make_product, make_variant

pytestmark = pytest.mark.django_db
NOW = timezone.now()


def make_attribute(kind: str, code: str = "", **fields) -> Attribute:
    fields.setdefault("is_filter", kind in Attribute.FILTERS)
    return Attribute.objects.create(kind=kind, code=code or kind, name=fields.pop("name", kind.title()), **fields)


def make_type(*required: Attribute, optional=(), **fields) -> ProductType:
    type_ = ProductType.objects.create(code=fields.pop("code", "tableware"), name="Tableware", **fields)
    for position, attribute in enumerate([*required, *optional]):
        type_.rows.create(attribute=attribute, is_required=attribute in required, position=position)
    return type_


def draft(type_: ProductType | None, **fields) -> Product:
    product = make_product(status="draft", published_at=None, type=type_, **fields)
    make_variant(product)
    return product


def test_a_product_without_a_type_needs_nothing_more():
    product = draft(None)
    publishing.publish(product, NOW)

    assert (product.status, product.published_at) == ("published", NOW)
    assert Listing.objects.filter(pk=product.pk).exists()


def test_what_its_type_requires_is_missed_by_name_and_nothing_changes():
    linen = attribute_value("material", "linen")
    width = make_attribute("number", name="Width")
    product = draft(make_type(linen.attribute, width, optional=[make_attribute("text")]))

    with pytest.raises(publishing.Incomplete) as refusal:
        publishing.publish(product, NOW)

    assert refusal.value.missing == ["“Material” is not filled in.", "“Width” is not filled in."]
    assert Product.objects.get().status == "draft"

    product.attributes.add(linen)
    Fact.objects.create(product=product, attribute=width, kind="number", number="40")
    publishing.publish(product, NOW)
    assert product.status == "published"


def test_of_many_the_complete_ones_are_published_for_the_same_number_of_queries():
    width = make_attribute("number")
    type_ = make_type(width)
    whole, *lacking = [draft(type_) for _ in range(4)]
    Fact.objects.create(product=whole, attribute=width, kind="number", number="1")

    with CaptureQueriesContext(connection) as few:
        assert publishing.publish_all([whole.pk, lacking[0].pk], NOW).keys() == {lacking[0].pk}
    with CaptureQueriesContext(connection) as many:
        gaps = publishing.publish_all([whole.pk, *(product.pk for product in lacking)], NOW)

    assert gaps.keys() == {product.pk for product in lacking}
    assert len(many) <= len(few)
    assert Product.objects.published().get() == whole


@pytest.mark.parametrize(
    "columns",
    [
        {"kind": "number"},
        {"kind": "text", "number": "1"},
        {"kind": "number", "number": "1", "yes": True},
        {"kind": "yes-no", "text": "yes"},
        {"kind": "choice", "text": "linen"},
    ],
)
def test_the_database_refuses_a_fact_in_the_wrong_column(columns):
    product, attribute = make_product(), make_attribute("number")

    with pytest.raises(IntegrityError), transaction.atomic():
        Fact.objects.create(product=product, attribute=attribute, **columns)


def test_one_product_says_one_thing_of_an_attribute_and_never_leads_to_itself():
    product, attribute = make_product(), make_attribute("reference")
    with pytest.raises(IntegrityError), transaction.atomic():
        Fact.objects.create(product=product, attribute=attribute, kind="reference", reference=product)
    Fact.objects.create(product=product, attribute=attribute, kind="reference", reference=make_product())

    with pytest.raises(IntegrityError), transaction.atomic():
        Fact.objects.create(product=product, attribute=attribute, kind="reference", reference=make_product())


@pytest.mark.parametrize(
    "fields", [{"kind": "text", "is_filter": True}, {"is_filter": False, "on_card": True}, {"is_public": False}]
)
def test_what_stands_on_cards_can_be_filtered_by_and_only_public_choices_filter(fields):
    with pytest.raises(IntegrityError), transaction.atomic():
        Attribute.objects.create(code="a", name="A", **fields)
