"""Where the sizes of a picture lie, worked out from its row alone."""

from fractions import Fraction

from catalog.models import Picture
from catalog.words import words_of

RATIO = Fraction(4, 5)


def sizes_of(picture: Picture) -> dict[int, str]:
    """The address of each ready-made width, smallest first."""
    image = picture.image
    files = image.field.attr_class.get_picture_files(
        file_name=image.name,
        img_width=picture.width,
        img_height=picture.height,
        storage=image.storage,
        field=image.field,
    )
    widths = next(iter(files[image.field.aspect_ratios[0]].values()))
    return {width: widths[width].url for width in sorted(widths)}


def picture_data(picture: Picture) -> dict:
    """What a page needs to show the picture: `src`, `srcset`, `width`, `height`, `alt` in each language."""
    sizes = sizes_of(picture) or {picture.width: picture.image.url}
    middle = sorted(sizes)[len(sizes) // 2]
    return {
        "src": sizes[middle],
        "srcset": ", ".join(f"{address} {width}w" for width, address in sizes.items()),
        "width": middle,
        "height": int(middle / RATIO),
        "alt": words_of(picture, "alt"),
    }
