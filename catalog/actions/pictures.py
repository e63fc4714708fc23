"""Taking pictures of goods in, and making the sizes that pages show.

A picture is a row that is not ready, with a clean master; a worker derives the sizes and marks it ready. The row is the
queue: whatever happens to the worker, the next sweep finds it.
"""

from collections.abc import Mapping
from secrets import token_hex
from typing import IO

from django.core.files.base import ContentFile
from django.db import transaction
from pictures.models import PillowPicture
from PIL import Image

from catalog.actions import listing
from catalog.listings.pictures import avif_of
from catalog.listings.raster import NotAPicture, master_of
from catalog.models import OptionValue, Picture, Product, Variant
from catalog.words import Words, languages

__all__ = ["NotAPicture", "derive", "remove", "take"]


def take(
    file: IO[bytes],
    product: Product,
    *,
    alt: Words | str = "",
    value: OptionValue | None = None,
    variant: Variant | None = None,
    position: int | None = None,
    source: str = "",
) -> Picture:
    """Add the picture to the product, last unless a position is said; a worker makes it ready after the commit.

    Raises NotAPicture with a sentence, and then nothing was stored. The name of the file is ours.
    """
    content, width, height = master_of(file)
    if position is None:
        position = product.pictures.count()
    picture = Picture(product=product, value=value, variant=variant, position=position, source=source[:500])
    words = alt if isinstance(alt, Mapping) else {languages()[0]: alt}
    for language, text in words.items():
        setattr(picture, f"alt_{language.replace('-', '_')}", text[:200])
    picture.image.save(f"{product.slug[:60]}-{token_hex(5)}.webp", ContentFile(content), save=False)
    picture.width, picture.height = width, height
    try:
        with transaction.atomic():
            picture.save()
            transaction.on_commit(lambda: _ask_worker(picture.pk), robust=True)
    except Exception:
        picture.image.storage.delete(picture.image.name)
        raise
    return picture


def _ask_worker(pk: int) -> None:
    from catalog.tasks import derive_picture  # the task calls us

    derive_picture.delay(pk)


def derive(picture: Picture, refresh: bool = True) -> None:
    """Make every size of the picture and show it. May be done twice.

    Someone who derives many at once says `refresh=False` and refreshes the listings himself.
    """
    with picture.image.storage.open(picture.image.name) as file, Image.open(file) as image:
        pixels = PillowPicture.pre_process(image)
        for size in picture.image.get_picture_files_list():
            size.save(pixels)
    with transaction.atomic():
        Picture.objects.filter(pk=picture.pk).update(is_ready=True)
        if refresh:
            listing.refresh([picture.product_id])
    picture.is_ready = True


@transaction.atomic
def remove(picture: Picture) -> None:
    """Take the picture from its product; its files go after the commit."""
    image, storage = picture.image, picture.image.storage
    sizes = [size.name for size in image.get_picture_files_list()]
    names = [image.name, *sizes, *map(avif_of, sizes)]
    product_id = picture.product_id
    picture.delete()
    listing.refresh([product_id])
    transaction.on_commit(lambda: [storage.delete(name) for name in names], robust=True)
