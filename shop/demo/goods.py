"""The goods of the demonstration shop: words, categories, products and variants."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import product as combinations

from django.conf import settings

from catalog.models import (
    Attribute,
    AttributeValue,
    Brand,
    Category,
    DigitalFile,
    Option,
    OptionValue,
    Product,
    Variant,
)
from shop.demo.data import load, load_products, spread


@dataclass
class Shelf:
    """What was made, by the names the data uses."""

    options: dict[str, Option] = field(default_factory=dict)
    values: dict[tuple[str, str], OptionValue] = field(default_factory=dict)
    attributes: dict[tuple[str, str], AttributeValue] = field(default_factory=dict)
    brands: dict[str, Brand] = field(default_factory=dict)
    categories: dict[str, Category] = field(default_factory=dict)
    backdrops: dict[str, str] = field(default_factory=dict)
    products: dict[str, Product] = field(default_factory=dict)
    data: dict[str, dict] = field(default_factory=dict)
    variants: list[Variant] = field(default_factory=list)


def stock_shelves(now: datetime) -> Shelf:
    """Make all words, categories, products and variants; stock and pictures come later."""
    shelf = Shelf()
    _learn_words(shelf)
    for node in load("categories"):
        _add_category(shelf, node, None)
    _make_products(shelf, now)
    _make_variants(shelf)
    return shelf


def is_sold_out(row: dict, combination: str) -> bool:
    """Whether the data wants this combination gone; `colour:ink` means every variant in ink."""
    pairs = set(combination.split("|"))
    return any(set(entry.split("|")) <= pairs for entry in row.get("sold_out", []))


def _learn_words(shelf: Shelf) -> None:
    for position, axis in enumerate(load("options")):
        option = Option.objects.create(
            code=axis["code"], kind=axis["kind"], position=position, **spread(name=axis["name"])
        )
        shelf.options[axis["code"]] = option
        for place, value in enumerate(axis["values"]):
            shelf.values[axis["code"], value["code"]] = OptionValue(
                option=option, code=value["code"], swatch=value.get("swatch", ""), position=place,
                **spread(value=value["value"]),
            )  # fmt: skip
    for position, fact in enumerate(load("attributes")):
        attribute = Attribute.objects.create(code=fact["code"], position=position, **spread(name=fact["name"]))
        for place, value in enumerate(fact["values"]):
            shelf.attributes[fact["code"], value["code"]] = AttributeValue(
                attribute=attribute, code=value["code"], position=place, **spread(value=value["value"])
            )
    for brand in load("brands"):
        shelf.brands[brand["slug"]] = Brand(slug=brand["slug"], name=brand["name"], **spread(story=brand["story"]))
    OptionValue.objects.bulk_create(shelf.values.values())
    AttributeValue.objects.bulk_create(shelf.attributes.values())
    Brand.objects.bulk_create(shelf.brands.values())


def _add_category(shelf: Shelf, node: dict, parent: Category | None) -> None:
    fields = {"slug": node["slug"], **spread(name=node["name"], description=node["description"])}
    category = Category.objects.add_child(parent, fields) if parent else Category.objects.add_root(fields)
    shelf.categories[node["slug"]] = category
    shelf.backdrops[node["slug"]] = node["backdrop"]
    for child in node.get("children", []):
        _add_category(shelf, child, Category.objects.get(pk=category.pk))


def _make_products(shelf: Shelf, now: datetime) -> None:
    rows = load_products()
    for number, row in enumerate(rows):
        # The range grew over two years; a dozen things are new.
        age = 3 + number * 2 if number % 10 == 0 else 60 + (number * 37) % 640
        shelf.data[row["slug"]] = row
        shelf.products[row["slug"]] = Product(
            slug=row["slug"], kind=row["kind"], status=Product.Status.PUBLISHED, tax_class_id=row["tax_class"],
            category=shelf.categories[row["category"]], brand=shelf.brands.get(row["brand"]),
            published_at=now - timedelta(days=age), popularity=row["popularity"],
            **spread(name=row["name"], summary=row["summary"], description=row["description"]),
        )  # fmt: skip
    Product.objects.bulk_create(shelf.products.values())
    options, facts, files = Product.options.through, Product.attributes.through, []
    options.objects.bulk_create(
        options(product_id=shelf.products[r["slug"]].pk, option_id=shelf.options[code].pk)
        for r in rows
        for code in r["options"]
    )
    facts.objects.bulk_create(
        facts(product_id=shelf.products[r["slug"]].pk, attributevalue_id=shelf.attributes[code, value].pk)
        for r in rows
        for code, values in r["attributes"].items()
        for value in values
    )
    for row in rows:
        if row.get("file"):
            files.append(_digital_file(shelf.products[row["slug"]], row))
    DigitalFile.objects.bulk_create(files)


def _digital_file(product: Product, row: dict) -> DigitalFile:
    """The file that is sold, made here: a small but real PDF with the product's name."""
    settings.PRIVATE_ROOT.mkdir(parents=True, exist_ok=True)
    (settings.PRIVATE_ROOT / row["file"]).write_bytes(one_page_pdf(row["name"]["en"]))
    return DigitalFile(product=product, path=row["file"], **spread(name=row["name"]))


def one_page_pdf(title: str) -> bytes:
    """A PDF of one page that says the title (PDF 1.4; offsets counted, so that strict readers open it)."""
    words = title.encode("latin-1", "replace").replace(b"\\", b"").replace(b"(", b"").replace(b")", b"")
    stream = b"BT /F1 28 Tf 72 700 Td (" + words + b") Tj ET"
    bodies = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 5 0 R"
        b" /Resources << /Font << /F1 4 0 R >> >> >>",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Times-Roman >>",
        b"<< /Length " + str(len(stream)).encode() + b" >>\nstream\n" + stream + b"\nendstream",
    ]
    out, offsets = b"%PDF-1.4\n", []
    for number, body in enumerate(bodies, 1):
        offsets.append(len(out))
        out += str(number).encode() + b" 0 obj\n" + body + b"\nendobj\n"
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    start = len(out)
    out += b"xref\n0 6\n0000000000 65535 f \n" + table
    return out + b"trailer << /Size 6 /Root 1 0 R >>\nstartxref\n" + str(start).encode() + b"\n%%EOF\n"


def _make_variants(shelf: Shelf) -> None:
    chosen: dict[str, list[OptionValue]] = {}
    for number, (slug, row) in enumerate(shelf.data.items(), 1):
        axes = [[(code, value) for value in row["values"][code]] for code in row["options"]]
        for position, pairs in enumerate(combinations(*axes)):
            sku = f"LU{number:03d}" + "".join(f"-{value[:6].upper()}" for _, value in pairs)
            extra = sum(row.get("price_by", {}).get(code, {}).get(value, 0) for code, value in pairs)
            before = row.get("compare_at")
            chosen[sku] = [shelf.values[pair] for pair in pairs]
            shelf.variants.append(
                Variant(
                    product=shelf.products[slug],
                    sku=sku,
                    price=row["price"] + extra,
                    position=position,
                    compare_at_price=before + extra if before else None,
                    weight_g=row.get("weight_g", 0),
                    tracks_stock=row["kind"] == "physical",
                    combination="|".join(f"{code}:{value}" for code, value in sorted(pairs)),
                )  # fmt: skip
            )
    Variant.objects.bulk_create(shelf.variants)
    through = Variant.values.through
    through.objects.bulk_create(
        through(variant_id=variant.pk, optionvalue_id=value.pk)
        for variant in shelf.variants
        for value in chosen[variant.sku]
    )
