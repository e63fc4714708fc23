"""Pictures that people send with their words: decoded and written anew, so that nothing of the file survives."""

from collections.abc import Iterable
from io import BytesIO
from secrets import token_hex
from typing import IO

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from PIL import Image

from catalog.listings.raster import NotAPicture, master_of

__all__ = ["AT_MOST", "NotAPicture", "delete", "drop", "keep"]

AT_MOST = 4
PREVIEW = (240, 300)


def keep(files: Iterable[IO[bytes]]) -> list[dict]:
    """Store the pictures with a preview each; `{"file", "small", "width", "height"}`. All of them, or none.

    Raises NotAPicture with a sentence for whoever sent them.
    """
    kept: list[dict] = []
    try:
        for file in files:
            content, width, height = master_of(file)
            name = f"voices/{token_hex(12)}"
            kept.append({"width": width, "height": height})
            kept[-1]["file"] = default_storage.save(f"{name}.webp", ContentFile(content))
            kept[-1]["small"] = default_storage.save(f"{name}-s.webp", ContentFile(_preview(content)))
    except BaseException:
        delete(kept)
        raise
    return kept


def drop(pictures: Iterable[dict]) -> None:
    """Delete their files once the transaction has gone through."""
    gone = list(pictures)
    transaction.on_commit(lambda: delete(gone), robust=True)


def delete(pictures: Iterable[dict]) -> None:
    """Delete their files at once."""
    for picture in pictures:
        for part in ("file", "small"):
            if picture.get(part):
                default_storage.delete(picture[part])


def _preview(content: bytes) -> bytes:
    with Image.open(BytesIO(content), formats=("WEBP",)) as image:
        image.thumbnail(PREVIEW, Image.Resampling.LANCZOS)
        out = BytesIO()
        image.save(out, "WEBP", quality=80)
    return out.getvalue()
