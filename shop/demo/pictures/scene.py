"""A scene photographed: geometry, light, colour, development."""

from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
from PIL import Image, ImageChops

from . import stage as stages
from .camera import Camera
from .focus import shallow
from .glass import glazed
from .mesh import Patch
from .paint import painted
from .plate import Plate, exposed
from .tiles import noise

F = np.float32
LEFT_WINDOW = (-0.72, 0.6, 0.34)


@dataclass(frozen=True)
class Scene:
    """Everything a picture needs; `focus` (a depth in cm and a softness) gives a shallow lens."""

    patches: list[Patch]
    stage: stages.Stage
    camera: Camera
    key: tuple[float, float, float] = LEFT_WINDOW
    focus: tuple[float, float] | None = None


def photographed(scene: Scene, size: tuple[int, int]) -> Image.Image:
    """The finished picture."""
    plate = exposed(scene, size)
    scene = replace(scene, patches=[p.dressed(q.surface) for p, q in zip(plate.patches, scene.patches, strict=True)])
    key = np.array(scene.key, F) / F(np.linalg.norm(scene.key))
    picture = stages.painted(scene.stage, scene.camera, size, plate.window, plate.room, key)
    layer = _layer(scene, plate)
    picture.paste(layer, plate.corner, layer)
    if scene.focus:
        picture = shallow(picture, scene, plate)
    return ImageChops.add(picture, _film(size), 1, -128)


def _layer(scene: Scene, plate: Plate) -> Image.Image:
    """What is seen of the goods, as printed: colour with coverage."""
    colours = np.zeros(plate.width * plate.height, np.uint32)
    surfaces = list(dict.fromkeys(p.surface for p in scene.patches))
    for group, pixels, rows in plate.seen_parts:
        colours[pixels] = painted(surfaces[group], rows, plate.air.density)
    glazed(scene.patches, plate, colours)
    raw = colours.view(np.uint8).reshape(plate.height, plate.width, 4)
    image = Image.frombuffer("RGBa", (plate.width, plate.height), raw, "raw", "RGBa", 0, 1)
    if (plate.width, plate.height) != plate.extent:
        image = image.resize(plate.extent, Image.Resampling.BILINEAR)
    return image.convert("RGBA")


@lru_cache(maxsize=4)
def _film(size: tuple[int, int]) -> Image.Image:
    """A breath of grain around the middle grey."""
    rows, columns = -(-size[1] // 512), -(-size[0] // 512)
    film = np.tile(noise(99, 0.6), (rows, columns))[: size[1], : size[0]]
    grey = np.clip(128 + np.round(film * 1.2), 0, 255).astype(np.uint8)
    return Image.merge("RGB", [Image.fromarray(grey)] * 3)
