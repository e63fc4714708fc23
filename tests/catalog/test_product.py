"""A product page knows everything it says, for few queries."""

import pytest

from catalog.actions import listing
from catalog.models import Picture, Product
from catalog.queries import product as products
from catalog.queries.product import State
from tests.catalog.shelf import attribute_value, listed, option_value
from tests.makers import make_category, make_product, make_variant

pytestmark = pytest.mark.django_db


def make_picture(product: Product, **fields) -> Picture:
    fields = {"image": "products/cup.webp", "width": 1152, "height": 1440, "is_ready": True} | fields
    # bulk_create: saving one would look for the file.
    return Picture.objects.bulk_create([Picture(product=product, **fields)])[0]


@pytest.mark.parametrize("status", ["draft", "archived"])
def test_only_published_products_have_a_page(status):
    make_product(slug="cup", status=status)

    with pytest.raises(Product.DoesNotExist):
        products.read("cup", "en")


@pytest.mark.parametrize(
    ("fields", "state", "left"),
    [
        ({"stock": 20}, State.IN_STOCK, 20),
        ({"stock": 3}, State.LAST, 3),
        ({"stock": 0}, State.SOLD_OUT, 0),
        ({"tracks_stock": False}, State.ALWAYS, None),
    ],
)
def test_each_variant_says_whether_it_can_be_had(fields, state, left):
    product = make_product(slug="cup")
    make_variant(product, **fields)

    [variant] = products.read("cup", "en").variants

    assert (variant.availability.state, variant.availability.left) == (state, left)


def test_the_first_choice_is_one_that_can_be_bought():
    product = make_product(slug="cup")
    make_variant(product, sku="GONE", stock=0)
    make_variant(product, sku="HERE")
    make_variant(product, sku="OFF", is_active=False)
    page = products.read("cup", "en")

    assert page.chosen().sku == "HERE"
    assert page.chosen("GONE").sku == "GONE"
    assert page.chosen("OFF").sku == "HERE"


def test_each_choice_leads_to_the_nearest_variant():
    product = make_product(slug="robe")
    oat, sage = option_value("colour", "oat"), option_value("colour", "sage")
    small, large = option_value("size", "s"), option_value("size", "l")
    for sku, values in {"OAT-S": (oat, small), "OAT-L": (oat, large), "SAGE-S": (sage, small)}.items():
        make_variant(product, sku=sku).values.add(*values)
    page = products.read("robe", "en")

    colours, sizes = page.axes(page.chosen("OAT-L"))

    assert [(choice.sku, choice.selected, choice.is_exact) for choice in sizes.choices] == [
        ("OAT-S", False, True),
        ("OAT-L", True, True),
    ]
    assert [(choice.sku, choice.is_exact) for choice in colours.choices] == [("OAT-L", True), ("SAGE-S", False)]


def test_pictures_of_the_chosen_colour_come_first():
    product = make_product(slug="robe")
    oat, sage = option_value("colour", "oat"), option_value("colour", "sage")
    make_variant(product, sku="SAGE").values.add(sage)
    pictures = [make_picture(product, value=value, position=n) for n, value in enumerate([oat, None, sage])]
    make_picture(product, is_ready=False)
    page = products.read("robe", "en")

    shown = [picture.pk for picture in page.pictures_of(page.chosen("SAGE"))]

    assert shown == [pictures[2].pk, pictures[1].pk]
    assert page.pictures[0].srcset.endswith("products/cup/4_5/960w.webp 960w")


def test_facts_and_words_are_in_the_language_of_the_reader():
    product = listed("Cup", slug="cup", name_ru="Кружка", category=make_category("Cups", name_ru="Кружки"))
    product.attributes.add(
        attribute_value("material", "linen", value_ru="лён"), attribute_value("material", "wool", value_ru="шерсть")
    )

    page = products.read("cup", "ru")

    assert page.name == "Кружка"
    assert [(fact.name, fact.text) for fact in page.facts] == [("Material", "лён, шерсть")]
    assert [link.name for link in page.breadcrumb] == ["Кружки"]


def test_what_goes_with_it_is_of_the_same_category_and_not_itself():
    cups = make_category()
    for name in "ABCDEF":
        listed(name, slug=name.lower(), category=cups)
    listed("Elsewhere")

    cards = products.similar(products.read("a", "en"))

    assert len(cards) == 4
    assert {card.name for card in cards} <= set("BCDEF")


def test_a_page_costs_five_queries(django_assert_num_queries):
    product = make_product(slug="robe")
    for number in range(12):
        make_variant(product).values.add(option_value("colour", f"c{number}"))
        make_picture(product)
        product.attributes.add(attribute_value("material", f"m{number}"))
    listing.refresh([product.pk])
    products.read("robe", "en").breadcrumb  # noqa: B018 the first reader pays for the tree of categories

    with django_assert_num_queries(5):
        page = products.read("robe", "en")
        page.axes(page.chosen())
        assert page.breadcrumb
