"""The shop goes on while Redis is away."""

import pytest

from config.cache import ForgivingRedisCache

NOBODY = "redis://127.0.0.1:1/0"


@pytest.fixture
def away() -> ForgivingRedisCache:
    return ForgivingRedisCache(NOBODY, {})


def test_what_cannot_be_asked_is_not_known(away):
    assert away.get("x") is None
    assert away.get("x", "default") == "default"
    assert away.get_many(["x", "y"]) == {}
    assert away.has_key("x") is False


def test_what_cannot_be_kept_is_not_kept_and_nobody_is_stopped(away):
    away.set("x", 1, 60)
    away.set_many({"x": 1})
    away.delete("x")

    assert away.add("x", 1, 60) is True
    assert away.incr("x") == 1
    assert away.get_or_set("x", 5) == 5


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/", "/cart/", "/accounts/login/", "/search/?q=cup"])
def test_pages_open_without_redis(client, settings, address):
    settings.CACHES = {"default": {"BACKEND": "config.cache.ForgivingRedisCache", "LOCATION": NOBODY}}

    assert client.get(address).status_code == 200
