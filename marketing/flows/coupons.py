"""What the codes in the letters of a flow would have cost."""

from dataclasses import dataclass

from django.conf import settings

from marketing.flows.definition import Definition
from marketing.models import Template
from orders.models import Promotion


@dataclass(frozen=True, slots=True)
class Offer:
    """A promotion in a letter: so many percent off, or so much by currency (minor units)."""

    percent: float = 0
    amounts: tuple[tuple[str, int], ...] = ()


def offers_of(definition: Definition) -> dict[str, Offer]:
    """By the id of the step whose letter gives a code."""
    found = {}
    for step in definition.messages():
        template = Template.objects.filter(pk=step.values["template"] or 0).first()
        version = template.newest if template else None
        for block in version.content.get("blocks", []) if version else []:
            name = str(block.get("values", {}).get("promotion", ""))
            asked = Promotion.objects.filter(pk=name if block.get("kind") == "coupon" and name.isdecimal() else 0)
            if promotion := asked.first():
                found[step.id] = _offer(promotion)
    return found


def _offer(promotion: Promotion) -> Offer:
    amounts = dict(promotion.amounts.exclude(amount=None).values_list("currency", "amount"))
    if promotion.amount:
        amounts[settings.SHOP_CURRENCY] = promotion.amount
    return Offer(float(promotion.percent or 0), tuple(amounts.items()))


def cost_of(offer: Offer, total: int, currency: str) -> int:
    """What it takes off an order of that total, in minor units: at most all of it."""
    fixed = dict(offer.amounts).get(currency, 0)
    return min(total, round(total * offer.percent / 100) + fixed)
