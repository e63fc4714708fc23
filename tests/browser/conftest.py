"""A shop on this machine, a browser that looks at it, and a Stripe that both talk to."""

import os
from copy import deepcopy

import pytest
from django.core import mail

from catalog.actions.listing import refresh
from catalog.models import Product
from tests.browser.visitor import Visitor
from tests.chromium import ARGUMENTS, chromium_path
from tests.makers import make_category, make_counter, make_product, make_variant

PHONE = {"width": 360, "height": 740}
DESK = {"width": 1280, "height": 800}


def pytest_collection_modifyitems(items):
    here = os.path.dirname(__file__)
    for item in items:
        if str(item.path).startswith(here):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="package")
def chromium():
    path = chromium_path()
    if path is None:
        # `make test` leaves these out by name; whoever calls pytest himself is told. Under CI nothing is left out.
        (pytest.fail if os.environ.get("CI") else pytest.skip)("No Chromium was found.")
    from playwright.sync_api import sync_playwright

    # Playwright keeps a loop in this thread; the database calls of the tests are plain ones.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def shop(settings, stripe, live_server):
    """The shop's address. It knows it too, takes cards through the stand-in, and hears of payments by webhook."""
    settings.SITE_URL = live_server.url
    settings.CSRF_TRUSTED_ORIGINS = [live_server.url]
    policy = deepcopy(settings.CONTENT_SECURITY_POLICY)
    policy["DIRECTIVES"]["form-action"].append(stripe.url)
    settings.CONTENT_SECURITY_POLICY = policy
    stripe.webhook_url = f"{live_server.url}/webhooks/stripe/"
    mail.outbox.clear()
    return live_server.url


@pytest.fixture
def blanket(shop):
    """Five blankets at 49.00 that can be found, in a shop that is ready to sell."""
    make_counter()
    textiles = make_category("Textiles", name_es="Textiles", slug="textiles")
    product = make_product("Wool blanket", textiles, name_es="Manta de lana", slug="wool-blanket")
    variant = make_variant(product, stock=5, price=4900, sku="BLANKET")
    refresh([product.pk, *Product.objects.values_list("pk", flat=True)])
    return variant


@pytest.fixture
def visitor(chromium, shop):
    """Opens browsers: `visitor(language="es", javascript=False)`; each is somebody else, on another device."""
    contexts = []

    def arrive(language: str = "en", javascript: bool = True, viewport: dict = PHONE) -> Visitor:
        context = chromium.new_context(
            base_url=shop, viewport=viewport, java_script_enabled=javascript, locale=language, reduced_motion="reduce"
        )
        context.set_default_timeout(15_000)
        contexts.append(context)
        return Visitor(context.new_page(), language)

    yield arrive
    for context in contexts:
        context.close()
