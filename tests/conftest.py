"""The small cast that the tests share. Things are made by plain functions in `tests/makers.py`."""

import pytest
from django.core.cache import cache

from catalog import memo


@pytest.fixture(autouse=True)
def fresh_cache():
    cache.clear()
    memo.forget()
    yield
    cache.clear()
