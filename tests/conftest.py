"""The small cast that the tests share. Things are made by plain functions in `tests/makers.py`."""

import gc
import os
from importlib.util import find_spec

import pytest
from django.conf import settings
from django.core.cache import cache
from django.utils import translation
from hypothesis import HealthCheck
from hypothesis import settings as examples

from catalog import memo
from catalog.search import noting
from tests.stand_ins.stripe import StripeStandIn

# A busy machine is no fault of what is tried: how long an example took says nothing about a promise.
# On the second database fewer examples are thrown than on the first.
THROWN = 30 if os.environ.get("SECOND_LEG") else 100
examples.register_profile("patient", deadline=None, max_examples=THROWN, suppress_health_check=[HealthCheck.too_slow])
examples.load_profile("patient")

# The clients of Redis, OpenSearch, providers of mail and push services belong to the production lock: their tests join
# the run that has them.
CLIENTS = {
    "redis": "config/test_cache.py",
    "opensearchpy": "catalog/test_search_server.py",
    "anymail": "shop/test_mail_reports.py",
    "pywebpush": "marketing/test_outside.py",
}
collect_ignore = [file for client, file in CLIENTS.items() if not find_spec(client)]
if os.environ.get("SECOND_LEG"):
    # What no database or broker can change is tried once, in the first leg of CI: it has fifteen minutes for both.
    collect_ignore += [
        "config/test_broker.py",
        "config/test_environment.py",
        "config/test_start.py",
        "stand_ins",
        "test_house.py",
        *(f"browser/test_{name}.py" for name in ("checkout", "describing", "finding", "late", "leading")),
        *(f"browser/test_{name}.py" for name in ("paying", "reminding")),
        *(f"catalog/test_{name}.py" for name in (
            "admin_collections", "admin_prices", "admin_product", "admin_stock", "admin_stock_pages", "admin_tree",
            "admin_types", "analysis", "avif", "category_import", "category_import_pages", "export", "facts",
            "import_catalogues", "import_files", "import_mapping", "import_pages", "import_pictures", "import_real",
            "import_shopify", "memo", "money", "navigation", "personalising", "pickers", "pictures", "price_bulk",
            "price_rules", "product", "publishing", "ratings", "reductions", "search_log", "variant_table",
        )),
        *(f"customers/test_{name}.py" for name in ("letters", "office")),
        *(f"marketing/test_{name}.py" for name in (
            "broadcast_office", "dispatching", "experiments", "office", "person_page", "planning", "review_admin",
            "segment_office", "words",
        )),
        *(f"marketing/templates/test_{name}.py" for name in ("content", "editor")),
        *(f"marketing/reports/test_{name}.py" for name in ("attribution", "lift")),
        "marketing/flows/test_machine.py",
        *(f"orders/test_{name}.py" for name in (
            "admin_list", "admin_money", "admin_order", "admin_terms", "bank", "delivery", "kept_promises", "papers",
            "pricing", "promotion_engine", "providers", "refund_order", "structured", "summary", "tax", "zones",
        )),
        *(f"shop/test_{name}.py" for name in (
            "accounts", "at_once", "attacks", "browse", "card", "cards", "cart", "cart_links", "checkout",
            "collections", "company", "compare", "currencies", "demo_data", "demo_fill", "demo_pictures", "drawing",
            "errors", "feeds", "films", "gift_cards", "headers", "kinds", "lists", "machines", "media", "moved", "my",
            "notices", "office_theme", "on_site", "order", "pages", "personalised", "phone", "points", "post",
            "preferences", "product", "promotions", "questions", "reviews", "rights", "saved_cards", "signing_in",
            "staff", "text_reports", "traces", "untranslated", "webhooks",
        )),
    ]  # fmt: skip


def pytest_configure():
    """A table of facts that cannot be deleted would stand in the way of emptying the database after a test."""
    from django.db.backends.sqlite3.base import DatabaseOperations

    flush = DatabaseOperations.execute_sql_flush

    def unsealed_flush(self, sql_list):
        from orders.ledger_seal import seal, unseal

        unseal(self.connection)
        flush(self, sql_list)
        seal(self.connection)

    DatabaseOperations.execute_sql_flush = unsealed_flush


def pytest_collection_finish():
    """What is loaded now stays: Python need not look through it for litter again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(200_000, 20, 100)


@pytest.fixture(autouse=True)
def fresh_cache():
    cache.clear()
    memo.forget()
    yield
    cache.clear()
    # A request in another language leaves it behind in this thread.
    translation.activate(settings.LANGUAGE_CODE)
    noting.forget()


@pytest.fixture
def stripe(settings):
    """A Stripe of our own, to which this test's shop talks. Its events are handed over by the test."""
    with StripeStandIn() as running:
        settings.STRIPE_API_BASE = running.url
        settings.STRIPE_SECRET_KEY = running.secret_key
        settings.STRIPE_WEBHOOK_SECRET = running.webhook_secret
        yield running
