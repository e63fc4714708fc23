"""What promotions take off a basket: pure sums, no queries. Basket and rules in, an explained outcome out."""

from orders.promotions.basket import Basket, Good
from orders.promotions.choice import reckon
from orders.promotions.outcome import Applied, Outcome, Reason, Refused
from orders.promotions.rules import Amounts, Goods, Rule, Standing

__all__ = [
    "Amounts",
    "Applied",
    "Basket",
    "Good",
    "Goods",
    "Outcome",
    "Reason",
    "Refused",
    "Rule",
    "Standing",
    "reckon",
]
