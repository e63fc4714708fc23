"""Several goods on one ground in one light: the pictures of categories and of the home page."""

from collections.abc import Sequence

import numpy as np
from PIL import Image

from .camera import fitted
from .draw import built
from .mesh import Patch, bounds, moved, scaled
from .registry import known
from .scene import Scene, photographed
from .spec import PictureSpec
from .stage import Stage


def compose(
    specs: Sequence[PictureSpec], backdrop: str, seed: int = 0, size: tuple[int, int] = (1200, 750)
) -> Image.Image:
    """Three to five goods as one still life: RGB, of this size. The views of the specs do not matter."""
    chance = np.random.default_rng(seed)
    standing = [_sized(built(spec)) for spec in specs if known()[spec.shape].place != "wall"]
    hanging = [_sized(built(spec)) for spec in specs if known()[spec.shape].place == "wall"]
    placed = _arranged(standing, chance, size[0] > size[1]) if standing else []
    points = [p.points.reshape(-1, 3) for p in placed]
    if hanging:
        placed, points = _with_hung(placed, hanging)
    at = (0.5, 0.56)
    camera = fitted(np.concatenate(points), 9 if hanging else 16, size, (0.82, 0.74), at, lens=3.2)
    low, high = bounds(placed)
    reach = float(np.linalg.norm(high - low)) / 2
    stage = Stage(backdrop, float(low[2]), reach, hanging=True) if hanging and not standing else None
    if stage is None:
        from .mesh import Surface

        floor = Surface("paper", backdrop, backdrop) if hanging else None
        stage = Stage(backdrop, float(low[2]) if hanging else -1e5, reach, floor)
    return photographed(Scene(placed, stage, camera), size)


def _sized(patches: list[Patch]) -> list[Patch]:
    """Draw very large and very small things a little nearer to one another in size."""
    low, high = bounds(patches)
    extent = float(np.max(high - low))
    return scaled(patches, (30.0 / extent) ** 0.42)


def _arranged(goods: list[list[Patch]], chance, wide: bool) -> list[Patch]:
    """The tall ones behind, the low ones before them in the gaps, as one sets a still life."""
    tall = sorted(goods, key=lambda g: -float(bounds(g)[1][1]))
    behind = len(goods) - len(goods) // 2 if wide or len(goods) < 4 else 2
    back, front = _row(tall[:behind], 1.5, chance), _row(tall[behind:], 2.5, chance)
    if not front:
        return back
    # The front row hangs a little to the right, where the light from the left leaves room.
    shift = 0.14 * float(bounds(back)[1][0] - bounds(back)[0][0])
    forward = float(bounds(back)[1][2] - bounds(front)[0][2])
    placed = [*back, *moved(front, shift, 0, forward - 3.0)]
    low, high = bounds(placed)
    return moved(placed, -float(low[0] + high[0]) / 2)


def _row(goods: list[list[Patch]], gap: float, chance) -> list[Patch]:
    """Side by side, the highest in the middle, centred."""
    order: list[list[Patch]] = []
    for k, good in enumerate(goods):
        order.insert(0 if k % 2 else len(order), good)
    placed: list[Patch] = []
    x = 0.0
    for good in order:
        low, high = bounds(good)
        z = float(chance.uniform(-1.2, 1.2)) - float(high[2] + low[2]) / 2
        placed += moved(good, x - float(low[0]), 0, z)
        x += float(high[0] - low[0]) + gap
    return moved(placed, -(x - gap) / 2)


def _with_hung(placed: list[Patch], hanging: list[list[Patch]]) -> tuple[list[Patch], list[np.ndarray]]:
    """Goods on the wall behind those that stand."""
    back = float(bounds(placed)[0][2]) - 3 if placed else 0.0
    rise = float(bounds(placed)[1][1]) * 0.8 if placed else 0.0
    x = 0.0
    hung: list[Patch] = []
    for good in hanging:
        low, high = bounds(good)
        hung += moved(good, x - float(low[0]), rise - float(low[1]), back - min(float(low[2]), 0))
        x += float(high[0] - low[0]) + 5
    if hung:
        low, high = bounds(hung)
        hung = moved(hung, -float(low[0] + high[0]) / 2)
    everything = [*placed, *hung]
    return everything, [p.points.reshape(-1, 3) for p in everything]
