"""Production refuses to start with a missing or unsafe setting, and says which."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from config import environment

GOOD = {
    "SECRET_KEY": "0123456789-abcdefghijklmnopqrstuvwxyz-ABCDEFGHIJKLMNOP",
    "ALLOWED_HOSTS": "shop.example",
    "SITE_URL": "https://shop.example",
    "STRIPE_SECRET_KEY": "",
}


@pytest.fixture
def told(monkeypatch):
    """Tell the deployment's settings, some of them different."""

    def tell(**changes):
        for name, value in {**GOOD, **changes}.items():
            monkeypatch.setenv(name, value)
        return environment.problems(debug=False)

    return tell


def test_a_shop_that_was_told_everything_starts(told):
    assert told() == []


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"SECRET_KEY": ""}, "SECRET_KEY is missing"),
        ({"SECRET_KEY": "short"}, "SECRET_KEY is too weak"),
        ({"SECRET_KEY": "a" * 60}, "SECRET_KEY is too weak"),
        ({"ALLOWED_HOSTS": ""}, "ALLOWED_HOSTS is missing"),
        ({"ALLOWED_HOSTS": "*"}, "ALLOWED_HOSTS is unsafe"),
        ({"SITE_URL": ""}, "SITE_URL is missing"),
        ({"SITE_URL": "shop.example"}, "SITE_URL is not an address"),
        ({"SITE_URL": "http://shop.example"}, "SITE_URL is unsafe"),
        ({"STRIPE_SECRET_KEY": "sk_live_x", "STRIPE_WEBHOOK_SECRET": ""}, "STRIPE_WEBHOOK_SECRET is missing"),
    ],
)
def test_what_is_missing_or_unsafe_is_named(told, changes, named):
    found = told(**changes)

    assert len(found) == 1
    assert found[0].startswith(named)


def test_the_refusal_names_every_problem_at_once(told):
    told(SECRET_KEY="", SITE_URL="")

    with pytest.raises(ImproperlyConfigured) as refusal:
        environment.refuse_unsafe_start(debug=False)

    assert "SECRET_KEY is missing" in str(refusal.value)
    assert "SITE_URL is missing" in str(refusal.value)


def test_a_shop_under_development_starts_without_any(told):
    told(SECRET_KEY="", ALLOWED_HOSTS="", SITE_URL="")

    assert environment.problems(debug=True) == []
