"""How the back office looks: django-unfold in the colours of the shop, and what stands in its menu."""

UNFOLD = {
    "SITE_TITLE": "Vitrina",
    "SITE_HEADER": "Vitrina",
    "SITE_SYMBOL": "storefront",
    "SHOW_VIEW_ON_SITE": True,
}
