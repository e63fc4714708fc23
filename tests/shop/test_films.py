"""Films: known by their bytes, shown without loading, sent in parts."""

import re
from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from catalog import revision
from catalog.listings.film_files import NotAFilm, captions_of, ending_of
from catalog.models import Film
from tests.catalog.test_admin_product import change, inline
from tests.makers import make_customer, make_product, make_variant

pytestmark = pytest.mark.django_db
MP4 = b"\x00\x00\x00\x20ftypisom\x00\x00\x02\x00isomiso2avc1mp41" + b"film" * 100
WEBM = b"\x1a\x45\xdf\xa3\x9f\x42\x86\x81\x01\x42\xf7\x81\x01\x42\xf2\x81\x04\x42\xf3\x81\x08\x42\x82\x84webm"


@pytest.fixture(autouse=True)
def own_media(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def robe():
    return make_variant(make_product("Robe", slug="robe")).product


def test_a_film_is_known_by_its_first_bytes():
    assert [ending_of(BytesIO(film), len(film)) for film in (MP4, WEBM)] == ["mp4", "webm"]


@pytest.mark.parametrize("content", [b"", b"<script>", b"MZ" * 99, WEBM.replace(b"webm", b"mkv!"), MP4[:4] + b"nope"])
def test_what_is_no_film_is_refused(content):
    with pytest.raises(NotAFilm):
        ending_of(BytesIO(content), len(content))


def test_a_film_that_is_too_large_is_refused():
    with pytest.raises(NotAFilm, match="larger than"):
        ending_of(BytesIO(MP4), 101 * 1024 * 1024)


@pytest.mark.parametrize("content", [b"", b"1\n00:00", b"\xff\xfe", b"WEBVTTX", b"WEBVTT\n" + b"x" * 600_000])
def test_what_are_no_subtitles_are_refused(content):
    with pytest.raises(NotAFilm):
        captions_of(BytesIO(content))


def test_the_office_takes_a_film_and_the_page_shows_it_unloaded(client, robe):
    client.force_login(make_customer(is_staff=True, is_superuser=True))
    speech = b"WEBVTT\n\n00:00.000 --> 00:02.000\nHello"
    row = {"upload": SimpleUploadedFile("evil.php", MP4), "speech": SimpleUploadedFile("x", speech)}
    words = {"title_en": "How it <b>folds</b>", "title_es": "", "title_ru": "", "position": 0, "product": robe.pk}

    change(client, robe, **inline("films", row | words))
    film = Film.objects.get()
    page = client.get("/p/robe/").content.decode()

    assert re.fullmatch(r"films/robe-\w+\.mp4", film.file.name) and film.captions.name.endswith(".vtt")
    assert 'preload="none"' in page and film.file.url in page and film.captions.url in page
    assert "How it &lt;b&gt;folds&lt;/b&gt;" in page


def test_no_film_is_refused_at_its_field(client, robe):
    client.force_login(make_customer(is_staff=True, is_superuser=True))
    row = {"upload": SimpleUploadedFile("film.mp4", b"<html>"), "title_en": "Film", "position": 0, "product": robe.pk}

    page = change(client, robe, **inline("films", row)).content.decode()

    assert "This is not an MP4 or WebM film that browsers play." in page and not Film.objects.exists()


@pytest.mark.parametrize(
    ("asked", "status", "start", "length"),
    [
        ("bytes=0-9", 206, 0, 10),
        ("bytes=10-", 206, 10, len(MP4) - 10),
        ("bytes=-5", 206, len(MP4) - 5, 5),
        ("bytes=0-99999", 206, 0, len(MP4)),
        ("bytes=0-1,5-6", 200, 0, len(MP4)),
        ("nonsense", 200, 0, len(MP4)),
    ],
)
def test_a_part_of_a_film_is_sent(client, robe, asked, status, start, length):
    film = Film(product=robe, title="Film")
    film.file.save("film.mp4", ContentFile(MP4))
    revision.renew()

    response = client.get(film.file.url, headers={"Range": asked})

    assert response.status_code == status and response.headers["Accept-Ranges"] == "bytes"
    assert b"".join(response.streaming_content) == MP4[start : start + length]


def test_a_part_beyond_the_end_is_refused(client, robe):
    film = Film(product=robe, title="Film")
    film.file.save("film.mp4", ContentFile(MP4))

    assert client.get(film.file.url, headers={"Range": "bytes=99999-"}).status_code == 416


def test_the_address_of_the_office_page_opens(client, robe):
    client.force_login(make_customer(is_staff=True, is_superuser=True))

    assert client.get(reverse("admin:catalog_product_change", args=[robe.pk])).status_code == 200
