"""The small cast that the tests share. Things are made by plain functions in `tests/makers.py`."""

import pytest
from django.core.cache import cache

from catalog import memo
from tests.stand_ins.stripe import StripeStandIn


@pytest.fixture(autouse=True)
def fresh_cache():
    cache.clear()
    memo.forget()
    yield
    cache.clear()


@pytest.fixture
def stripe(settings):
    """A Stripe of our own, to which this test's shop talks. Its events are handed over by the test."""
    with StripeStandIn() as running:
        settings.STRIPE_API_BASE = running.url
        settings.STRIPE_SECRET_KEY = running.secret_key
        settings.STRIPE_WEBHOOK_SECRET = running.webhook_secret
        yield running
