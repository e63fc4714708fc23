"""The small cast that the tests share. Things are made by plain functions in `tests/makers.py`."""

import pytest
from django.core.cache import cache


@pytest.fixture(autouse=True)
def fresh_cache():
    cache.clear()
    yield
    cache.clear()
