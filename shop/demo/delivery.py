"""Where parcels go at which price, the shops that one may pick up in, and the days off."""

from datetime import datetime

from django.utils.timezone import localdate

from catalog.models import Location, ProductType
from orders.actions import holidays
from orders.models import DeliveryMethod, DeliveryZone
from shop.demo.data import spread

BALEARICS, CANARIES, TOWNS = "07", "35, 38", "51, 52"
#: Brackets of the parcel to the islands: up to so many grams, price, free from.
TO_THE_ISLANDS = [(2000, 790, 9000), (10_000, 1290, 15_000), (None, 2490, None)]
#: Countries that goods are sent to, and whose holidays carriers keep.
KEPT = ["ES", "PT", "FR", "DE", "IT"]


def deliver(now: datetime) -> None:
    """Zones of Spain, pick-up in both shops, and holidays of the countries next to us."""
    home = DeliveryMethod.objects.get(code="home")
    express = DeliveryMethod.objects.get(code="express")
    islands = _zone("Balearics", BALEARICS, 1)
    canaries = _zone("Canary Islands", CANARIES, 2)
    towns = _zone("Ceuta and Melilla", TOWNS, 3)
    for up_to, price, free in TO_THE_ISLANDS:
        home.prices.create(zone=islands, currency="EUR", up_to=up_to, price=price, free_from=free)
    home.prices.create(zone=canaries, currency="EUR", up_to=10_000, price=1990)
    home.prices.create(zone=towns, currency="EUR", price=None)
    for zone in (islands, canaries, towns):
        express.prices.create(zone=zone, currency="EUR", price=None)
    DeliveryMethod.objects.filter(code="express").update(heaviest_g=15_000)
    express.excluded_types.set(ProductType.objects.filter(code="furniture"))
    _open_for_pickup()
    for country in KEPT:
        holidays.take(country, holidays.missing(country, [localdate(now).year, localdate(now).year + 1]))


def _zone(name: str, postcodes: str, position: int) -> DeliveryZone:
    return DeliveryZone.objects.create(name=name, countries=["ES"], postcodes=postcodes, position=position)


def _open_for_pickup() -> None:
    names = {"en": "Pick-up in a shop", "es": "Recogida en tienda", "ru": "Самовывоз из магазина"}
    DeliveryMethod.objects.create(
        code="pickup", kind=DeliveryMethod.Kind.PICKUP, countries=["ES"], price=0, handling_days=0, min_days=0,
        max_days=0, cutoff_hour=16, position=4, **spread(name=names),
    )  # fmt: skip
    shops = Location.objects.filter(kind=Location.Kind.SHOP)
    shops.update(offers_pickup=True, weekdays="012345")
    shops.filter(name="Gràcia").update(weekdays="12345", transfer_days=3)
