"""The small cast that the tests share. Things are made by plain functions in `tests/makers.py`."""

from importlib.util import find_spec

import pytest
from django.conf import settings
from django.core.cache import cache
from django.utils import translation

from catalog import memo
from catalog.search import noting
from tests.stand_ins.stripe import StripeStandIn

# The Redis client belongs to the production lock: its tests join the run that has a Redis.
collect_ignore = [] if find_spec("redis") else ["config/test_cache.py"]


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
