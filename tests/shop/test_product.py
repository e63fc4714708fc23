import json
import re

import pytest

from catalog.actions import listing
from catalog.models import Attribute, AttributeValue, Brand, Option, OptionValue, Picture, Product
from marketing.models import Event
from orders.models import Cart, DeliveryMethod
from tests import makers

pytestmark = pytest.mark.django_db
BROWSER = {"user-agent": "Mozilla/5.0 (Android 16; Mobile) Gecko/145.0 Firefox/145.0"}


@pytest.fixture
def robe():
    """A robe in two colours: oat is in stock, ink is sold out and costs more."""
    product = makers.make_product("Linen robe", slug="linen-robe", summary="Light, with deep pockets")
    colour = Option.objects.create(code="colour", name="Colour", name_ru="Цвет", kind=Option.Kind.SWATCH)
    product.options.add(colour)
    for place, (code, word, swatch, stock, price) in enumerate(
        [("oat", "Oat", "#d8c8ab", 12, 8900), ("ink", "Ink", "#2a3445", 0, 9500)]
    ):
        value = OptionValue.objects.create(option=colour, code=code, value=word, swatch=swatch, position=place)
        variant = makers.make_variant(
            product, sku=f"ROBE-{code.upper()}", stock=stock, price=price, position=place, combination=f"colour:{code}"
        )
        variant.values.add(value)
    listing.refresh([product.pk])
    return product


@pytest.fixture
def courier():
    return DeliveryMethod.objects.create(code="courier", name="Courier", price=490, free_from=6000, countries=["ES"])


def structured(response) -> list[dict]:
    block = re.search(r'<script type="application/ld\+json">(.*?)</script>', response.content.decode(), re.DOTALL)
    return json.loads(block.group(1))


def test_the_page_says_name_price_tax_stock_and_article(client, robe):
    page = client.get("/p/linen-robe/").content.decode()

    assert '<h1 id="name">Linen robe</h1>' in page
    assert "€89.00" in page
    assert "tax included" in page
    assert "In stock" in page
    assert "SKU ROBE-OAT" in page
    assert "<title>Linen robe · " in page


def test_each_variant_has_an_address_of_its_own(client, robe):
    page = client.get("/p/linen-robe/", {"sku": "ROBE-INK"}).content.decode()

    assert "€95.00" in page
    assert "SKU ROBE-INK" in page
    assert 'href="/p/linen-robe/?sku=ROBE-OAT"' in page
    assert '<link rel="canonical" href="http://localhost/p/linen-robe/">' in page


def test_options_are_links_with_words_and_the_chosen_one_is_marked(client, robe):
    page = client.get("/ru/p/linen-robe/").content.decode()

    assert re.search(r'id="o-colour-oat"[^>]+aria-current="true"', page)
    assert "Цвет" in page
    assert 'fill="#2a3445"' in page


def test_a_sold_out_variant_is_told_in_words_and_has_no_button(client, robe):
    page = client.get("/p/linen-robe/", {"sku": "ROBE-INK"}).content.decode()

    assert "Ink <small>" in page
    assert "This one is sold out at the moment" in page
    assert 'action="/cart/lines/"' not in page


def test_the_last_pieces_are_counted(client):
    variant = makers.make_variant(makers.make_product(slug="cup"), stock=2)

    page = client.get(variant.product.get_absolute_url()).content.decode()

    assert "Only 2 left" in page
    assert 'max="2"' in page


def test_the_button_posts_the_variant_and_the_quantity_that_was_asked_for(client, robe):
    page = client.get("/p/linen-robe/", {"sku": "ROBE-OAT", "quantity": "3"}).content.decode()

    assert '<form method="post" action="/cart/lines/" novalidate>' in page
    assert '<input type="hidden" name="sku" value="ROBE-OAT">' in page
    assert re.search(r'name="quantity" value="3"', page)


def test_delivery_is_a_date_and_a_price(client, robe, courier):
    page = re.sub(r"\s+", " ", client.get("/p/linen-robe/").content.decode())

    assert re.search(r"arrives <strong>(Mon|Tue|Wed|Thu|Fri) \d+ \w+", page)
    assert "Delivery (Spain) is free." in page
    assert "30 days to return it." in page


def test_delivery_of_cheap_goods_says_from_when_it_is_free(client, courier):
    variant = makers.make_variant(price=1900)

    page = client.get(variant.product.get_absolute_url()).content.decode()

    assert "Delivery (Spain): €4.90" in page
    assert "free from €60.00" in page


def test_what_nobody_delivers_says_so(client, robe):
    assert "Not delivered to this country: Spain" in client.get("/p/linen-robe/").content.decode()


def test_a_file_is_not_delivered_by_parcel(client, courier):
    variant = makers.make_variant(makers.make_product(kind=Product.Kind.DIGITAL), tracks_stock=False)

    page = client.get(variant.product.get_absolute_url()).content.decode()

    assert "to download as soon as it is paid" in page
    assert "days to return" not in page


def test_page_and_structured_data_say_the_same(client, robe, courier):
    for sku, price, availability in [("ROBE-OAT", "89.00", "InStock"), ("ROBE-INK", "95.00", "OutOfStock")]:
        response = client.get("/p/linen-robe/", {"sku": sku})

        product, crumbs = structured(response)
        assert product["sku"] == sku
        assert product["offers"]["price"] == price
        assert product["offers"]["priceCurrency"] == "EUR"
        assert product["offers"]["availability"] == f"https://schema.org/{availability}"
        assert f'product:price:amount" content="{price}"' in response.content.decode()
        assert f"€{price}" in response.content.decode()
        assert crumbs["itemListElement"][-1]["name"] == "Linen robe"


def test_no_words_of_a_merchant_end_the_data_block(client):
    name = "</script><script>alert(1)</script>\u2028&"
    variant = makers.make_variant(makers.make_product(name, slug="evil"))

    response = client.get(variant.product.get_absolute_url())

    assert structured(response)[0]["name"] == name
    assert "<script>alert" not in response.content.decode()


def test_facts_brand_and_description_are_shown(client, robe):
    material = Attribute.objects.create(code="material", name="Material")
    robe.attributes.add(AttributeValue.objects.create(attribute=material, code="linen", value="Washed linen"))
    robe.brand = Brand.objects.create(name="Ruduva", slug="ruduva")
    robe.description = "<p>Cut wide.</p>"
    robe.save()

    page = client.get("/p/linen-robe/").content.decode()

    assert '<th scope="row">Material</th><td>Washed linen</td>' in page
    assert 'href="/brands/ruduva/"' in page
    assert "<p>Cut wide.</p>" in page


def test_pictures_have_words_and_thumbnails_that_work_without_a_script(client, robe):
    shots = [
        Picture(product=robe, image=f"products/robe-{n}.webp", width=720, height=900, alt=f"View {n}", is_ready=True)
        for n in (1, 2)
    ]
    Picture.objects.bulk_create(shots)

    page = client.get("/p/linen-robe/").content.decode()

    assert 'alt="View 1" fetchpriority="high"' in page
    assert 'alt="View 2" loading="lazy"' in page
    for target in re.findall(r'<a href="#(picture-\d+)"', page):
        assert f'<li id="{target}">' in page


def test_a_script_gets_only_what_changes_with_the_variant(client, robe):
    response = client.get("/p/linen-robe/", {"sku": "ROBE-INK"}, headers={"hx-request": "true"})

    page = response.content.decode()
    assert "<html" not in page
    assert 'data-said="Ink, sold out"' in page
    assert "HX-Request" in response.headers["Vary"]


@pytest.mark.parametrize("status", [Product.Status.DRAFT])
def test_what_is_not_published_is_not_found(client, robe, status):
    Product.objects.filter(pk=robe.pk).update(status=status)

    assert client.get("/p/linen-robe/").status_code == 404


def test_a_product_without_variants_is_shown_but_not_sold(client):
    product = makers.make_product(slug="memory")

    response = client.get(product.get_absolute_url())

    assert "This is not sold at the moment" in response.content.decode()
    assert "offers" not in structured(response)[0]


@pytest.mark.parametrize("query", ["sku=%00", "sku=" + "x" * 9000, "quantity=-1", "quantity=" + "9" * 99, "quantity=²"])
def test_nonsense_in_the_address_shows_the_product(client, robe, query):
    response = client.get(f"/p/linen-robe/?{query}")

    assert response.status_code == 200
    assert "SKU ROBE-OAT" in response.content.decode()


# --- views


def views() -> int:
    return Event.objects.filter(type=Event.Type.VIEWED).count()


def test_a_look_is_counted_without_a_name(client, robe):
    client.force_login(makers.make_customer())

    client.get("/p/linen-robe/", headers=BROWSER)

    event = Event.objects.get()
    assert (event.type, event.product, event.profile) == (Event.Type.VIEWED, robe, None)


@pytest.mark.parametrize(
    "headers",
    [
        {"user-agent": "Mozilla/5.0 (compatible; Googlebot/2.1)"},
        {"user-agent": ""},
        BROWSER | {"sec-purpose": "prefetch;prerender"},
        BROWSER | {"hx-request": "true"},
    ],
)
def test_machines_prefetches_and_a_change_of_colour_are_no_looks(client, robe, headers):
    client.get("/p/linen-robe/", headers=headers)

    assert views() == 0


def test_a_wrong_address_is_no_look(client):
    client.get("/p/nothing/", headers=BROWSER)

    assert views() == 0


# --- budgets


def test_a_product_costs_few_queries_however_many_variants_it_has(client, robe, courier, django_assert_max_num_queries):
    for number in range(20):
        makers.make_variant(robe, sku=f"MORE-{number}")
    listing.refresh([robe.pk])
    client.get("/p/linen-robe/")

    with django_assert_max_num_queries(6):
        client.get("/p/linen-robe/", headers=BROWSER)


def test_a_customer_with_a_cart_costs_few_more(client, robe, courier, django_assert_max_num_queries):
    customer = makers.make_customer()
    Cart.objects.create(customer=customer)
    client.force_login(customer)
    client.get("/p/linen-robe/")

    with django_assert_max_num_queries(8):
        client.get("/p/linen-robe/")
