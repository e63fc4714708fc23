"""From a spec to a picture."""

import zlib

import numpy as np
from PIL import Image

from . import shapes  # noqa: F401  (enters the shapes)
from .camera import fitted
from .mesh import Patch, bounds, turned
from .registry import Order, Shape, known
from .scene import LEFT_WINDOW, Scene, photographed
from .settings import furnished
from .spec import VIEWS, PictureSpec
from .stage import Stage

SIZE = (720, 900)
SHAPES = tuple(sorted(known()))


def draw(spec: PictureSpec, size: tuple[int, int] = SIZE) -> Image.Image:
    """The picture a spec asks for: RGB, 720 by 900 unless another size is asked for.

    The same spec always gives the same picture.
    Raises KeyError for an unknown shape and ValueError for an unknown view.
    """
    shape = known()[spec.shape]
    if spec.view not in VIEWS:
        raise ValueError(f"unknown view {spec.view!r}")
    patches = built(spec)
    scene = {"front": _front, "detail": _detail, "scale": furnished}[spec.view](spec, shape, patches, size)
    return photographed(scene, size)


def built(spec: PictureSpec) -> list[Patch]:
    """The thing itself, standing where it belongs."""
    shape = known()[spec.shape]
    patches = shape.build(Order(spec, shape, np.random.default_rng(seed_of(spec))))
    return turned(patches, "y", shape.turn) if shape.turn else patches


def seed_of(spec: PictureSpec) -> int:
    """Chance hangs on the thing, not on its colour or view: variants of one product keep their form."""
    return zlib.crc32(f"{spec.shape}:{spec.seed}".encode())


def stage_for(spec: PictureSpec, shape: Shape, patches: list[Patch]) -> Stage:
    """Seamless paper; for what hangs, a wall right behind."""
    low, high = bounds(patches)
    reach = float(np.linalg.norm(high - low)) / 2
    if shape.place == "wall":
        return Stage(spec.backdrop, 0.0, reach, hanging=True)
    if shape.place == "hung":
        return Stage(spec.backdrop, float(low[2]) - reach, reach, hanging=True)
    return Stage(spec.backdrop, -1e5, reach)


def _front(spec: PictureSpec, shape: Shape, patches: list[Patch], size: tuple[int, int]) -> Scene:
    points = np.concatenate([p.points.reshape(-1, 3) for p in patches])
    at = (0.49, 0.5) if shape.place == "wall" else (0.48, 0.555)
    camera = fitted(points, shape.pitch, size, shape.fill, at)
    return Scene(patches, stage_for(spec, shape, patches), camera, LEFT_WINDOW)


def _detail(spec: PictureSpec, shape: Shape, patches: list[Patch], size: tuple[int, int]) -> Scene:
    low, high = bounds(patches)
    extent, middle = high - low, (low + high) / 2
    x, y, share = shape.close
    target = np.array([middle[0] + x * extent[0], low[1] + y * extent[1], middle[2]])
    half = share * max(float(extent[0]), float(extent[1]) * 0.9, float(extent[2]) * 0.8) / 2
    box = target + half * np.array([[-1, -1.1, 0], [1, 1.1, 0]])
    camera = fitted(box.astype(np.float32), shape.pitch + 4, size, (1.0, 1.0), (0.5, 0.5), lens=8)
    nearest = target + np.array([0, 0, extent[2] * 0.3])
    focus = float((nearest - camera.place) @ camera.forward)
    depth = max(float(extent[2]) * 0.9, half * 1.2)
    return Scene(patches, stage_for(spec, shape, patches), camera, LEFT_WINDOW, (focus, depth))
