"""Where the sizes of a picture lie, worked out from its row alone."""

from fractions import Fraction

from catalog.models import Picture
from catalog.words import words_of

RATIO = Fraction(4, 5)


def sizes_of(picture: Picture) -> dict[int, str]:
    """The address of each ready-made width, smallest first."""
    return sizes(picture.image.name, picture.width, picture.height)


def sizes(name: str, width: int, height: int) -> dict[int, str]:
    """The same from the columns of a picture."""
    field = Picture._meta.get_field("image")
    files = field.attr_class.get_picture_files(
        file_name=name, img_width=width, img_height=height, storage=field.storage, field=field
    )
    widths = next(iter(files[field.aspect_ratios[0]].values()))
    return {width: widths[width].url for width in sorted(widths)}


def shown(name: str, width: int, height: int) -> dict:
    """What a page needs to show it: `src`, `srcset`, `width`, `height`."""
    found = sizes(name, width, height) or {width: Picture._meta.get_field("image").storage.url(name)}
    middle = sorted(found)[len(found) // 2]
    return {
        "src": found[middle],
        "srcset": ", ".join(f"{address} {wide}w" for wide, address in found.items()),
        "width": middle,
        "height": int(middle / RATIO),
    }


def avif_of(address: str) -> str:
    """Where the AVIF form of a ready-made size lies: beside it."""
    return f"{address.removesuffix('.webp')}.avif"


def picture_data(picture: Picture) -> dict:
    """The same with `alt` in each language."""
    return shown(picture.image.name, picture.width, picture.height) | {"alt": words_of(picture, "alt")}
