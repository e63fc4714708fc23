"""A second, smaller form of pictures, made when there is time: AVIF beside WebP, for browsers that can show it.

It takes about twice as long to make as WebP, so nobody waits for it: a picture is shown before, the clock adds it.
"""

from io import BytesIO

from django.core.files.base import ContentFile
from PIL import Image

from catalog import revision
from catalog.listings.pictures import avif_of
from catalog.models import Picture

# As good to the eye as the WebP sizes, tried on photographs; the speed of the coder is from 0 (best) to 10.
QUALITY, SPEED = 55, 8


def add_due(number: int) -> int:
    """Make AVIF of the oldest pictures that have not been tried; returns how many were."""
    due = Picture.objects.filter(is_ready=True, has_avif=None).order_by("pk")[:number]
    done = [add(picture) for picture in due]
    if any(done):
        revision.renew()
    return len(done)


def add(picture: Picture) -> bool:
    """Make every size of the picture as AVIF; keep them when they are smaller than the WebP ones. May be done twice."""
    storage = picture.image.storage
    made, saved = {}, 0
    try:
        with storage.open(picture.image.name) as file, Image.open(file) as image:
            pixels = image.convert("RGB")
        for size in picture.image.get_picture_files_list():
            content = _coded(pixels, size.width, size.height)
            made[avif_of(size.name)] = content
            saved += storage.size(size.name) - len(content)
    except OSError:
        # Lost or broken: what is shown stays as it is.
        made, saved = {}, 0
    if saved > 0:
        for name, content in made.items():
            storage.delete(name)
            storage.save(name, ContentFile(content))
    Picture.objects.filter(pk=picture.pk).update(has_avif=saved > 0)
    return saved > 0


def _coded(pixels: Image.Image, width: int, height: int) -> bytes:
    out = BytesIO()
    pixels.resize((width, height), Image.Resampling.LANCZOS).save(out, "AVIF", quality=QUALITY, speed=SPEED)
    return out.getvalue()
