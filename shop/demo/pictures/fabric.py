"""Cloth: folded, stacked, hanging, lying."""

import numpy as np

from .curves import rectangle, spline
from .forms import cut, sheet, tube
from .mesh import F, Patch, Surface, moved, normals


def ruffled(patch: Patch, amount: float, size: float, chance, keep_floor: bool = True) -> Patch:
    """The same surface, softly uneven by `amount` cm with swellings of about `size` cm."""
    p = patch.points
    swell = np.zeros(p.shape[:2], F)
    for k in range(5):
        way = chance.normal(size=3)
        way *= 2 * np.pi / size / np.linalg.norm(way) * (0.6 + 0.35 * k)
        swell += np.sin(p @ way.astype(F) + F(chance.uniform(0, 6.3))) / (1 + 0.6 * k)
    points = p + normals(p) * (swell * F(amount / 2))[..., None]
    if keep_floor:
        low = float(p[..., 1].min())
        points[..., 1] = np.maximum(points[..., 1], low)
    return Patch(points.astype(F), patch.uv, patch.level, patch.surface, patch.two_sided, patch.glassy, patch.casts)


def pad(width: float, depth: float, height: float, surface: Surface, corner: float = 1.5, soft: float = 1.0) -> Patch:
    """A soft flat body with fully rounded edges."""
    outline = rectangle(width, depth, corner, 76)
    r = height / 2 * soft
    a = np.linspace(-np.pi / 2, np.pi / 2, 7)
    steps = [(r * (1 - np.cos(t)), height / 2 + height / 2 * np.sin(t)) for t in a]
    return cut(outline, steps, surface, cap=8)


def quilt(width: float, depth: float, height: float, surface: Surface, chance) -> Patch:
    """The upper side of a soft flat body, down to half its height, on a square grid that lets light flow evenly."""
    s, t = np.meshgrid(np.sin(np.linspace(-1, 1, 40) * np.pi / 2), np.sin(np.linspace(-1, 1, 34) * np.pi / 2))
    inset = 0.5 * height
    edge_x = np.clip((1 - np.abs(s)) * width / 2 / inset, 0, 1)
    edge_z = np.clip((1 - np.abs(t)) * depth / 2 / inset, 0, 1)
    round_by = np.sqrt(np.clip(1 - (1 - edge_x) ** 2, 0, 1)) * np.sqrt(np.clip(1 - (1 - edge_z) ** 2, 0, 1))
    swell = 0.0
    for k in range(4):
        a, b = chance.uniform(-2.2, 2.2, 2)
        swell = swell + np.sin((a * s + b * t) * (1.2 + 0.5 * k) + chance.uniform(0, 6)) / (1 + k)
    y = height * 0.5 + height * (0.5 + 0.06 * swell) * round_by
    return sheet(s * width / 2, y, -t * depth / 2, surface, two_sided=False)


def folded(width: float, depth: float, height: float, surface: Surface, chance, layers: int = 4) -> list[Patch]:
    """A cloth folded into a packet: layers at the sides, round folds towards the viewer, one wrapping them all."""
    made: list[Patch] = []
    thick = height / layers
    for k in range(layers):
        inset = 0.0 if k in (0, layers - 1) else float(chance.uniform(0.1, 0.45))
        if k == layers - 1:
            made.append(quilt(width, depth - 0.2, thick * 1.12, surface, chance).moved(0, k * thick, -0.15))
        layer = pad(width - inset, depth - inset * 2 - 0.4, thick * (1.02 if k < layers - 1 else 0.72), surface, 0.8)
        made.append(
            ruffled(layer, thick * 0.1, width * 0.45, chance).moved(float(chance.uniform(-0.12, 0.12)), k * thick, -0.2)
        )
    for k in range(0, layers - 1, 2):
        made.append(
            _fold(width - 0.1 - float(chance.uniform(0, 0.3)), 2 * thick, surface, chance).moved(
                0, k * thick, depth / 2 - thick * 0.9
            )
        )
    return made


def _fold(width: float, height: float, surface: Surface, chance) -> Patch:
    """The round front of a fold."""
    a = np.linspace(-np.pi / 2, np.pi / 2, 13, dtype=F)[:, None]
    x = np.linspace(-width / 2, width / 2, 40, dtype=F)[None, :]
    wave = (
        0.05 * height * np.sin(x * 2 * np.pi / (width * float(chance.uniform(0.45, 0.8))) + float(chance.uniform(0, 6)))
    )
    z = (height * 0.5) * np.cos(a) * 0.95 + wave * np.cos(a)
    y = height / 2 + height / 2 * np.sin(a) + 0 * x
    return sheet(x + 0 * a, y, z, surface, two_sided=False)


def fringe(width: float, length: float, surface: Surface, chance, step: float = 0.7) -> list[Patch]:
    """Threads hanging along +z from the origin, over the width."""
    made = []
    for x in np.arange(-width / 2 + step / 2, width / 2, step):
        sway = float(chance.uniform(-0.3, 0.3))
        path = spline(
            [
                (x, 0.2, 0),
                (x + sway * 0.5, 0.15, length * 0.5),
                (x + sway, 0.12, length * float(chance.uniform(0.85, 1.05))),
            ],
            6,
        )
        made.append(tube(path, np.array([0.16, 0.2, 0.18, 0.18, 0.17, 0.14]) * step / 0.7, surface, 5))
    return made


def hanging(
    outline: list[tuple[float, float]],
    height: float,
    surface: Surface,
    chance,
    folds: float = 5.0,
    depth: float = 1.6,
    rows: int = 64,
    columns: int = 96,
    off: float = 2.2,
) -> Patch:
    """Cloth hanging before the wall from y = 0 down: `outline` gives half widths by share of the height from the top.

    Folds begin shallow at the top and deepen downwards.
    """
    t = np.linspace(1, 0, rows, dtype=F)[:, None]
    s = np.linspace(-1, 1, columns, dtype=F)[None, :]
    shares, halves = zip(*outline, strict=True)
    half = np.interp(t[:, 0], shares, halves).astype(F)[:, None]
    start = float(chance.uniform(0, 6))
    bend = 0.35 * np.sin(2.3 * t + start)
    wave = np.sin(folds * np.pi * s + bend + start) + 0.45 * np.sin(folds * 1.7 * np.pi * s + 1.3 * start - 0.8 * t)
    wave += 0.25 * np.sin(folds * 3.1 * np.pi * s + 2.0 * start)
    swing = depth * (0.16 + 0.84 * t**0.8)
    z = off + swing * (1 + wave * 0.5) - 0.3 * swing * s**6
    x = half * s + 0.12 * swing * np.cos(folds * np.pi * s + start)
    y = -height * t + 0.012 * height * t * np.sin(folds * np.pi * s + start + 0.7) * 0.6
    return sheet(x, y, z, surface)


def seam(
    points: list[tuple[float, float, float]], thick: float, surface: Surface, flat: float = 0.6, count: int = 40
) -> Patch:
    """Piping, cord or a narrow band along a line."""
    return tube(spline(points, count), thick, surface, 8, flat=flat)


def stack(things: list[list[Patch]], heights: list[float]) -> list[Patch]:
    made: list[Patch] = []
    y = 0.0
    for thing, height in zip(things, heights, strict=True):
        made += moved(thing, y=y)
        y += height
    return made
