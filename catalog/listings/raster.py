"""From any file that claims to be a picture to a clean 4:5 picture of ours. No database here.

Nothing of the file survives but its pixels: it is decoded, turned upright, brought to sRGB, fitted and encoded anew.
"""

from io import BytesIO
from typing import IO

from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageCms, ImageOps

# Looked at before anything is decoded: a few kilobytes can claim to be a picture of many gigabytes.
MAX_BYTES = 20 * 1024 * 1024
MAX_PIXELS = 50_000_000
FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "AVIF", "BMP", "TIFF", "ICO")
PAPER = (243, 240, 234)
# A master is 4:5, between 320 x 400 and 1152 x 1440, in steps of 4 x 5.
SMALLEST_STEP, LARGEST_STEP = 80, 288
# Twice what a master shows: nothing is lost by going on with this many pixels.
ENOUGH = (LARGEST_STEP * 8, LARGEST_STEP * 10)
SHRINK_WELL = {"L", "RGB", "RGBA", "CMYK"}
_TOO_MANY = _("The picture has more than 50 million pixels. Please save it smaller.")
# Photographs this close to 4:5 are cut to it; others get a ground around them.
NEARLY = (0.64, 1.0)


class NotAPicture(Exception):
    """The file cannot be taken; the text is a sentence for whoever sent it."""


def master_of(file: IO[bytes]) -> tuple[bytes, int, int]:
    """The picture as WebP, with its width and height. Raises NotAPicture."""
    raw = file.read(MAX_BYTES + 1)
    if len(raw) > MAX_BYTES:
        raise NotAPicture(_("The picture is larger than 20 MB. Please save it smaller."))
    image = _fitted(_decoded(raw))
    out = BytesIO()
    image.save(out, "WEBP", quality=86, method=4)
    return out.getvalue(), image.width, image.height


def _decoded(raw: bytes) -> Image.Image:
    try:
        with Image.open(BytesIO(raw), formats=FORMATS) as image:
            if image.width * image.height > MAX_PIXELS:
                raise NotAPicture(_TOO_MANY)
            image.verify()
        with Image.open(BytesIO(raw), formats=FORMATS) as image:
            # Lets a large JPEG be decoded at a half, quarter or eighth: less memory, same result.
            image.draft(None, ENOUGH)
            image.seek(0)
            image.load()
            if image.mode in SHRINK_WELL:
                # Before anything makes a second copy of fifty million pixels.
                image.thumbnail(ENOUGH)
            return _upright(image)
    except NotAPicture:
        raise
    except Image.DecompressionBombError as fault:
        raise NotAPicture(_TOO_MANY) from fault
    except Exception as fault:  # Decoders raise whatever they like on a broken file.
        raise NotAPicture(
            _("This is not a picture that we can read. Please send a JPEG, PNG, WebP, AVIF or GIF.")
        ) from fault


def _upright(image: Image.Image) -> Image.Image:
    """Turned as the camera was held, in sRGB, transparency laid on paper."""
    ImageOps.exif_transpose(image, in_place=True)
    profile = image.info.get("icc_profile")
    if image.mode.startswith("I;16") or image.mode in ("I", "F"):
        image = image.convert("I").point(lambda level: level / 256).convert("L")
    if profile and image.mode in ("RGB", "CMYK", "L"):
        image = _in_srgb(image, profile)
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        image = image.convert("RGBA")
        image.thumbnail(ENOUGH)
        ground = Image.new("RGB", image.size, PAPER)
        ground.paste(image, mask=image.getchannel("A"))
        return ground
    return image.convert("RGB")


def _in_srgb(image: Image.Image, profile: bytes) -> Image.Image:
    try:
        source = ImageCms.ImageCmsProfile(BytesIO(profile))
        return ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"), outputMode="RGB")
    except (ImageCms.PyCMSError, OSError, ValueError):
        return image  # A broken or unfitting profile: the colours as they stand are near enough.


def _fitted(image: Image.Image) -> Image.Image:
    """Cut to 4:5 when it nearly is, else laid in the middle of a quiet ground. Small pictures are enlarged a little."""
    width, height = image.size
    is_near = NEARLY[0] <= width / height <= NEARLY[1]
    # The step of 4 x 5 that keeps every pixel: inside the picture when cutting, around it when laying.
    step = round((min if is_near else max)(width / 4, height / 5))
    step = min(max(step, SMALLEST_STEP), LARGEST_STEP)
    size = (step * 4, step * 5)
    if is_near:
        return ImageOps.fit(image, size, Image.Resampling.LANCZOS)
    return ImageOps.pad(image, size, Image.Resampling.LANCZOS, color=_ground_of(image))


def _ground_of(image: Image.Image) -> tuple[int, ...]:
    """The colour of the picture's own ground when its corners agree, so that no edge is seen; else paper."""
    right, bottom = image.width - 1, image.height - 1
    corners = [image.getpixel(corner) for corner in ((0, 0), (right, 0), (0, bottom), (right, bottom))]
    if all(max(part) - min(part) <= 12 for part in zip(*corners, strict=True)):
        return tuple(sum(part) // 4 for part in zip(*corners, strict=True))
    return PAPER
