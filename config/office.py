"""How the back office looks: django-unfold in the colours of the shop, and what stands in its menu."""

from functools import cache, partial
from itertools import count

from django.templatetags.static import static
from django.urls import reverse_lazy
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


def item(title, icon: str, model: str, **more) -> dict:
    """A line of the menu that leads to the list of a model; seen by those who may read it."""
    app, name = model.split(".")
    return {
        "title": title,
        "icon": icon,
        "link": reverse_lazy(f"admin:{app}_{name}_changelist"),
        "permission": lambda request: request.user.has_perm(f"{app}.view_{name}"),
        **more,
    }


def page(title, icon: str, address: str, permission: str) -> dict:
    """A page that is no list of a model, for those who may do that."""
    allowed = lambda request: request.user.has_perm(permission)  # noqa: E731 - the theme calls it with a request
    return {"title": title, "icon": icon, "link": reverse_lazy(address), "permission": allowed}


def group(title, *items: dict, folded: bool = False) -> dict:
    return {"title": title, "items": list(items), "separator": False, "collapsible": folded}


MENU = [
    group(
        None,
        {"title": _("Today"), "icon": "wb_sunny", "link": reverse_lazy("admin:index")},
        item(_("Orders"), "receipt_long", "orders.order", badge="shop.admin.menu.to_pack", badge_variant="primary"),
        page(_("Orders by telephone"), "call", "phone-orders", "orders.change_order"),
        item(_("Carts left behind"), "production_quantity_limits", "orders.cart"),
        item(_("Customers"), "group", "customers.customer"),
        item(_("Customer groups"), "groups", "customers.customergroup"),
    ),
    group(
        _("Goods"),
        item(_("Products"), "category", "catalog.product"),
        item(_("Categories"), "account_tree", "catalog.category"),
        item(_("Collections"), "collections_bookmark", "catalog.collection"),
        item(_("Brands"), "local_mall", "catalog.brand"),
        page(_("Import products"), "upload_file", "admin:catalog_product_import", "catalog.add_product"),
        page(_("Import categories"), "drive_folder_upload", "admin:catalog_category_import", "catalog.add_category"),
        page(_("Export products"), "download", "admin:catalog_product_export", "catalog.view_product"),
    ),
    group(
        _("Stock"),
        item(_("Stock"), "inventory_2", "catalog.stocklevel"),
        page(_("Running low"), "trending_down", "admin:catalog_stocklevel_low", "catalog.view_stocklevel"),
        item(_("Goods on their way"), "move_to_inbox", "catalog.consignment"),
        item(_("Stock-takes"), "barcode_scanner", "catalog.stocktake"),
        item(_("Stock ledger"), "history", "catalog.stockmovement"),
    ),
    group(
        _("Prices"),
        item(_("Price lists"), "request_quote", "catalog.pricelist"),
        item(_("Sales"), "percent", "catalog.sale"),
        item(_("Promotions"), "loyalty", "orders.promotion"),
        item(_("Promotion codes"), "confirmation_number", "orders.promotioncode"),
        item(_("Cart links"), "link", "orders.cartlink"),
        item(_("Price history"), "timeline", "catalog.pricechange"),
        page(_("Prices from a file"), "price_change", "admin:catalog_pricechange_file", "catalog.change_variant"),
    ),
    group(
        _("Describing and finding"),
        item(_("Product types"), "interests", "catalog.producttype"),
        item(_("Attributes"), "sell", "catalog.attribute"),
        item(_("Options"), "tune", "catalog.option"),
        item(_("Tags"), "label", "catalog.tag"),
        item(_("Searches"), "search", "catalog.searchcount"),
        item(_("Synonyms"), "swap_horiz", "catalog.synonym"),
        folded=True,
    ),
    group(
        _("What people say"),
        item(_("Reviews"), "reviews", "marketing.review", badge="shop.admin.menu.to_read", badge_variant="primary"),
        item(_("Questions"), "contact_support", "marketing.question", badge="shop.admin.menu.to_answer"),
        item(_("Answers"), "question_answer", "marketing.answer"),
        item(_("Waited for"), "hourglass_top", "marketing.wantedvariant"),
        item(_("Notices"), "notifications", "marketing.notice"),
    ),
    group(
        _("Marketing"),
        item(_("People"), "diversity_3", "marketing.profile"),
        item(_("Segments"), "workspaces", "marketing.segment"),
        item(_("Flows"), "mark_email_unread", "marketing.flow"),
        item(_("Broadcasts"), "campaign", "marketing.broadcast"),
        item(_("Templates"), "draft", "marketing.template"),
        item(_("Messages"), "forum", "marketing.message"),
        item(_("Limits"), "speed", "marketing.pressurepolicy"),
        item(_("Consents"), "how_to_reg", "customers.consent"),
        item(_("Numbers for texts"), "phone_iphone", "customers.phonenumber"),
        item(_("Devices"), "devices", "marketing.pushsubscription"),
        item(_("Barred addresses"), "block", "customers.suppression"),
        page(_("What it brought"), "insights", "admin:marketing_reports", "marketing.view_event"),
        item(_("What providers tell"), "move_to_inbox", "marketing.deliveryevent"),
        item(_("Other systems"), "hub", "marketing.webhooktarget"),
        item(_("Visits and sales"), "query_stats", "marketing.event"),
        page(_("Feeds"), "rss_feed", "staff-feeds", "catalog.view_product"),
    ),
    group(
        _("Money and parcels"),
        item(_("Invoices"), "request_page", "orders.invoice"),
        item(_("Payments"), "payments", "orders.payment"),
        page(_("Match transfers"), "account_balance_wallet", "admin:orders_bankline_desk", "orders.change_order"),
        item(_("Refunds"), "currency_exchange", "orders.refund"),
        item(_("Gift cards and store credit"), "redeem", "orders.creditaccount"),
        page(_("Tax by country"), "account_balance", "admin:orders_taxrate_report", "orders.view_taxrate"),
        item(_("Shipments"), "local_shipping", "orders.shipment"),
        page(_("Promised days"), "event_available", "admin:orders_shipment_kept", "orders.view_shipment"),
        item(_("Mails"), "mail", "customers.mail"),
        item(_("Texts (SMS)"), "sms", "customers.text"),
        folded=True,
    ),
    group(
        _("Shop"),
        item(_("Shop details"), "storefront", "customers.shopdetails"),
        item(_("Home page"), "home", "shop.homepage"),
        item(_("Pages"), "article", "shop.page"),
        page(_("Missing translations"), "translate", "admin:shop_untranslated", "catalog.view_product"),
        item(_("Delivery methods"), "local_post_office", "orders.deliverymethod"),
        item(_("Delivery zones"), "public", "orders.deliveryzone"),
        item(_("Pick-up points of carriers"), "pin_drop", "orders.pickuppoint"),
        item(_("Payment methods"), "credit_card", "orders.paymentmethod"),
        item(_("Buying on account"), "credit_score", "orders.accountterms"),
        item(_("Tax rates"), "calculate", "orders.taxrate"),
        item(_("Tax classes"), "layers", "catalog.taxclass"),
        item(_("Tax regions"), "map", "orders.taxregion"),
        item(_("Closed days"), "event_busy", "orders.closedday"),
        item(_("Locations"), "warehouse", "catalog.location"),
        folded=True,
    ),
    group(
        _("Engine room"),
        item(_("Clock"), "schedule", "django_celery_beat.periodictask"),
        item(_("Provider events"), "webhook", "orders.providerevent"),
        item(_("Reservations"), "lock_clock", "orders.reservation"),
        item(_("Checks of the stock books"), "fact_check", "orders.shelfcheck"),
        item(_("Checks of the money"), "balance", "orders.moneycheck"),
        item(_("Confirmed addresses"), "verified", "account.emailaddress"),
        item(_("Roles"), "badge", "auth.group"),
        folded=True,
    ),
]


@cache
def _links(language: str) -> tuple[str, tuple[str, ...]]:
    """Home, and where every line leads. Asked for each line of each page: written out once in a process."""
    return str(reverse_lazy("admin:index")), tuple(str(line["link"]) for part in MENU for line in part["items"])


def current(path: str) -> str:
    """Of the lines that lead to a page or to what lies above it, the one that leads nearest to it is current."""
    home, links = _links(get_language())
    return max((one for one in links if path.startswith(one) and one != home), key=len, default=path)


def _is_current(request, number: int) -> bool:
    if not hasattr(request, "office_line"):
        request.office_line = current(request.path)
    return _links(get_language())[1][number] == request.office_line


def _navigation() -> list[dict]:
    numbers = count()
    mark = lambda line: {**line, "active": partial(_is_current, number=next(numbers))}  # noqa: E731
    return [{**part, "items": [mark(line) for line in part["items"]]} for part in MENU]


UNFOLD = {
    "SITE_TITLE": "Vitrina",
    "SITE_HEADER": "Vitrina",
    "SITE_SUBHEADER": _("Back office"),
    "SITE_SYMBOL": "storefront",
    "SITE_FAVICONS": [
        {"rel": "icon", "type": "image/svg+xml", "href": lambda request: static("icons/vitrina.svg")},
    ],
    "LOGIN": {"form": "shop.forms.office.OfficeLoginForm"},
    "SHOW_VIEW_ON_SITE": True,
    "SHOW_LANGUAGES": True,
    "LANGUAGES": {"action": reverse_lazy("office-language")},
    "BORDER_RADIUS": "4px",
    "STYLES": [lambda request: static("css/office.css")],
    "SCRIPTS": [lambda request: static("js/office-field.js")],
    "DASHBOARD_CALLBACK": "shop.admin.dashboard.front_page",
    "SIDEBAR": {
        "show_search": False,
        "show_all_applications": False,
        "navigation": _navigation(),
    },
    # The spruce and the paper of static/css/tokens.css, in the steps that the theme asks for.
    "COLORS": {
        "base": {
            "50": "oklch(98.4% .007 85)",
            "100": "oklch(95.4% .012 82)",
            "200": "oklch(88.5% .012 80)",
            "300": "oklch(82% .013 78)",
            "400": "oklch(70% .016 76)",
            "500": "oklch(50% .018 72)",
            "600": "oklch(43% .016 70)",
            "700": "oklch(33% .012 75)",
            "800": "oklch(26% .01 75)",
            "900": "oklch(19.5% .008 75)",
            "950": "oklch(15% .008 75)",
        },
        "primary": {
            "50": "oklch(97% .012 165)",
            "100": "oklch(93.5% .022 165)",
            "200": "oklch(88% .035 165)",
            "300": "oklch(84% .05 166)",
            "400": "oklch(82% .062 166)",
            "500": "oklch(76% .07 166)",
            "600": "oklch(40% .062 168)",
            "700": "oklch(34% .055 168)",
            "800": "oklch(30% .05 168)",
            "900": "oklch(26% .04 168)",
            "950": "oklch(20% .03 168)",
        },
    },
}
