"""Whether two addresses of a country are the same to us."""

from dataclasses import replace
from datetime import date

from customers.models import Customer
from orders import delivery
from orders.tax import Payer, Place, Verdict, judge, provider


def are_alike(
    country: str,
    one: Payer,
    other: Payer,
    customer: Customer | None,
    sends: bool,
    day: date,
    verdict: Verdict | None = None,
) -> bool:
    """Whether both lie in one zone of delivery and are taxed alike, so that the same cart costs the same at both.

    `verdict` is that on the first, for whoever has it.
    """
    if one == other:
        return True
    if replace(one, area=other.area) == other and not is_told_by_region(country):
        return True
    terms = delivery.terms()
    zones = [terms.zone_of(Place(country, each.postcode, each.area)) for each in (one, other)]
    if zones[0] != zones[1]:
        return False
    verdict = verdict or judge(country, one, customer, sends, day)
    return judge(country, other, customer, sends, day) == verdict


def is_told_by_region(country: str) -> bool:
    """Whether states or provinces decide there about delivery or tax."""
    zones = delivery.terms().zones
    return any(zone.areas and country in zone.countries for zone in zones) or provider().is_told_by_area(country)
