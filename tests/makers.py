"""Plain functions that make things, with honest defaults."""

from itertools import count

from django.utils import timezone

from catalog.models import (
    Category,
    ListPrice,
    Location,
    Personalisation,
    PriceList,
    Product,
    Sale,
    SalePrice,
    StockLevel,
    StockMovement,
    Variant,
)
from customers.models import Customer
from orders.actions import carts, credit, pickup_lists, promotions
from orders.details import Details
from orders.models import Cart, CreditAccount, DeliveryMethod, PaymentMethod, PickupList, Promotion, TaxRate

_numbers = count(1)


def make_category(name: str = "Blankets", parent: Category | None = None, **fields) -> Category:
    fields = {"name": name, "slug": fields.pop("slug", f"category-{next(_numbers)}"), **fields}
    return Category.objects.add_child(parent, fields) if parent else Category.objects.add_root(fields)


def make_product(name: str = "Wool blanket", category: Category | None = None, **fields) -> Product:
    """A published product without variants."""
    fields.setdefault("slug", f"product-{next(_numbers)}")
    fields.setdefault("status", Product.Status.PUBLISHED)
    fields.setdefault("published_at", timezone.now())
    return Product.objects.create(name=name, category=category or make_category(), **fields)


def make_variant(product: Product | None = None, stock: int = 10, price: int = 4900, **fields) -> Variant:
    """A variant for sale with that many pieces on hand at the one location."""
    fields.setdefault("sku", f"SKU-{next(_numbers)}")
    fields.setdefault("combination", fields["sku"])
    product = product or make_product()
    variant = Variant.objects.create(product=product, price=price, **fields)
    if variant.tracks_stock:
        put_on_shelf(variant, stock)
    return variant


def make_personalisation(product: Product, kind: str = "text", label: str = "Name to engrave", **fields):
    """Something that the product asks its buyers."""
    return Personalisation.objects.create(product=product, kind=kind, label=label, **fields)


def put_on_shelf(variant: Variant, quantity: int) -> StockLevel:
    location, _ = Location.objects.get_or_create(name="Warehouse")
    level = StockLevel.objects.create(variant=variant, location=location, on_hand=quantity)
    if quantity:
        StockMovement.objects.create(
            level=level, delta=quantity, on_hand_after=quantity, reason=StockMovement.Reason.OPENING
        )
    return level


def make_price_list(prices: dict, **fields) -> PriceList:
    """A list of prices by variant, or by (variant, from so many pieces). The lists follow at the next refresh."""
    fields.setdefault("name", f"List {next(_numbers)}")
    price_list = PriceList.objects.create(**fields)
    for key, price in prices.items():
        variant, step = key if isinstance(key, tuple) else (key, 1)
        ListPrice.objects.create(price_list=price_list, variant=variant, from_quantity=step, price=price)
    return price_list


def make_sale(prices: dict | None = None, **fields) -> Sale:
    """A sale, by default of a percentage; `prices` are by variant, in the shop's currency."""
    chosen = {name: fields.pop(name) for name in ("products", "categories", "brands") if name in fields}
    fields.setdefault("name", f"Sale {next(_numbers)}")
    fields.setdefault("starts_at", timezone.now())
    sale = Sale.objects.create(**fields)
    for name, things in chosen.items():
        getattr(sale, name).set(things)
    for variant, price in (prices or {}).items():
        SalePrice.objects.create(sale=sale, variant=variant, price=price)
    return sale


def make_promotion(code: str = "", **fields) -> Promotion:
    """A promotion in use; with a code only for who types it. By default ten percent off all goods."""
    linked = {name: fields.pop(name) for name in promotions.keeping.LINKED if name in fields}
    abroad = fields.pop("abroad", {})
    benefit = fields.setdefault("benefit", Promotion.Benefit.PERCENT)
    if benefit in Promotion.NEED_PERCENT:
        fields.setdefault("percent", 10)
    fields = {"name": f"Promotion {next(_numbers)}", "is_active": True, "needs_code": bool(code), **fields}
    promotion = Promotion.objects.create(**fields)
    for name, things in linked.items():
        getattr(promotion, name).set(things)
    for currency, amounts in abroad.items():
        promotion.amounts.create(currency=currency, **amounts)
    if code:
        promotions.make_code(promotion, code)
    promotions.changed(promotion)
    return promotion


def make_customer(email: str = "", **fields) -> Customer:
    return Customer.objects.create_user(email or f"customer{next(_numbers)}@example.com", "correct horse", **fields)


def make_cart(*wanted: Variant | tuple[Variant, int], **fields) -> Cart:
    """An open cart with these variants in it, one piece of each unless a number is given."""
    cart = Cart.objects.create(**fields)
    for want in wanted:
        variant, quantity = want if isinstance(want, tuple) else (want, 1)
        carts.add(cart, variant, quantity)
    return cart


def make_delivery(code: str = "standard", price: int = 490, **fields) -> DeliveryMethod:
    """A delivery method to everywhere."""
    return DeliveryMethod.objects.create(code=code, name=fields.pop("name", code.title()), price=price, **fields)


def make_counter() -> None:
    """What an order needs beside goods: a delivery method, all ways to pay, Spanish tax."""
    make_delivery()
    for code in PaymentMethod.Code:
        PaymentMethod.objects.create(code=code, name=code.label, instructions=f"Instructions for {code.label}")
    for tax_class, rate_bp in (("standard", 2100), ("reduced", 1000)):
        TaxRate.objects.create(country="ES", tax_class_id=tax_class, rate_bp=rate_bp)


def make_details(**fields) -> Details:
    """What Ada types at the checkout: a parcel to Madrid, paid by bank transfer."""
    ada = {
        "email": "ada@example.com",
        "name": "Ada Byron",
        "line1": "Calle Mayor 1",
        "postcode": "28013",
        "city": "Madrid",
        "country": "ES",
        "delivery": "standard",
        "payment": "bank_transfer",
    }
    return Details(**{**ada, **fields})


def make_gift_card(amount: int = 5000, currency: str = "EUR", **fields) -> CreditAccount:
    """A gift card that staff gave away."""
    return credit.issue(amount, currency, timezone.now(), **fields)


def make_points(*rows: str, carrier: str = "Kiosk", country: str = "ES", is_whole: bool = True) -> PickupList:
    """A carrier's list, taken over; each row is `code;name;address;postcode;city;lat;lon;hours`."""
    text = "\n".join(["code;name;address;postcode;city;lat;lon;hours", *rows])
    sent = pickup_lists.keep(text.encode(), "points.csv", carrier, country, is_whole)
    pickup_lists.take(sent, sent.columns, timezone.now())
    sent.refresh_from_db()
    return sent
