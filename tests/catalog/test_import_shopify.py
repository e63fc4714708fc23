"""Shopify's product CSV becomes goods, and what is wrong in it stays outside alone."""

import pytest
from django.db.models import Sum

from catalog.actions import importing, stock
from catalog.models import Category, Listing, Option, Product, StockLevel, StockMovement, Variant
from tests.catalog.files import cup, reasons, shopify, take, verdicts
from tests.makers import make_category, make_variant

pytestmark = pytest.mark.django_db


@pytest.fixture
def path(tmp_path):
    return tmp_path / "shop.csv"


def stock_of(sku: str) -> int:
    return StockLevel.objects.get(variant__sku=sku).on_hand


def test_a_product_without_options_is_for_sale_after_the_import(path):
    line = cup(Body="<p>Thrown <b>slowly</b>.</p><script>x()</script>", Vendor="Clay & Co", Type="Cups", SKU="CUP-1")
    sums, rows = take(shopify(path, line))

    product = Product.objects.get(import_key="shopify:cup")
    variant = product.variants.get()
    assert (product.name_en, product.slug, product.status) == ("Cup", "cup", "published")
    assert product.description_en == "<p>Thrown <b>slowly</b>.</p>"
    assert product.brand.name == "Clay & Co"
    assert (variant.sku, variant.price, variant.combination) == ("CUP-1", 1250, "")
    assert stock_of("CUP-1") == 3
    assert Listing.objects.get(product=product).in_stock
    assert str(sums) == "1 rows: 1 new, 0 changed, 0 same, 0 refused"
    assert rows[0].line == 2


def test_lines_with_one_handle_are_one_product_and_colour_is_one_axis(path):
    take(
        shopify(
            path,
            cup(Axis="Color", Value="Sea blue", Price="10"),
            {"Handle": "cup", "Value": "Black", "Price": "11.00", "Qty": "0", "Policy": "deny"},
            {"Handle": "cup", "Image": "https://pictures.example/cup.jpg"},
            cup(Handle="bowl", Title="Bowl", Axis="Colour", Value="Black"),
        )
    )

    assert [option.code for option in Option.objects.all()] == ["colour"]
    variants = Variant.objects.filter(product__slug="cup")
    assert [(v.sku, v.combination, v.price) for v in variants] == [
        ("CUP-SEA-BLUE", "colour:sea-blue", 1000),
        ("CUP-BLACK", "colour:black", 1100),
    ]
    assert Variant.objects.get(sku="BOWL-BLACK").values.get() == Variant.objects.get(sku="CUP-BLACK").values.get()


def test_the_same_file_again_changes_nothing(path):
    shopify(
        path, cup(Axis="Size", Value="L", Vendor="Clay", Before="20", Body="A <b>cup</b>"), cup(Handle="b", Title="B")
    )
    take(path)
    before = list(Product.objects.values_list("pk", "updated_at"))
    moved = StockMovement.objects.count()

    sums, rows = take(path)

    assert verdicts(rows) == ["same", "same"]
    assert list(Product.objects.values_list("pk", "updated_at")) == before
    assert StockMovement.objects.count() == moved
    assert str(sums) == "2 rows: 0 new, 0 changed, 2 same, 0 refused"


def test_a_changed_file_changes_only_what_it_says(path):
    take(shopify(path, cup(SKU="C1", Before="20", Body="Old")))
    take(shopify(path, cup(SKU="C1", Title="Mug", Price="14", Qty="8")))

    product = Product.objects.get()
    variant = product.variants.get()
    assert (product.name_en, product.slug, product.description_en) == ("Mug", "cup", "Old")
    assert (variant.price, variant.compare_at_price) == (1400, None)
    assert stock_of("C1") == 8
    assert Listing.objects.get().price_min == 1400


def test_the_ledger_explains_every_piece(path):
    take(shopify(path, cup(SKU="A", Qty="3"), cup(Handle="b", Title="B", SKU="B", Qty="0")), document="shop.csv")
    take(shopify(path, cup(SKU="A", Qty="1"), cup(Handle="b", Title="B", SKU="B", Qty="7")), document="shop.csv")

    for level in StockLevel.objects.all():
        assert (level.movements.aggregate(sum=Sum("delta"))["sum"] or 0) == level.on_hand
    assert {m.reason for m in StockMovement.objects.all()} == {"imported"}
    assert {m.document for m in StockMovement.objects.all()} == {"shop.csv"}


def test_stock_that_is_held_for_orders_is_not_taken_away(path):
    take(shopify(path, cup(SKU="A", Qty="5")))
    stock.reserve({Variant.objects.get().pk: 4})
    _, rows = take(shopify(path, cup(SKU="A", Qty="1", Price="9")))

    assert stock_of("A") == 5
    assert "held for orders" in reasons(rows)
    assert Variant.objects.get().price == 900


def test_the_stock_of_known_goods_may_be_left_alone(path):
    take(shopify(path, cup(SKU="A", Qty="5")))
    stock.adjust(Variant.objects.get(), by=-2)
    _, rows = take(path, keep_stock=True)

    assert verdicts(rows) == ["same"]
    assert stock_of("A") == 3


def test_a_preview_says_the_same_as_the_import_and_writes_nothing(path):
    shopify(
        path, cup(Vendor="New brand", Type="New kind", Axis="Size", Value="L"), cup(Handle="x", Title="X", Price="-1")
    )

    sums, rows = take(path, act=importing.preview)

    assert verdicts(rows) == ["new", "wrong"]
    assert not Product.objects.exists() and not Category.objects.exists() and not Option.objects.exists()
    done, done_rows = take(path)
    assert str(done) == str(sums)
    assert done_rows == rows


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ({"Price": "69.71 gbp"}, "not a price in EUR"),
        ({"Price": "-3"}, "below zero"),
        ({"Price": "99999999999"}, "cannot be meant"),
        ({"Price": "1e400"}, "not a price"),
        ({"Price": "9.999"}, "not a price"),
        ({"Price": "NaN"}, "not a price"),
        ({"Price": ""}, "no price"),
        ({"Title": ""}, "title"),
        ({"Handle": ""}, "no handle"),
        ({"Handle": "h" * 300}, "handle is longer"),
        ({"Qty": "two"}, "not a number"),
        ({"SKU": "S" * 81}, "SKU is longer"),
        ({"Gift Card": "true"}, "Gift cards"),
    ],
)
def test_a_wrong_line_is_refused_with_its_number_and_the_good_one_lands(path, cells, reason):
    wrong = {**cup(Handle="wrong", Title="Wrong", SKU="W"), **cells}
    sums, rows = take(shopify(path, cup(), wrong))

    assert [(row.line, row.verdict) for row in rows] == [(2, "new"), (3, "wrong")]
    assert reason in reasons(rows)
    assert Product.objects.get().slug == "cup"
    assert sums.counts["wrong"] == 1


def test_one_wrong_variant_does_not_take_its_product_along(path):
    _, rows = take(
        shopify(
            path,
            cup(Axis="Size", Value="S"),
            {"Handle": "cup", "Value": "M", "Price": "?"},
            {"Handle": "cup", "Value": "s", "Price": "3"},
            {"Handle": "cup", "Value": "L", "Price": "4"},
        )
    )

    assert Variant.objects.filter(product__slug="cup").count() == 2
    assert [row.line for row in rows] == [2, 3]
    assert "repeats options" in reasons(rows)


def test_status_and_publication_decide_what_visitors_see(path):
    take(
        shopify(
            path,
            cup(),
            cup(Handle="d", Title="D", Status="draft"),
            cup(Handle="a", Title="A", Status="archived"),
            cup(Handle="h", Title="H", Status="active", Published="false"),
        )
    )

    assert dict(Product.objects.values_list("slug", "status")) == {
        "cup": "published", "d": "draft", "a": "archived", "h": "draft",
    }  # fmt: skip
    assert Listing.objects.count() == 1


def test_what_sells_on_without_stock_is_not_counted_and_debts_count_as_none(path):
    _, rows = take(
        shopify(path, cup(SKU="A", Policy="continue", Qty="-4"), cup(Handle="n", Title="N", SKU="N", Qty="-4"))
    )

    assert not Variant.objects.get(sku="A").tracks_stock
    assert stock_of("N") == 0
    assert "counts as none" in reasons(rows)


def test_a_former_price_that_is_not_higher_is_dropped_with_a_remark(path):
    _, rows = take(shopify(path, cup(Before="12.50")))

    assert Variant.objects.get().compare_at_price is None
    assert "not higher" in reasons(rows)


def test_a_taken_sku_or_address_gets_an_ending_that_stays(path):
    make_variant(sku="A")
    shopify(path, cup(SKU="A"), cup(Handle="Cup", Title="Other", SKU="A"))
    _, rows = take(path)

    assert Variant.objects.filter(sku__startswith="A-").count() == 2
    assert len(set(Product.objects.values_list("slug", flat=True))) == 3
    assert "is taken" in reasons(rows)
    assert verdicts(take(path)[1]) == ["same", "same"]


def test_types_become_categories_once_and_known_ones_are_found(path):
    known = make_category("Cups", slug="cups")
    below = make_category("Attic", slug="attic")
    shopify(
        path, cup(Type="cups"), cup(Handle="l", Title="L", Type="Lamps"), cup(Handle="m", Title="M", Type="Lamps"),
        cup(Handle="n", Title="N"),
    )  # fmt: skip
    take(path, category="attic")

    assert Product.objects.get(slug="cup").category == known
    assert Category.objects.get_parent(Category.objects.get(name="Lamps")) == below
    assert Product.objects.get(slug="n").category == below
    assert Category.objects.count() == 3


def test_a_name_of_851_characters_is_cut_and_told(path):
    long = "cup " * 212 + "end"
    _, rows = take(shopify(path, cup(Title=long)))

    product = Product.objects.get()
    assert len(product.name_en) <= 255 and product.name_en.endswith("…")
    assert long in product.description_en
    assert "851 characters" in reasons(rows)
    assert verdicts(take(path)[1]) == ["same"]


def test_lines_of_a_handle_that_comes_back_are_refused(path):
    _, rows = take(shopify(path, cup(), cup(Handle="b", Title="B"), cup(Price="1")))

    assert "do not stand together; line 2" in reasons(rows)
    assert Variant.objects.get(product__slug="cup").price == 1250


def test_the_words_of_newer_exports_are_understood(path):
    path.write_text("Title,URL handle,Price,Status,Inventory quantity,Inventory tracker\nCup,cup,5,Active,2,shopify\n")
    take(path)

    assert Variant.objects.get(product__status="published").price == 500


def test_someone_who_may_only_add_changes_nothing_that_is_there(path):
    take(shopify(path, cup()))
    _, rows = take(shopify(path, cup(Price="1"), cup(Handle="b", Title="B")), only_new=True)

    assert verdicts(rows) == ["same", "new"]
    assert Variant.objects.get(product__slug="cup").price == 1250
