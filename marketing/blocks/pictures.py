"""Pictures for letters: JPEG, because Outlook for Windows shows no WebP. Made when a letter first needs them."""

from collections.abc import Iterable
from io import BytesIO
from pathlib import PurePosixPath

from django.core.cache import cache
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from PIL import Image

from catalog.models import Picture
from customers.letters import absolute

# A picture that stands in the column, and one of two beside each other, sharp on a phone.
WHOLE, HALF = 1120, 520
PAPER = "#e9e2d6"
DAY = 24 * 3600


def jpeg_of(name: str, width: int) -> str:
    """The full address of a JPEG, at most that wide, of a picture in our storage; nothing when it cannot be read."""
    stem = PurePosixPath(name)
    ours = f"mail/{stem.parent.name}-{stem.stem}-{width}.jpg"
    key = f"mail-picture:{ours}"
    if not cache.get(key):
        try:
            if not default_storage.exists(ours):
                default_storage.save(ours, ContentFile(_jpeg(name, width)))
        except (OSError, ValueError):
            return ""
        cache.set(key, True, DAY)
    return absolute(default_storage.url(ours))


def first_pictures(product_ids: Iterable[int]) -> dict[int, Picture]:
    """The picture that stands first, for each product that has one."""
    found: dict[int, Picture] = {}
    for picture in Picture.objects.filter(product__in=list(product_ids), is_ready=True).order_by("position", "pk"):
        found.setdefault(picture.product_id, picture)
    return found


def _jpeg(name: str, width: int) -> bytes:
    with default_storage.open(name) as file, Image.open(file, formats=("WEBP", "JPEG", "PNG")) as image:
        image.thumbnail((width, width * 3), Image.Resampling.LANCZOS)
        if image.mode != "RGB":
            # Where a picture is transparent, the paper of a letter shines through.
            clear = image.convert("RGBA")
            image = Image.new("RGB", clear.size, PAPER)
            image.paste(clear, mask=clear)
        out = BytesIO()
        image.save(out, "JPEG", quality=82, optimize=True, progressive=True)
    return out.getvalue()
