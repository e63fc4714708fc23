"""What search engines read of a product (schema.org), saying the same price and availability as the page."""

import json

from django.conf import settings
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from catalog.money import Money
from catalog.queries.product import ProductPage, State, VariantView
from customers.models import ShopDetails
from shop.languages import absolute
from shop.promises import Promise

AVAILABILITY = {
    State.ALWAYS: "https://schema.org/InStock",
    State.IN_STOCK: "https://schema.org/InStock",
    State.LAST: "https://schema.org/LimitedAvailability",
    State.BACK_ORDER: "https://schema.org/BackOrder",
    State.PRE_ORDER: "https://schema.org/PreOrder",
    State.SOLD_OUT: "https://schema.org/OutOfStock",
}
# Ends neither the script element nor a line of it, whatever a merchant writes.
ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026", 0x2028: "\\u2028", 0x2029: "\\u2029"}


def product_data(page: ProductPage, chosen: VariantView | None, promise: Promise, path: str) -> dict:
    """The Product with its Offer for the variant shown."""
    data = {
        "@context": "https://schema.org",
        "@type": "Product",
        "name": page.name,
        "description": page.summary or page.name,
        "image": [absolute(picture.src) for picture in page.pictures_of(chosen)],
        "inLanguage": get_language(),
        "brand": {"@type": "Brand", "name": page.product.brand.name if page.product.brand else _seller()},
        "url": absolute(path),
    }
    if chosen:
        data |= {"sku": chosen.sku, "offers": _offer(chosen, path) | _shipping(promise)}
    return data


def _offer(chosen: VariantView, path: str) -> dict:
    price = Money(chosen.price, settings.SHOP_CURRENCY)
    return {
        "@type": "Offer",
        "url": absolute(f"{path}?sku={chosen.sku}"),
        "price": str(price.amount),
        "priceCurrency": price.currency,
        "availability": AVAILABILITY[chosen.availability.state],
        "itemCondition": "https://schema.org/NewCondition",
        "seller": {"@type": "Organization", "name": _seller()},
        "hasMerchantReturnPolicy": {
            "@type": "MerchantReturnPolicy",
            "applicableCountry": settings.SHOP_COUNTRY,
            "returnPolicyCategory": "https://schema.org/MerchantReturnFiniteReturnWindow",
            "merchantReturnDays": settings.RETURN_DAYS,
        },
    }


def _shipping(promise: Promise) -> dict:
    if promise.offer is None:
        return {}
    rate = Money(promise.offer.price, settings.SHOP_CURRENCY)
    method = promise.offer.method
    return {
        "shippingDetails": {
            "@type": "OfferShippingDetails",
            "shippingRate": {"@type": "MonetaryAmount", "value": str(rate.amount), "currency": rate.currency},
            "shippingDestination": {"@type": "DefinedRegion", "addressCountry": settings.SHOP_COUNTRY},
            "deliveryTime": {
                "@type": "ShippingDeliveryTime",
                "handlingTime": _days(0, method.handling_days),
                "transitTime": _days(method.min_days, method.max_days),
            },
        }
    }


def _days(least: int, most: int) -> dict:
    return {"@type": "QuantitativeValue", "minValue": least, "maxValue": most, "unitCode": "DAY"}


def crumbs_data(trail: list[dict]) -> dict:
    """The breadcrumb; its last step is the page itself and needs no address."""
    steps = [
        {"@type": "ListItem", "position": place, "name": step["name"]}
        | ({"item": absolute(step["url"])} if step["url"] else {})
        for place, step in enumerate(trail, 1)
    ]
    return {"@context": "https://schema.org", "@type": "BreadcrumbList", "itemListElement": steps}


def embedded(*things: dict) -> SafeString:
    """The data as it may stand inside a script element."""
    return SafeString(json.dumps(things, ensure_ascii=False).translate(ESCAPES))


def _seller() -> str:
    return ShopDetails.current().name
