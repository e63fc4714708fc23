"""A product is written, priced, pictured and published on one page."""

from io import BytesIO

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from PIL import Image

from catalog.actions import listing
from catalog.admin.product import ProductAdmin
from catalog.models import Brand, DigitalFile, Listing, Product, Variant
from tests.catalog.shelf import attribute_value, option_value
from tests.customers.office import clerk_with
from tests.makers import make_category, make_counter, make_customer, make_product, make_variant
from tests.orders.conftest import place

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner(client):
    owner = make_customer(is_staff=True, is_superuser=True)
    client.force_login(owner)
    return owner


def body(category, **fields) -> dict:
    words = {f"{name}_{code}": "" for name in ("name", "summary", "description") for code in ("en", "es", "ru")}
    return {
        **words, "name_en": "Oak stool", "status": "draft", "kind": "physical", "tax_class": "standard", "slug": "",
        "category": category.pk, "published_at_0": "", "published_at_1": "",
        **no_rows(), **fields,
    }  # fmt: skip


def no_rows() -> dict:
    """Every table on the page, empty."""
    return {key: value for each in ProductAdmin.inlines for key, value in inline(prefix_of(each)).items()}


def prefix_of(each) -> str:
    fields = [field for field in each.model._meta.fields if field.related_model is Product]
    field = next(field for field in fields if field.name == (each.fk_name or fields[0].name))
    return field.remote_field.get_accessor_name()


def inline(prefix: str, *rows: dict, initial: int = 0) -> dict:
    data = {f"{prefix}-TOTAL_FORMS": len(rows), f"{prefix}-INITIAL_FORMS": initial}
    return data | {f"{prefix}-{n}-{name}": value for n, row in enumerate(rows) for name, value in row.items()}


def variant_row(product: Product, variant: Variant | None = None, **fields) -> dict:
    ids = {"id": variant.pk if variant else "", "product": product.pk}
    return (
        ids
        | {"sku": "", "price": "49.00", "weight_g": 0, "position": 0, "is_active": "on", "tracks_stock": "on"}
        | fields
    )


def change(client, product: Product, **fields):
    data = {**body(product.category, name_en=product.name, slug=product.slug, status="published"), **fields}
    return client.post(reverse("admin:catalog_product_change", args=[product.pk]), data)


def complaints(response) -> str:
    assert response.status_code == 200
    return response.content.decode()


def test_a_product_is_added_with_its_first_variant_and_is_in_the_lists(client, owner):
    first = {"sku": "", "price": "39,40", "weight_g": 0, "position": 0, "is_active": "on", "tracks_stock": "on"}
    fields = {"status": "published", "name_es": "Taburete", "description_en": "<p onclick=x>Oak<script>1</script></p>"}
    client.post(reverse("admin:catalog_product_add"), body(make_category(), **fields, **inline("variants", first)))

    product = Product.objects.get()
    assert (product.slug, product.name_es, product.description_en) == ("oak-stool", "Taburete", "<p>Oak</p>")
    assert product.published_at is not None
    variant = product.variants.get()
    assert (variant.price, variant.sku) == (3940, "OAK-STOOL")
    assert variant.levels.get().on_hand == 0
    assert Listing.objects.get(product=product).price_min == 3940


def test_a_second_one_of_the_name_gets_an_address_of_its_own(client, owner):
    category = make_category()
    for _ in range(2):
        client.post(reverse("admin:catalog_product_add"), body(category))

    assert set(Product.objects.values_list("slug", flat=True)) == {"oak-stool", "oak-stool-2"}


def test_facts_and_options_are_kept(client, owner):
    product, oak, large = make_product(), attribute_value("material", "oak"), option_value("size", "l")
    change(client, product, facts=[oak.pk], options=[large.option_id])

    assert list(product.attributes.all()) == [oak]
    assert list(product.options.all()) == [large.option]


@pytest.mark.parametrize(
    ("fields", "complaint"),
    [
        ({"price": "cheap"}, "Write an amount such as 39.40."),
        ({"price": "-5"}, "below zero"),
        ({"price": "49", "compare_at_price": "40"}, "must be higher"),
    ],
)
def test_a_price_that_cannot_be_is_refused_in_words(client, owner, fields, complaint):
    product = make_product()
    response = change(client, product, **inline("variants", variant_row(product, **fields)))

    assert complaint in complaints(response)
    assert not Variant.objects.exists()


def test_variants_take_their_values_from_the_options_of_the_product(client, owner):
    product, large, small = make_product(), option_value("size", "l"), option_value("size", "s")
    product.options.add(large.option)
    chooser = f"option_{large.option_id}"
    rows = [variant_row(product, **{chooser: large.pk}), variant_row(product, **{chooser: large.pk})]
    twice = change(client, product, options=[large.option_id], **inline("variants", *rows))
    assert "Two variants have the same choice." in complaints(twice)

    rows[1][chooser] = small.pk
    change(client, product, options=[large.option_id], **inline("variants", *rows))
    assert set(product.variants.values_list("combination", flat=True)) == {"size:l", "size:s"}
    assert [list(variant.values.all()) for variant in product.variants.order_by("pk")] == [[large], [small]]


def test_missing_variants_are_made_once_after_a_question(client, owner):
    product = make_product("Cup", slug="cup")
    values = [option_value("size", "l"), option_value("size", "s"), option_value("colour", "oat")]
    product.options.add(values[0].option, values[2].option)
    address = reverse("admin:catalog_product_make_variants", args=[product.pk])
    axes = [f"axis_{value.option_id}" for value in (values[0], values[2])]
    assert client.get(address).content.decode().count('type="checkbox"') == 3
    assert "This field is required" in complaints(client.post(address, {"price": "12.50", axes[0]: values[0].pk}))

    for _ in range(2):
        client.post(address, {"price": "12.50", axes[0]: values[0].pk, axes[1]: values[2].pk})
    variant = product.variants.get()
    assert (variant.sku, variant.price, variant.combination) == ("CUP-L-OAT", 1250, "colour:oat|size:l")
    assert set(variant.values.all()) == {values[0], values[2]}


def picture(name: str = "a.jpg") -> SimpleUploadedFile:
    out = BytesIO()
    Image.new("RGB", (800, 1000), "tan").save(out, "JPEG")
    return SimpleUploadedFile(name, out.getvalue(), "image/jpeg")


def test_a_picture_is_taken_in_and_what_is_none_is_refused(client, owner, django_capture_on_commit_callbacks):
    product = make_product()
    row = {"id": "", "product": product.pk, "position": 3, "alt_en": "A stool", "alt_es": "", "alt_ru": "", "value": ""}
    fake = SimpleUploadedFile("a.jpg", b"<svg onload=alert(1)>", "image/jpeg")
    assert "not a picture" in complaints(change(client, product, **inline("pictures", {**row, "upload": fake})))
    assert not product.pictures.exists()

    change(client, product, **inline("pictures", {**row, "upload": picture()}))
    taken = product.pictures.get()
    assert (taken.alt_en, taken.position) == ("A stool", 3)
    assert taken.image.name.endswith(".webp")
    gone = {**row, "id": taken.pk, "DELETE": "on"}
    change(client, product, **inline("pictures", gone, initial=1))
    assert not product.pictures.exists()


def test_a_file_that_is_sold_lies_where_nothing_is_public(client, owner):
    product = make_product(kind="digital")
    row = {"id": "", "product": product.pk, "name_en": "Guide", "name_es": "", "name_ru": ""}
    fields = {"kind": "digital"}
    assert "Choose the file" in complaints(change(client, product, **fields, **inline("files", row)))

    upload = SimpleUploadedFile("../../my guide.pdf", b"%PDF", "application/pdf")
    change(client, product, **fields, **inline("files", {**row, "upload": upload}))
    kept = DigitalFile.objects.get().path
    assert kept.startswith(f"files/{product.pk}/")
    assert ".." not in kept
    assert (settings.PRIVATE_ROOT / kept).read_bytes() == b"%PDF"


def test_what_was_ordered_is_archived_and_not_deleted(client, owner):
    make_counter()
    variant = make_variant(make_product("Wool blanket"), stock=5)
    place(variant)
    address = reverse("admin:catalog_product_delete", args=[variant.product_id])

    assert client.post(address, {"post": "yes"}).url == reverse(
        "admin:catalog_product_change", args=[variant.product_id]
    )
    assert Product.objects.filter(pk=variant.product_id).exists()
    action = {"action": "archive", "_selected_action": [variant.product_id]}
    client.post(reverse("admin:catalog_product_changelist"), action)
    assert Product.objects.get(pk=variant.product_id).status == "archived"
    assert not Listing.objects.exists()


def test_who_may_only_look_makes_no_variants(client):
    product = make_product()
    client.force_login(clerk_with("view_product"))
    address = reverse("admin:catalog_product_make_variants", args=[product.pk])

    assert client.post(address, {"price": "1"}).status_code == 403
    assert client.post(reverse("admin:catalog_product_change", args=[product.pk]), {}).status_code == 403


def test_list_and_page_do_not_ask_more_for_more_rows(client, owner):
    def queries(address: str) -> int:
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address).status_code == 200
        return len(asked)

    size = [option_value("size", code) for code in ("s", "m", "l", "xl")]
    product = make_product()
    product.options.add(size[0].option)
    many, one = reverse("admin:catalog_product_changelist"), reverse("admin:catalog_product_change", args=[product.pk])
    make_variant(product).values.add(size[0])
    queries(many)
    few = queries(many), queries(one)
    for value in size[1:]:
        make_variant(product).values.add(value)
        make_variant(make_product())

    assert queries(many) <= few[0] <= 16
    assert queries(one) <= few[1] <= 51


def test_a_word_of_name_brand_or_sku_finds_each_product_once(client, owner):
    cup = make_product("Quiet cup", brand=Brand.objects.create(name="Workshop", slug="workshop"))
    for number in range(3):
        make_variant(cup, sku=f"CUP-{number}")
    make_variant(make_product("Quiet bowl"), sku="BOWL")

    def found(words: str) -> list[str]:
        answer = client.get(reverse("admin:catalog_product_changelist"), {"q": words, "o": "3"})
        return [product.name for product in answer.context["cl"].result_list]

    assert found("cup-") == found("workshop quiet") == ["Quiet cup"]
    assert sorted(found("quiet")) == ["Quiet bowl", "Quiet cup"]
    assert found("cup bowl") == []
    listing.refresh([cup.pk])
    assert found("cup-") == found("workshop quiet") == found("qui cu") == ["Quiet cup"]


def test_each_language_shows_what_a_search_engine_would(client):
    owner = make_customer(is_staff=True, is_superuser=True)
    client.force_login(owner)
    words = {"name_ru": "Чашка", "summary": "<b>Thrown</b> by hand", "search_title_en": "Tea cup " + "x" * 80}
    product = make_product("Cup", slug="cup", **words)
    page = client.get(reverse("admin:catalog_product_change", args=[product.pk])).content.decode()

    assert "/es/p/cup" in page and "/ru/p/cup" in page
    assert "<strong data-title>Tea cup xxx" in page and "x…</strong>" in page
    assert "<span data-words>Thrown by hand</span>" in page
    category = reverse("admin:catalog_category_change", args=[product.category_id])
    assert "<office-snippet" in client.get(category).content.decode()
    Product.objects.update(search_title_en="")
    page = client.get(reverse("admin:catalog_product_change", args=[product.pk])).content.decode()
    assert "<strong data-title>Чашка" in page and "<strong data-title>Cup" in page
    assert "<office-snippet" in client.get(reverse("admin:catalog_product_add")).content.decode()
