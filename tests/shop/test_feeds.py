"""Feeds for Google and Meta: complete, valid, and with the price and availability of the page."""

import csv
import io
import json
import re
from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree

import pytest
from django.utils import timezone

from catalog.actions import listing
from catalog.models import (
    Brand,
    ListPrice,
    Option,
    OptionValue,
    Picture,
    PriceList,
    Product,
    StockLevel,
    Tag,
)
from shop import feeds
from shop.feeds.columns import COMMON, LENGTHS, REQUIRED, gtin
from tests.makers import make_counter, make_customer, make_product, make_variant

pytestmark = pytest.mark.django_db
G = "{http://base.google.com/ns/1.0}"
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
STATES = {
    "google": {"in_stock", "out_of_stock", "preorder", "backorder"},
    "meta": {"in stock", "out of stock", "preorder", "available for order"},
}
SCHEMA = {
    "in stock": ("InStock", "LimitedAvailability"),
    "out of stock": ("OutOfStock",),
    "available for order": ("BackOrder",),
    "preorder": ("PreOrder",),
}


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.VAR_DIR = tmp_path / "var"


def picture(product: Product, **fields) -> Picture:
    fields = {"image": f"products/{product.slug}.webp", "width": 960, "height": 1200, "is_ready": True, **fields}
    return Picture.objects.create(product=product, **fields)


def goods(name: str = "Cup", **fields) -> Product:
    """A product with a picture and a brand."""
    brand, _ = Brand.objects.get_or_create(name="Alfar", slug="alfar")
    fields = {"summary_en": f"{name} of clay", "summary_ru": "Из глины", "name_ru": f"Чашка {name}", **fields}
    product = make_product(name, brand=brand, **fields)
    picture(product)
    return product


def rows(channel: str = "meta", language: str = "en", currency: str = "EUR", now=NOW) -> list[dict]:
    """What stands in the feed, by column."""
    feed = feeds.Feed(channel, language, currency)
    feeds.build(feed, now)
    text = feed.path.read_text(encoding="utf-8")
    if channel == "meta":
        return list(csv.DictReader(io.StringIO(text)))
    items = ElementTree.fromstring(text).iter("item")  # noqa: S314 - our own file
    return [{cell.tag.removeprefix(G): cell.text or "" for cell in item} for item in items]


@pytest.fixture
def shelf():
    """Goods of each availability, with and without options, on sale and not."""
    make_counter()
    make_variant(goods("Plain"), price=1200, stock=9, barcode="4006381333931", weight_g=300, combination="")
    make_variant(goods("Empty <&> \x0b"), price=900, stock=0, combination="")
    later = make_variant(goods("Later"), price=700, stock=0, combination="")
    StockLevel.objects.filter(variant=later).update(back_order=5)
    soon = timezone.localdate() + timedelta(days=20)
    make_variant(goods("Soon"), price=600, stock=4, released_on=soon, combination="")
    make_variant(goods("Cheaper"), price=500, compare_at_price=800, stock=3, combination="")
    shirt = goods("Shirt")
    size = Option.objects.create(code="size", name="Size")
    for code in "sm":
        value = OptionValue.objects.create(option=size, code=code, value=code.upper())
        make_variant(shirt, price=3000, sku=f"SHIRT-{code}", combination=f"size:{code}").values.add(value)
    tag = Tag.objects.create(code="gift", name="Gift")
    shirt.tags.add(tag)
    listing.refresh(Product.objects.values_list("pk", flat=True))


@pytest.mark.parametrize("channel", REQUIRED)
@pytest.mark.parametrize("language", ["en", "es", "ru"])
def test_every_row_is_valid_by_the_specification(shelf, channel, language):
    found = rows(channel, language)

    assert len(found) == 7
    for row in found:
        assert all(row.get(name) for name in REQUIRED[channel]), row
        assert set(row) <= set(COMMON)
        assert all(len(row.get(name, "")) <= length for name, length in LENGTHS[channel].items())
        assert row["availability"] in STATES[channel]
        assert row["condition"] == "new"
        assert re.fullmatch(r"\d+\.\d\d EUR", row["price"])
        assert row["link"].startswith("http://localhost/") and row["image_link"].startswith("http")
        assert bool(row.get("availability_date")) == (
            row["availability"] in ("preorder", "backorder", "available for order")
        )
    assert len({row["id"] for row in found}) == 7


def test_variants_share_a_group_and_say_their_options(shelf):
    shirts = [row for row in rows("google") if row["id"].startswith("SHIRT")]

    assert [row["size"] for row in shirts] == ["S", "M"]
    assert len({row["item_group_id"] for row in shirts}) == 1
    assert shirts[0]["custom_label_0"] == "Gift"
    plain = next(row for row in rows("google") if row["title"] == "Plain")
    assert "item_group_id" not in plain
    assert (plain["gtin"], plain["shipping_weight"]) == ("4006381333931", "300 g")


def test_a_reduction_says_both_prices(shelf):
    row = next(row for row in rows() if row["title"] == "Cheaper")

    assert (row["price"], row["sale_price"]) == ("8.00 EUR", "5.00 EUR")


def test_what_cannot_be_offered_is_left_out_and_told(client):
    make_variant(make_product("No picture"))
    make_variant(goods("Hidden", status=Product.Status.DRAFT, published_at=None))
    make_variant(goods("Off"), is_active=False)
    assert rows() == []
    state = feeds.Feed("meta", "en", "EUR").state()

    assert state["left_out"] == {"picture": 1}
    staff = make_customer("boss@example.com", is_staff=True, is_superuser=True)
    client.force_login(staff)
    page = client.get("/staff/feeds/").content.decode()
    assert "No picture" in page and "no picture that is ready" in page
    client.logout()
    assert client.get("/staff/feeds/").status_code == 403


def test_a_feed_per_currency_holds_only_what_is_priced_in_it(client):
    cup, mug = make_variant(goods("Cup"), price=1000), make_variant(goods("Mug"), price=1000)
    listed = PriceList.objects.create(name="Dollars", currency="USD")
    ListPrice.objects.create(price_list=listed, variant=cup, price=1299)
    listing.refresh([cup.product_id, mug.product_id])

    assert [(row["id"], row["price"]) for row in rows(currency="USD")] == [(cup.sku, "12.99 USD")]
    assert feeds.find("google-ru-USD.xml") and not feeds.find("google-ru-GBP.xml")


def test_page_markup_open_graph_and_feeds_say_the_same(shelf, client):
    meta, google = rows(now=timezone.now()), {row["id"]: row for row in rows("google", now=timezone.now())}
    for row in meta:
        text = client.get(row["link"].removeprefix("http://localhost")).content.decode()
        data = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', text, re.S)[1])[0]
        shared = dict(re.findall(r'<meta property="product:([a-z:]+)" content="([^"]*)"', text))
        price = (row["sale_price"] or row["price"]).removesuffix(" EUR")

        assert data["sku"] == row["id"]
        assert data["offers"]["price"] == price == shared["price:amount"]
        assert data["offers"]["priceCurrency"] == "EUR" == shared["price:currency"]
        assert shared["availability"] == row["availability"]
        assert data["offers"]["availability"].rpartition("/")[2] in SCHEMA[row["availability"]]
        assert f"€{price}" in text
        sold = google[row["id"]]
        assert (sold.get("sale_price") or sold["price"]) == f"{price} EUR"


def test_the_address_hands_out_what_the_clock_wrote(shelf, client):
    answer = client.get("/feeds/google-es-EUR.xml")

    assert answer.status_code == 200
    assert answer.headers["Content-Type"].startswith("application/xml")
    assert b"".join(answer.streaming_content).count(b"<item>") == 7
    for name in ("google-es-EUR.csv", "google-xx-EUR.xml", "../x", "meta-en-EUR.csv.1", "x" * 300):
        assert client.get(f"/feeds/{name}").status_code == 404


def test_only_what_changed_is_written_again(shelf):
    assert feeds.build_all() == 6
    assert feeds.build_all() == 0
    product = Product.objects.get(slug=Product.objects.first().slug)
    Product.objects.filter(pk=product.pk).update(name_en="Renamed")
    listing.refresh([product.pk])
    assert feeds.build_all() == 6


def test_queries_do_not_grow_with_the_goods(django_assert_max_num_queries):
    for number in range(30):
        make_variant(goods(f"Cup {number}"))
    feed = feeds.Feed("meta", "en", "EUR")
    with django_assert_max_num_queries(25):
        feeds.build(feed, NOW)


@pytest.mark.parametrize(
    "barcode, code",
    [
        ("4006381333931", "4006381333931"),
        ("4006381333932", ""),
        ("96385074", "96385074"),
        ("0-306-40615-2", ""),
        ("", ""),
    ],
)
def test_only_a_barcode_with_a_right_check_digit_is_a_gtin(barcode, code):
    assert gtin(barcode) == code
