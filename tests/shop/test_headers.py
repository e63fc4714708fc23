import pytest
from django.conf import settings

from tests import makers

pytestmark = pytest.mark.django_db


def policy(response) -> dict[str, str]:
    rules = (rule.split(" ", 1) for rule in response.headers["Content-Security-Policy"].split("; "))
    return {rule[0]: rule[1] if len(rule) > 1 else "" for rule in rules}


def test_the_shop_runs_no_inline_script_and_takes_no_inline_style(client):
    rules = policy(client.get("/nowhere/"))

    assert rules["script-src"] == "'self'"
    assert rules["style-src"] == "'self'"
    assert rules["object-src"] == rules["base-uri"] == rules["frame-ancestors"] == "'none'"


def test_only_the_back_office_may_evaluate(client):
    rules = policy(client.get("/admin/login/"))

    assert "'unsafe-eval'" in rules["script-src"]
    assert "'unsafe-inline'" not in rules["script-src"]
    assert rules["style-src"] == "'self' 'unsafe-inline'"


def test_every_page_closes_what_it_does_not_use(client):
    headers = client.get("/nowhere/").headers

    assert "camera=()" in headers["Permissions-Policy"]
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "strict-origin-when-cross-origin"


@pytest.mark.parametrize("path", ["/cart/", "/es/cart/", "/ru/my/", "/accounts/login/", "/admin/login/", "/orders/x/"])
def test_nobody_keeps_a_personal_page(client, path):
    assert client.get(path).headers["Cache-Control"] == "private, no-store"


def test_a_shared_cache_keeps_no_page_with_a_cart_in_its_head(client):
    assert client.get("/nowhere/").headers["Cache-Control"] == "private, no-cache"


@pytest.mark.parametrize("wish", ["ru", "es-MX,es;q=0.9", "de"])
def test_an_address_without_a_language_is_english_whatever_the_browser_wishes(client, wish):
    response = client.get("/nowhere/", headers={"accept-language": wish})

    assert response.headers["Content-Language"] == "en"
    assert '<html lang="en">' in response.content.decode()


@pytest.mark.parametrize("language", ["es", "ru"])
def test_the_language_stands_in_the_address(client, language):
    response = client.get(f"/{language}/nowhere/")

    assert f'<html lang="{language}">' in response.content.decode()


def test_the_switch_leads_to_the_same_page_with_its_filters(client):
    page = client.get("/es/nowhere/?colour=oat&page=2").content.decode()

    assert 'href="/nowhere/?colour=oat&amp;page=2" lang="en"' in page
    assert 'href="/ru/nowhere/?colour=oat&amp;page=2" lang="ru"' in page


def test_a_switched_language_is_remembered_for_the_bare_address_only(client):
    client.get("/es/nowhere/", headers={"host": "testserver", "referer": "http://testserver/nowhere/?page=2"})

    typed = client.get("/", headers={"sec-fetch-site": "none"})
    followed = client.get("/", headers={"sec-fetch-site": "cross-site"})
    other = client.get("/nowhere/", headers={"sec-fetch-site": "none"})

    assert client.cookies[settings.LANGUAGE_COOKIE_NAME].value == "es"
    assert (typed.status_code, typed.headers["Location"]) == (302, "/es/")
    assert followed.status_code == 200
    assert other.headers["Content-Language"] == "en"


def test_a_language_can_be_switched_back(client):
    client.get("/es/", headers={"host": "testserver", "referer": "http://testserver/"})
    client.get("/", headers={"host": "testserver", "referer": "http://testserver/es/", "sec-fetch-site": "same-origin"})

    assert client.get("/", headers={"sec-fetch-site": "none"}).status_code == 200


@pytest.mark.parametrize("referer", ["", "https://elsewhere.example/es/", "http://testserver/ru/other/"])
def test_no_language_is_remembered_without_a_choice(client, referer):
    client.get("/ru/nowhere/", headers={"host": "testserver", "referer": referer})

    assert settings.LANGUAGE_COOKIE_NAME not in client.cookies


def test_a_forged_language_cookie_changes_nothing(client):
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "//evil.example"

    assert client.get("/", headers={"sec-fetch-site": "none"}).status_code == 200


def test_a_guest_without_a_cart_gets_no_cookie_from_a_page_without_a_form(client):
    makers.make_category()

    assert not client.get("/nowhere/").cookies
