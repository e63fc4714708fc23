"""Goods in their place: on a table by the wall, on a bench, on a wall, in a quiet room."""

import zlib

import numpy as np

from . import companions
from .camera import Camera, fitted
from .mesh import Patch, Surface, bounds, moved, turned
from .registry import Shape
from .scene import Scene
from .spec import PictureSpec
from .stage import Stage

OAK = Surface("wood", "#c8a77f", "#c8a77f", scale=1.4)
CLOTH = Surface("linen", "#e2dacb", "#e2dacb", scale=1.3)
BOARDS = Surface("wood", "#c3a684", "#c3a684", scale=3.2)

# What lies on a bench rather than on the floor; what is better seen with other company.
BENCHED = {"towel", "sheets", "blanket", "pillow", "bedding", "teatowel", "scarf", "pyjamas", "cushion", "bag"}
BY_A_STOOL = {"slippers", "socks", "rug", "bathmat", "basket", "laundrybasket"}


def furnished(spec: PictureSpec, shape: Shape, patches: list[Patch], size: tuple[int, int]) -> Scene:
    """The picture in scale."""
    chance = np.random.default_rng(zlib.crc32(f"{spec.shape}:{spec.seed}:place".encode()))
    if shape.place == "hung":
        return _over_table(spec, patches, chance, size)
    if shape.place == "wall":
        low, high = bounds(patches)
        return _on_wall(spec, patches, chance, size, float(high[1] - low[1]) > 70)
    if spec.shape in BENCHED:
        return _on_bench(spec, patches, chance, size)
    if shape.place == "room":
        return _in_room(spec, patches, chance, size)
    return _on_table(spec, shape, patches, chance, size)


def _frame(patches: list[Patch], least: tuple[float, float]) -> np.ndarray:
    """The box of the goods, but never smaller than `least` (width, height)."""
    low, high = bounds(patches)
    middle = (low + high) / 2
    half = max(float(high[0] - low[0]), least[0]) / 2
    top = max(float(high[1]), float(low[1]) + least[1])
    corners = [(middle[0] + s * half, y, z) for s in (-1, 1) for y in (low[1], top) for z in (low[2], high[2])]
    return np.array(corners, np.float32)


def _beside(main: list[Patch], other: list[Patch], side: int, back: float, gap: float) -> list[Patch]:
    """Another thing to the left (-1) or right (1), further back by a share of the depth."""
    low, high = bounds(main)
    left, right = bounds(other)
    x = high[0] + gap - left[0] if side > 0 else low[0] - gap - right[0]
    z = (low[2] + high[2]) / 2 - back
    return moved(other, float(x), 0, float(z))


KIN = {
    "cup": {"cup", "mug", "jug", "teapot", "tumbler", "coasters"},
    "branches": {"vase", "stems", "plant", "planter", "bottle", "carafe", "jug"},
    "grasses": {"vase", "stems", "plant", "planter", "bottle", "carafe", "jug"},
    "books": {"book", "notebook", "sheet", "giftcard", "box"},
    "napkin": {"napkins", "placemat", "runner", "tablesetting", "gathering"},
    "candle": {"candle", "pillar", "taper", "candlestick", "lantern"},
    "bowl_of_fruit": {"bowl", "saltcellar", "mortar", "cakestand", "eggcup"},
}


def _company(spec: PictureSpec, names: list[str], chance) -> list[Patch]:
    """The first fitting companion, beginning somewhere in the list."""
    start = int(chance.integers(len(names)))
    for k in range(len(names)):
        name = names[(start + k) % len(names)]
        if spec.shape not in KIN.get(name, ()):
            return getattr(companions, name)(chance)
    return companions.lemons(chance)


def _on_table(spec, shape, patches, chance, size) -> Scene:
    low, high = bounds(patches)
    deep = float(high[2] - low[2])
    side = -1 if chance.random() < 0.62 else 1
    flat = shape.pitch > 26
    behind = _company(spec, ["branches", "grasses", "candle"], chance)
    near = _company(spec, ["cup", "lemons", "books", "napkin", "bowl_of_fruit"], chance)
    scenery = _beside(patches, behind, side, deep * 0.35 + 7, -2.0)
    scenery += _beside(patches, near, -side, -deep * 0.1 - (1 if flat else 4), 3.0)
    table = CLOTH if spec.material == "wood" or shape.material == "wood" or chance.random() < 0.3 else OAK
    back = float(low[2]) - max(16.0, deep * 0.4)
    frame = _frame(patches, (19, 15))
    camera = fitted(frame, 17 if flat else 10, size, (0.46, 0.4), (0.5 + 0.03 * side, 0.64), lens=3.2)
    stage = Stage(spec.backdrop, back, _reach(camera, size), table, window=True)
    return Scene([*patches, *scenery], stage, camera)


def _reach(camera: Camera, size: tuple[int, int]) -> float:
    """Half the width of the view, in cm."""
    return float(np.linalg.norm(camera.place)) * size[0] / camera.focal / 2


def _on_bench(spec, patches, chance, size) -> Scene:
    scenery = companions.bench(chance)
    raised = moved(patches, -14, 45.2, 0)
    side = moved(companions.plant(chance), 66, 0, -4)
    below = moved(companions.basket(chance), 8, 0, 0)
    book = moved(companions.books(chance), 28, 45.2, 2) if float(bounds(patches)[1][0]) < 28 else []
    frame = np.array([(-56, 0, 18), (56, 0, 18), (-56, 70, 0), (56, 70, 0)], np.float32)
    camera = fitted(frame, 9, size, (0.82, 0.6), (0.46, 0.63), lens=3.0)
    stage = Stage(spec.backdrop, -24.0, _reach(camera, size), BOARDS, boards=16, window=True)
    return Scene([*raised, *scenery, *side, *below, *book], stage, camera)


def _in_room(spec, patches, chance, size) -> Scene:
    low, high = bounds(patches)
    deep = float(high[2] - low[2])
    wide = float(high[0] - low[0])
    flat = float(high[1] - low[1]) < 16
    if spec.shape in BY_A_STOOL:
        stool = companions.stool(chance) + moved(companions.towels(chance), 0, 46.2, 0)
        scenery = _beside(patches, stool, 1, deep * 0.3 + (16 if flat else 4), -10 if wide > 60 else 2)
    else:
        scenery = _beside(patches, companions.plant(chance), 1 if chance.random() < 0.5 else -1, deep * 0.3 + 8, 2)
    frame = np.concatenate([_frame(patches, (56, 62)), _frame(scenery, (1, 1))])
    camera = fitted(frame, 14 if flat else 7, size, (0.8, 0.62), (0.5, 0.62), lens=3.0)
    back = float(min(low[2], bounds(scenery)[0][2])) - 8
    stage = Stage(spec.backdrop, back, _reach(camera, size), BOARDS, boards=16, window=True)
    return Scene([*patches, *scenery], stage, camera)


def _on_wall(spec, patches, chance, size, tall: bool) -> Scene:
    low, high = bounds(patches)
    wide, high_by = float(high[0] - low[0]), float(high[1] - low[1])
    if tall:
        main = moved(patches, -12, 42 - float(low[1]) if high_by < 150 else 2 - float(low[1]), 0)
        stool = moved(companions.stool(chance) + moved(companions.towels(chance), 0, 46.2, 0), wide * 0.5 + 12, 0, 24)
        scenery = stool + moved(companions.basket(chance), -wide * 0.5 - 16, 0, 22)
        frame = np.array([(-wide * 0.5 - 32, 0, 20), (wide * 0.5 + 28, 46 + high_by, 0)], np.float32)
        camera = fitted(frame, 4, size, (0.94, 0.84), (0.5, 0.5), lens=3.0)
        stage = Stage(spec.backdrop, 0.0, _reach(camera, size), BOARDS, boards=16, window=True)
        return Scene([*main, *scenery], stage, camera)
    lift = 16 + 0.35 * high_by
    main = moved(patches, 0, lift - float(low[1]), 0)
    span = max(wide, 44.0)
    scenery = moved(companions.branches(chance), -span * 0.34, 0, 13)
    scenery += moved(companions.books(chance), span * 0.26, 0, 15) + moved(companions.cup(chance), span * 0.26, 4.3, 14)
    frame = np.array([(-span * 0.6, 0, 20), (span * 0.6, lift + high_by, 0)], np.float32)
    camera = fitted(frame, 5, size, (0.8, 0.68), (0.5, 0.54), lens=3.0)
    stage = Stage(spec.backdrop, 0.0, _reach(camera, size), OAK, window=True)
    return Scene([*main, *scenery], stage, camera)


def _over_table(spec, patches, chance, size) -> Scene:
    main = moved(patches, 0, 62, 0)
    main = [p for p in main if float(p.points[..., 1].max()) < 400]
    scenery = moved(companions.bowl_of_fruit(chance), -6, 0, 2) + moved(companions.branches(chance), -30, 0, -8)
    scenery += moved(companions.cup(chance), 16, 0, 8) + moved(turned(companions.books(chance), "y", 30), 32, 0, -4)
    frame = np.array([(-44, 0, 10), (44, 100, 0)], np.float32)
    camera = fitted(frame, 6, size, (0.94, 0.8), (0.5, 0.5), lens=3.0)
    stage = Stage(spec.backdrop, -34.0, _reach(camera, size), OAK, window=True)
    return Scene([*main, *scenery], stage, camera)
