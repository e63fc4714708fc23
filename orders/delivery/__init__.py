"""How parcels go: zones and what they cost, the days they are promised for, and pick-up in a shop.

`terms()` reads what the merchant has set up; `survey` says what can be offered of it for a parcel to a place, and why
not the rest. Everything below them is pure.
"""

from orders.delivery.offers import Offer, Survey, Wait, survey
from orders.delivery.parcel import Parcel
from orders.delivery.reading import changed, terms
from orders.delivery.terms import Terms, Way
from orders.delivery.why import Refused, Why

__all__ = ["Offer", "Parcel", "Refused", "Survey", "Terms", "Wait", "Way", "Why", "changed", "survey", "terms"]
