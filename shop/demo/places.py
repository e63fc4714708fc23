"""Two shops beside the warehouse, goods that are still to come, and things sold together."""

from datetime import date, datetime, timedelta

from django.utils.timezone import localdate

from catalog.models import (
    BundleItem,
    Category,
    Consignment,
    ConsignmentLine,
    Location,
    Product,
    StockLevel,
    StockMovement,
    Variant,
)
from shop.demo.data import load, spread
from shop.demo.goods import Shelf

#: Every so many-th article stands in a shop too.
STANDS_IN = {"Ruzafa": 2, "Gràcia": 3}
BACK_ORDER, PRE_ORDER = "lidded-bean-pot", "four-litre-soup-pot"
REORDERED = "visiting-cup-and-saucer"


def open_shops() -> None:
    """The warehouse serves the web first; then the shops, which everybody may walk into."""
    Location.objects.update(priority=1)
    for number, shop in enumerate(load("places"), 2):
        Location.objects.create(
            name=shop["name"],
            kind=Location.Kind.SHOP,
            address=shop["address"],
            priority=number,
            is_public=True,
            **spread(public_name=shop["public_name"], hours=shop["hours"]),
        )


def fill_shops(now: datetime) -> None:
    """Some of the goods stand in the shops, with a ledger that says since when."""
    opened = now - timedelta(days=90)
    variants = Variant.objects.filter(tracks_stock=True, levels__on_hand__gt=0)
    variants, levels = variants.exclude(product__slug__in=[BACK_ORDER, PRE_ORDER]), []
    for place in Location.objects.filter(kind=Location.Kind.SHOP):
        every = STANDS_IN[place.name]
        levels += [
            StockLevel(variant_id=pk, location=place, on_hand=1 + number // every % 5)
            for number, pk in enumerate(variants.order_by("pk").values_list("pk", flat=True))
            if number % every == 0
        ]
    StockLevel.objects.bulk_create(levels)
    StockMovement.objects.bulk_create(
        StockMovement(
            level=level, delta=level.on_hand, on_hand_after=level.on_hand, reason="opening", created_at=opened
        )
        for level in levels
        if level.on_hand
    )


def expect_goods(now: datetime) -> None:
    """A delivery on its way, something sold before it comes, and something that is not out yet."""
    today = localdate(now)
    warehouse = Location.objects.get(kind=Location.Kind.WAREHOUSE)
    late, early = Variant.objects.filter(product__slug=BACK_ORDER), Variant.objects.filter(product__slug=PRE_ORDER)
    early.update(released_on=_working_day(today + timedelta(days=24)))
    _sell_ahead(late, warehouse, 12)
    _sell_ahead(early, warehouse, 20)
    delivery = Consignment.objects.create(
        supplier="Horno Quedo",
        destination=warehouse,
        document="HQ-2107",
        expected_on=_working_day(today + timedelta(days=10)),
        status=Consignment.Status.UNDER_WAY,
        sent_at=now - timedelta(days=3),
    )
    _put_in(delivery, [*late, *Variant.objects.filter(product__slug=REORDERED)], 18)
    early_delivery = Consignment.objects.create(
        supplier="Horno Quedo",
        destination=warehouse,
        document="HQ-2116",
        expected_on=_working_day(today + timedelta(days=20)),
        status=Consignment.Status.UNDER_WAY,
        sent_at=now - timedelta(days=1),
    )
    _put_in(early_delivery, list(early), 20)


def bundle_up(shelf: Shelf, now: datetime) -> None:
    """Sets that are sold together and live on the shelves of their parts."""
    for row in load("sets"):
        product = Product.objects.create(
            slug=row["slug"],
            kind=Product.Kind.BUNDLE,
            status=Product.Status.PUBLISHED,
            category=Category.objects.get(slug=row["category"]),
            brand=shelf.brands.get(row["brand"]),
            published_at=now - timedelta(days=20),
            popularity=row["popularity"],
            **spread(name=row["name"], summary=row["summary"], description=row["description"]),
        )
        shelf.products[row["slug"]] = product
        # Drawn as the thing that it is named after.
        picture = shelf.data[next(iter(row["parts"]))]["picture"]
        shelf.data[row["slug"]] = {"options": [], "values": {}, "attributes": {}, **row, "picture": picture}
        variant = Variant.objects.create(product=product, sku=row["sku"], price=row["price"], weight_g=row["weight_g"])
        for position, (slug, pieces) in enumerate(row["parts"].items()):
            part = Variant.objects.filter(product__slug=slug, levels__on_hand__gt=0).order_by("position", "pk").first()
            BundleItem.objects.create(bundle=variant, component=part, quantity=pieces, position=position)


def _sell_ahead(variants, place: Location, most: int) -> None:
    levels = StockLevel.objects.filter(variant__in=variants, location=place)
    for level in levels:
        # What is still held for orders stays; the rest is gone.
        if level.on_hand > level.reserved:
            gone = level.on_hand - level.reserved
            StockMovement.objects.create(
                level=level, delta=-gone, on_hand_after=level.reserved, reason="corrected", document="S1"
            )
    for level in levels:
        StockLevel.objects.filter(pk=level.pk).update(on_hand=level.reserved, back_order=most)


def _put_in(delivery: Consignment, variants: list[Variant], pieces: int) -> None:
    ConsignmentLine.objects.bulk_create(
        ConsignmentLine(consignment=delivery, variant=variant, quantity=pieces) for variant in variants
    )
    StockLevel.objects.filter(variant__in=variants, location=delivery.destination).update(
        incoming=pieces, comes_on=delivery.expected_on
    )


def _working_day(day: date) -> date:
    return day + timedelta(days=(7 - day.weekday()) % 7 if day.weekday() > 4 else 0)
