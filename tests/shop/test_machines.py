import json
from xml.etree import ElementTree

import pytest
from django.contrib.staticfiles import finders
from django.core.cache import cache
from django.db.migrations.recorder import MigrationRecorder

from shop import sitemap
from shop.models import Page
from tests import makers

NAMES = {"map": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}


def read(response) -> ElementTree.Element:
    return ElementTree.fromstring(b"".join(response.streaming_content))


def test_alive_needs_no_database(client):
    response = client.get("/healthz")

    assert (response.status_code, response.content) == (200, b"ok\n")


@pytest.mark.django_db
def test_ready_names_each_thing_it_looked_at(client):
    response = client.get("/readyz")

    assert response.json() == {"database": "ok", "migrations": "ok", "cache": "ok"}


@pytest.mark.django_db
def test_not_ready_while_a_migration_is_missing(client):
    MigrationRecorder.Migration.objects.filter(app="shop").delete()

    response = client.get("/readyz")

    assert response.status_code == 503
    assert response.json()["migrations"] == "not ready"


@pytest.mark.django_db
def test_not_ready_when_the_cache_is_away(client, monkeypatch):
    def away(*args, **kwargs):
        raise ConnectionError("redis://:password@host")

    monkeypatch.setattr(cache, "set", away)

    response = client.get("/readyz")

    assert response.status_code == 503
    assert response.json()["cache"] == "ConnectionError"


def test_robots_close_personal_pages_in_every_language(client):
    lines = client.get("/robots.txt").content.decode().splitlines()

    assert "Disallow: /checkout/" in lines
    assert "Disallow: /ru/my/" in lines
    assert "Sitemap: http://localhost/sitemap.xml" in lines


@pytest.mark.django_db
def test_the_manifest_makes_the_shop_installable(client):
    manifest = json.loads(client.get("/manifest.webmanifest").content)

    assert manifest["start_url"] == "/"
    assert {icon["sizes"] for icon in manifest["icons"]} == {"192x192", "512x512"}
    assert any(icon.get("purpose") == "maskable" for icon in manifest["icons"])
    for icon in manifest["icons"]:
        assert finders.find(icon["src"].removeprefix("/static/"))


def test_the_worker_watches_the_whole_shop_and_is_always_asked_for_anew(client):
    response = client.get("/sw.js")

    assert response.headers["Content-Type"] == "text/javascript"
    assert response.headers["Cache-Control"] == "no-cache"


def test_the_offline_page_says_that_the_cart_is_kept(client):
    response = client.get("/offline/")

    assert "Your cart is kept" in response.content.decode()


@pytest.mark.django_db
def test_the_sitemap_names_each_page_in_each_language(client):
    makers.make_product(slug="linen-robe", category=makers.make_category(slug="robes"))
    makers.make_product(slug="secret", status="draft", category=makers.make_category(slug="hidden", is_public=False))
    Page.objects.create(slug="delivery", title="Delivery", body="")

    places = {url.find("map:loc", NAMES).text: url for url in read(client.get("/sitemap.xml"))}

    for path in ("/", "/c/robes/", "/p/linen-robe/", "/pages/delivery/"):
        for prefix in ("", "/es", "/ru"):
            assert f"http://localhost{prefix}{path}" in places
    assert not [place for place in places if "secret" in place or "hidden" in place]
    links = places["http://localhost/es/p/linen-robe/"].findall("x:link", NAMES)
    assert {link.get("hreflang"): link.get("href") for link in links} == {
        "en": "http://localhost/p/linen-robe/",
        "es": "http://localhost/es/p/linen-robe/",
        "ru": "http://localhost/ru/p/linen-robe/",
        "x-default": "http://localhost/p/linen-robe/",
    }


@pytest.mark.django_db
def test_a_large_shop_gets_a_sitemap_in_parts(client, monkeypatch):
    monkeypatch.setattr(sitemap, "PART", 2)
    category = makers.make_category()
    for number in range(5):
        makers.make_product(slug=f"p{number}", category=category)

    index = [entry.find("map:loc", NAMES).text for entry in read(client.get("/sitemap.xml"))]
    pages = [url.find("map:loc", NAMES).text for place in index for url in read(client.get(place))]

    assert len(index) == 3
    assert [page for page in pages if "/p/" in page and "/ru/" in page] == [
        f"http://localhost/ru/p/p{number}/" for number in range(5)
    ]


@pytest.mark.django_db
@pytest.mark.parametrize("part", ["0", "2", "-1", "x", "١", "9" * 40])
def test_a_part_that_does_not_exist_is_not_found(client, part):
    assert client.get("/sitemap.xml", {"part": part}).status_code == 404
