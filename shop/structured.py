"""What search engines read of a product (schema.org), saying the same price and availability as the page."""

import json

from django.conf import settings
from django.templatetags.static import static
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import get_language

from catalog import markets
from catalog.money import Money
from catalog.queries.product import ProductPage, State, VariantView
from customers.models import ShopDetails
from shop.feeds.columns import gtin
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
SCHEMA_AXES = {
    axis: f"https://schema.org/{name}"
    for axis, name in {"colour": "color", "color": "color", "size": "size", "material": "material"}.items()
}
# A product with hundreds of variants must not make its page heavy.
MOST_VARIANTS = 30
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
    if page.product.category_id:
        data["category"] = " > ".join(link.name for link in page.breadcrumb)
    if chosen and chosen.price is not None:
        data |= _piece(chosen) | {"offers": _offer(chosen, path) | _shipping(promise)}
    if len(page.variants) > 1:
        data |= {"inProductGroupWithID": f"p{page.product.pk}", "isVariantOf": _group(page, path)}
    return data


def _piece(variant: VariantView) -> dict:
    code = gtin(variant.barcode)
    return {"sku": variant.sku} | ({"gtin": code} if code else {})


def _group(page: ProductPage, path: str) -> dict:
    """The whole of which the shown variant is one; the first of its variants, each with its own offer."""
    varies = [SCHEMA_AXES[axis] for axis in dict.fromkeys(value.axis for value in page.values) if axis in SCHEMA_AXES]
    return {
        "@type": "ProductGroup",
        "name": page.name,
        "productGroupID": f"p{page.product.pk}",
        "url": absolute(path),
        "variesBy": varies,
        "hasVariant": [
            {"@type": "Product", "name": ", ".join(filter(None, [page.name, variant.words]))}
            | _piece(variant)
            | {"offers": _offer(variant, path)}
            for variant in page.variants[:MOST_VARIANTS]
            if variant.price is not None
        ],
    }


def shop_data() -> dict:
    """Who sells here, for the front page."""
    details = ShopDetails.current()
    told = {"email": details.email, "telephone": details.phone, "vatID": details.vat_number}
    return {
        "@context": "https://schema.org",
        "@type": "Organization",
        "name": details.name,
        "legalName": details.legal_name or details.name,
        "url": absolute("/"),
        "logo": absolute(static("icons/app-512.png")),
        **{name: value for name, value in told.items() if value},
    }


def site_data(search: str) -> dict:
    """The site and where to search it, for the front page. `search` is the path of the search page."""
    return {
        "@context": "https://schema.org",
        "@type": "WebSite",
        "name": _seller(),
        "url": absolute("/"),
        "inLanguage": get_language(),
        "potentialAction": {
            "@type": "SearchAction",
            "target": {"@type": "EntryPoint", "urlTemplate": f"{absolute(search)}?q={{words}}"},
            "query-input": "required name=words",
        },
    }


def _offer(chosen: VariantView, path: str) -> dict:
    price = Money(chosen.price, chosen.quote.market.currency)
    return {
        "@type": "Offer",
        "url": absolute(f"{path}?sku={chosen.sku}"),
        "price": str(price.amount),
        "priceCurrency": price.currency,
        **({"priceValidUntil": localtime(chosen.ends_at).date().isoformat()} if chosen.ends_at else {}),
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
    rate = Money(promise.offer.price, markets.current().currency)
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
