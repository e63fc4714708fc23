"""Only real pictures are taken, and nothing of a file is kept but its pixels."""

import struct
import zlib
from io import BytesIO
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from PIL import Image

from catalog.actions import listing, pictures
from catalog.listings import raster
from catalog.models import Listing, Picture
from catalog.tasks import derive_picture, derive_pictures
from tests.makers import make_product, make_variant


@pytest.fixture(autouse=True)
def own_media(settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path)


def file_of(size=(1600, 2000), mode="RGB", kind="JPEG", colour="#a0522d", **options) -> BytesIO:
    out = BytesIO()
    Image.new(mode, size, colour).save(out, kind, **options)
    out.seek(0)
    return out


def master(file: BytesIO) -> Image.Image:
    return Image.open(BytesIO(raster.master_of(file)[0]))


def bomb(width: int, height: int) -> BytesIO:
    """A PNG of a few bytes that claims to be enormous."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    pixels = chunk(b"IDAT", zlib.compress(b"\0" * 100))
    return BytesIO(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + pixels + chunk(b"IEND", b""))


@pytest.mark.parametrize(
    ("size", "expected"),
    [
        ((4000, 5000), (1152, 1440)),
        ((800, 1000), (800, 1000)),
        ((1000, 1000), (800, 1000)),
        ((3000, 1000), (1152, 1440)),
        ((16, 16), (320, 400)),
        ((1, 3000), (1152, 1440)),
    ],
)
def test_every_master_is_four_to_five_and_not_too_large(size, expected):
    assert master(file_of(size)).size == expected


def test_what_is_far_from_four_to_five_lies_on_its_own_ground():
    shown = master(file_of((1200, 300), colour="#3366cc"))

    assert all(abs(a - b) < 8 for a, b in zip(shown.convert("RGB").getpixel((5, 5)), (0x33, 0x66, 0xCC), strict=True))


def test_a_picture_is_turned_upright_and_tells_nothing_about_its_maker():
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010F] = "A camera"
    turned = Image.new("RGB", (1000, 800), "white")
    turned.paste("black", (0, 0, 1000, 400))
    out = BytesIO()
    turned.save(out, "JPEG", exif=exif)
    out.seek(0)

    shown = master(out)

    assert shown.size == (800, 1000)
    assert shown.convert("L").getpixel((790, 500)) < 40 < 200 < shown.convert("L").getpixel((10, 500))
    assert not shown.getexif()
    assert "icc_profile" not in shown.info


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"GIF89a",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"<?php echo 1; ?>",
        b"%PDF-1.7",
        b"\xff\xd8\xff\xe0" + b"\0" * 200,
    ],
)
def test_what_is_no_picture_is_refused_in_words(content):
    with pytest.raises(raster.NotAPicture, match="not a picture"):
        raster.master_of(BytesIO(content))


def test_a_broken_picture_is_refused():
    half = BytesIO(file_of(quality=95).getvalue()[:2000])

    with pytest.raises(raster.NotAPicture):
        raster.master_of(half)


@pytest.mark.parametrize("size", [(8_000, 8_000), (20_000, 10_000), (60_000, 60_000)])
def test_a_pixel_flood_is_refused_before_it_is_decoded(size):
    with pytest.raises(raster.NotAPicture, match="million pixels"):
        raster.master_of(bomb(*size))


def test_a_file_that_is_too_large_is_refused(monkeypatch):
    monkeypatch.setattr(raster, "MAX_BYTES", 1000)

    with pytest.raises(raster.NotAPicture, match="20 MB"):
        raster.master_of(BytesIO(b"\0" * 1001))


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "I;16"])
def test_every_kind_of_pixels_is_understood(mode):
    colour = {"L": 90, "LA": (90, 0), "RGBA": (10, 20, 30, 0), "I;16": 40_000}.get(mode, 1)

    assert master(file_of((400, 500), mode, "PNG", colour)).mode == "RGB"


def test_odd_but_valid_pictures_are_taken_or_refused_in_words():
    folder = Path(__file__).resolve().parents[3] / "shared" / "data" / "images" / "odd_but_valid"
    for path in sorted(folder.iterdir()) if folder.is_dir() else []:
        with path.open("rb") as file:
            try:
                _, width, height = raster.master_of(file)
            except raster.NotAPicture:
                assert path.suffix == ".heif", path.name
            else:
                assert width * 5 == height * 4


@pytest.mark.django_db
def test_a_picture_is_shown_once_a_worker_has_made_its_sizes(django_capture_on_commit_callbacks):
    product = make_product(slug="cup")
    make_variant(product)
    listing.refresh([product.pk])

    with django_capture_on_commit_callbacks() as callbacks:
        picture = pictures.take(file_of(), product, alt={"en": "A cup", "ru": "Чашка"})
    picture.refresh_from_db()
    assert (picture.is_ready, picture.width, picture.height) == (False, 1152, 1440)
    assert Listing.objects.get().card["pictures"] == []

    for callback in callbacks:
        callback()

    [shown] = Listing.objects.get().card["pictures"]
    assert (shown["width"], shown["height"], shown["alt"]) == (640, 800, {"en": "A cup", "ru": "Чашка"})
    for address in [part.split()[0] for part in shown["srcset"].split(", ")]:
        assert default_storage.exists(address.removeprefix("/media/"))
    assert [part.split()[1] for part in shown["srcset"].split(", ")] == ["320w", "640w", "960w"]


@pytest.mark.django_db
def test_a_refused_picture_leaves_nothing_behind(tmp_path):
    with pytest.raises(pictures.NotAPicture):
        pictures.take(BytesIO(b"no"), make_product())

    assert not Picture.objects.exists()
    assert not list(tmp_path.iterdir())


@pytest.mark.django_db
def test_the_sweep_makes_ready_what_was_forgotten_and_passes_over_what_is_broken():
    product = make_product()
    broken, good = (pictures.take(file_of(), product) for _ in range(2))
    default_storage.delete(broken.image.name)

    derive_pictures()
    derive_picture(good.pk)

    assert list(Picture.objects.filter(is_ready=True)) == [good]


@pytest.mark.django_db
def test_a_removed_picture_takes_its_files_along(tmp_path, django_capture_on_commit_callbacks):
    product = make_product()
    make_variant(product)
    picture = pictures.take(file_of(), product)
    pictures.derive(picture)

    with django_capture_on_commit_callbacks(execute=True):
        pictures.remove(picture)

    assert not [path for path in tmp_path.rglob("*") if path.is_file()]
    assert Listing.objects.get().card["pictures"] == []
