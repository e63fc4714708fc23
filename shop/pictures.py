"""Pictures that are not goods: the window, the story, a category. Smaller copies lie beside them: `hero-720w.webp`."""

from typing import NamedTuple

from django.conf import settings
from django.core.files.storage import default_storage
from PIL import Image

from catalog import memo

WIDTHS = (320, 480, 720)


class Shown(NamedTuple):
    """What an `<img>` needs; the words stand beside the picture, so `alt` is empty."""

    src: str
    srcset: str
    width: int
    height: int
    alt: str = ""


def shown(url: str) -> Shown | None:
    """The picture at an address below MEDIA_URL, with the copies there are; None when there is none."""
    name = url.removeprefix(settings.MEDIA_URL)
    return memo.remember(("wide-picture", url), lambda: _look(url, name)) if name else None


def _look(url: str, name: str) -> Shown | None:
    try:
        with default_storage.open(name) as file, Image.open(file) as image:
            width, height = image.size
    except (OSError, ValueError):
        # Lost or broken: the page keeps its place for it.
        return None
    stem, _dot, ending = name.rpartition(".")
    copies = {each: f"{stem}-{each}w.{ending}" for each in WIDTHS if each < width}
    there = [f"{default_storage.url(copy)} {each}w" for each, copy in copies.items() if default_storage.exists(copy)]
    return Shown(url, ", ".join([*there, f"{url} {width}w"]), width, height)
