"""Pictures of imported goods: from a folder, or from addresses that are nobody's private place."""

import http.server
import socket
import threading
import time
from contextlib import suppress
from io import BytesIO

import pytest
from PIL import Image

from catalog.actions import pictures
from catalog.actions.exporting import export
from catalog.actions.importing import fetch
from catalog.models import Picture, Product
from tests.catalog.files import cup, reasons, shopify, take, verdicts
from tests.makers import make_product, make_variant

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_media(settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path / "media")


def jpeg() -> bytes:
    out = BytesIO()
    Image.new("RGB", (400, 500), "#336699").save(out, "JPEG")
    return out.getvalue()


class Gallery(http.server.BaseHTTPRequestHandler):
    """Another shop's pictures."""

    def do_GET(self):
        self.server.asked.append(self.path)
        if self.path.startswith("/moved"):
            self.send_response(302)
            self.send_header("Location", "/cup.jpg")
            self.end_headers()
        elif self.path.startswith("/cup"):
            self.send_response(200)
            self.end_headers()
            self.wfile.write(jpeg())
        elif self.path.startswith("/page"):
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b"<html>")
        else:
            self.send_error(404)

    def log_message(self, *args):
        pass


@pytest.fixture
def gallery():
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Gallery)
    server.asked = []
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def address(server, path: str) -> str:
    return f"http://127.0.0.1:{server.server_port}{path}"


def test_a_picture_of_the_folder_is_found_by_its_name_and_taken_once(tmp_path):
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "Blue cup@2x.JPG").write_bytes(jpeg())
    path = shopify(
        tmp_path / "a.csv",
        cup(Image="https://cdn.example/files/blue%20cup@2x.jpg?v=12", **{"Image Alt Text": "A cup", "Axis": "Color"})
        | {"Value": "Blue", "Variant Image": "https://cdn.example/files/blue%20cup@2x.jpg?v=12"},
    )
    take(path, pictures=tmp_path)
    _, rows = take(path, pictures=tmp_path)

    picture = Picture.objects.get()
    assert (picture.alt_en, picture.value.code) == ("A cup", "blue")
    assert verdicts(rows) == ["same"]


def test_an_allowed_host_is_asked_and_each_fault_is_told(tmp_path, gallery, settings):
    settings.OUTBOUND_ALLOW = ["127.0.0.1"]
    lines = [{"Handle": "cup", "Image": address(gallery, path)} for path in ("/moved", "/none", "/page")]
    _, rows = take(shopify(tmp_path / "a.csv", cup(Image=address(gallery, "/cup 1.jpg")), *lines), fetch=True)

    assert verdicts(rows) == ["new", "warning", "warning", "warning"]
    assert [row.line for row in rows] == [2, 3, 4, 5]
    for part in ("redirects are not followed", "answered 404", "not a picture"):
        assert part in reasons(rows)
    assert Picture.objects.count() == 1
    assert gallery.asked == ["/cup%201.jpg", "/moved", "/none", "/page"]


def test_nobody_is_sent_to_places_of_ours(tmp_path, gallery):
    """The port is not even asked: the address is judged before."""
    _, rows = take(shopify(tmp_path / "a.csv", cup(Image=address(gallery, "/cup.jpg"))), fetch=True)

    assert gallery.asked == []
    assert verdicts(rows) == ["new", "warning"]


@pytest.mark.parametrize(
    "place",
    [
        *("127.0.0.1", "10.1.2.3", "192.168.0.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1", "[::1]"),
        *("[fe80::1]", "[fd00::1]", "[::ffff:10.0.0.1]", "[64:ff9b::a00:1]", "[2002:a00:1::]", "2130706433", "0x7f.1"),
    ],
)
def test_private_addresses_are_refused_however_they_are_written(place):
    with pytest.raises(fetch.NotFetched):
        fetch.fetch(f"http://{place}/cup.jpg")


def test_a_name_with_one_private_address_is_refused_as_a_whole(monkeypatch):
    answers = [(socket.AF_INET, 1, 6, "", (ip, 80)) for ip in ("93.184.215.14", "127.0.0.1")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **kwargs: answers)

    with pytest.raises(fetch.NotFetched, match="not a public address"):
        fetch.fetch("http://mixed.example/cup.jpg")


@pytest.mark.parametrize(
    "text",
    ["ftp://a.example/x", "file:///etc/passwd", "http://user:pw@a.example/", "http://", "http://a.example:22/", "//x",
     "http://[::1", "gopher://a.example"],
)  # fmt: skip
def test_only_plain_web_addresses_are_fetched(text):
    with pytest.raises(fetch.NotFetched):
        fetch.fetch(text)


def test_forty_pictures_of_a_host_that_is_not_there_ask_once(tmp_path, monkeypatch):
    asked = []

    def nobody(host, *args, **kwargs):
        asked.append(host)
        raise socket.gaierror("no such host")

    monkeypatch.setattr(socket, "getaddrinfo", nobody)
    lines = [{"Handle": "cup", "Image": f"https://gone.example/{n}.jpg"} for n in range(39)]
    sums, rows = take(shopify(tmp_path / "a.csv", cup(Image="https://gone.example/x.jpg"), *lines), fetch=True)

    assert asked == ["gone.example"]
    assert sums.counts == {"new": 1, "warning": 40}
    assert "gone.example cannot be found" in reasons(rows)


def test_a_host_that_drips_its_headers_is_cut_off(settings, monkeypatch):
    settings.OUTBOUND_ALLOW = ["127.0.0.1"]
    monkeypatch.setattr(fetch, "WHOLE", 0.5)
    over = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as server:

        def drip() -> None:
            other, _address = server.accept()
            with other, suppress(OSError):
                other.sendall(b"HTTP/1.1 200 OK\r\nX-Slow: ")
                while not over.wait(0.05):
                    other.sendall(b"x")

        threading.Thread(target=drip, daemon=True).start()
        started = time.monotonic()
        with pytest.raises(fetch.NotFetched):
            fetch.fetch(f"http://127.0.0.1:{server.getsockname()[1]}/slow.jpg")
        over.set()

    assert time.monotonic() - started < 3


def test_words_for_a_picture_come_back_in_every_language(tmp_path):
    product = make_variant(make_product("Vase", slug="vase")).product
    told = {"en": "A vase on a table", "ru": "Ваза на столе"}
    pictures.take(BytesIO(jpeg()), product, alt={"en": "Lid | open"})
    picture = pictures.take(BytesIO(jpeg()), product, alt=told)
    folder, path = tmp_path / "folder", tmp_path / "out.csv"
    folder.mkdir()
    for row in product.pictures.all():
        (folder / row.image.name.rpartition("/")[2]).write_bytes(jpeg())
    export(path, "csv")
    Product.objects.all().delete()
    take(path, pictures=folder)

    first, again = Picture.objects.order_by("position")
    assert (again.alt_en, again.alt_es or "", again.alt_ru) == (told["en"], "", told["ru"])
    assert (first.alt_en, again.pk != picture.pk) == ("Lid / open", True)
