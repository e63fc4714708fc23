"""Promotions of the demonstration shop: few, and none that an ordinary cart meets unasked."""

from datetime import datetime, timedelta

from catalog.models import Category, Variant
from orders.actions import promotions
from orders.models import Promotion
from shop.demo.data import load, spread

Benefit = Promotion.Benefit


def promote(now: datetime) -> None:
    """A code for readers, three candles for two, free delivery for a full parcel, a soap with a blanket, a draft."""
    names = load("promotions")
    welcome = _make(
        names["welcome"], benefit=Benefit.ORDER_PERCENT, percent=10, needs_code=True, limit_per_customer=1,
        combines_product=True, combines_shipping=True, note="For readers of the newsletter.",
    )  # fmt: skip
    promotions.make_code(welcome, "LUMBRE10")
    thanks = _make(
        names["thanks"], benefit=Benefit.ORDER_AMOUNT, amount=1500, min_value=6000, needs_code=True, limit_total=200,
        ends_at=now + timedelta(days=60), note="A card in each parcel of November.",
    )  # fmt: skip
    thanks.amounts.create(currency="USD", amount=1800, min_value=7000)
    promotions.make_batch(thanks, 60, "GRACIAS", "Cards of November")
    candles = _make(
        names["candles"], benefit=Benefit.BUY_GET, buy_quantity=2, get_quantity=1,
        combines_order=True, starts_at=now - timedelta(days=2), ends_at=now + timedelta(days=20),
    )  # fmt: skip
    candles.categories.set(Category.objects.filter(slug="candles"))
    parcel = _make(
        names["parcel"], benefit=Benefit.FREE_DELIVERY, min_value=25_000, combines_order=True,
        countries="ES,PT,FR,DE,IT",
    )  # fmt: skip
    draft = _make(names["draft"], benefit=Benefit.PERCENT, percent=20, is_active=False, weekdays="4")
    draft.categories.set(Category.objects.filter(slug="blankets"))
    for each in (welcome, thanks, candles, parcel, draft, _soap(names["soap"])):
        promotions.changed(each)


def _soap(name: dict) -> Promotion:
    """A gift for who chooses a large blanket: it lies in the cart by itself."""
    gift = Variant.objects.filter(product__slug="olive-oil-soap").order_by("pk").first()
    soap = _make(
        name, benefit=Benefit.GIFT, gift=gift, min_value=14_000, is_active=gift is not None,
        combines_order=True, combines_shipping=True,
    )  # fmt: skip
    soap.categories.set(Category.objects.filter(slug="blankets"))
    return soap


def _make(name: dict, **fields) -> Promotion:
    return Promotion.objects.create(**{"is_active": True, **fields, **spread(name=name)})
