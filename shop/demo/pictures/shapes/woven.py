"""Baskets."""

import numpy as np

from ..curves import spline
from ..fabric import ruffled
from ..forms import lathe, sheet, tube
from ..mesh import Patch, Surface
from ..registry import Order, shape
from ..vessels import hollow, ring, solid


def woven(
    outer: list[tuple[float, float]], surface: Surface, wall: float = 0.8, rows: int = 54, count: int = 120
) -> Patch:
    """A basket wall whose surface stands out in rods and rows."""
    return lathe(hollow(outer, wall, 1.0, rows), surface, count)


def _rim(radius: float, height: float, surface: Surface, thick: float = 0.75) -> list[Patch]:
    """A plaited rim: two strands turning round one another."""
    made = []
    for phase in (0, np.pi):
        a = np.linspace(0, 2 * np.pi, 200)
        wind = 40 * a + phase
        r = radius + 0.4 * thick * np.cos(wind)
        path = np.stack([r * np.cos(a), height + 0.45 * thick * np.sin(wind), r * np.sin(a)], 1)
        made.append(tube(path, thick * 0.62, surface, 8))
    return made


@shape("basket", "wicker", place="room", pitch=19, fill=(0.64, 0.56), close=(-0.15, 0.7, 0.46))
def basket(o: Order) -> list[Patch]:
    w, h = o.width, o.height
    outer = [(14 * w, 0), (14.6 * w, 0.2), (16.4 * w, 7 * h), (17.2 * w, 15 * h), (17 * w, 22 * h)]
    rods = o.plain(o.material, o.second) if o.spec.second else o.main()
    made = [woven(outer, o.main()), *_rim(16.7 * w, 22.2 * h, rods)]
    if o.param("handles", True):
        for side in (-1, 1):
            path = spline(
                [
                    (side * 16.6 * w, 20.5 * h, -5),
                    (side * 17.6 * w, 25 * h, -4.4),
                    (side * 18 * w, 28 * h, -2.2),
                    (side * 18 * w, 28.6 * h, 0),
                    (side * 18 * w, 28 * h, 2.2),
                    (side * 17.6 * w, 25 * h, 4.4),
                    (side * 16.6 * w, 20.5 * h, 5),
                ],
                44,
            )
            made.append(
                tube(
                    path,
                    0.8,
                    o.plain("leather" if o.material == "felt" else o.material, o.spec.second or o.spec.colour),
                    12,
                )
            )
    return made


@shape("breadbasket", "wicker", "#e9e2d2", pitch=24, turn=-14, fill=(0.7, 0.52), close=(-0.15, 0.6, 0.46))
def breadbasket(o: Order) -> list[Patch]:
    w, h = o.width, o.height
    outer = [(11, 0), (11.5, 0.2), (13.6, 4 * h), (15, 8 * h)]
    made = [woven(outer, o.main(), 0.8, 30), *_rim(14.7, 8.2 * h, o.main(), 0.6)]
    made = [p.scaled(1.15 * w, 1, 0.8 * w) for p in made]
    made.append(_cloth(o, w, h))
    crust = o.plain("cork", "#b9824a")
    for x, z, turn, size in ((-4.5, -1, 20, 1.0), (4.4, 0.6, -25, 1.05), (0.2, 3.2, 80, 0.85)):
        loaf = solid([(0, 0), (3.4, 0.6), (4.4, 2.6), (3.6, 4.6), (1.6, 5.6), (0, 5.8)], crust, 30, 44)
        made.append(
            ruffled(loaf, 0.3, 5, o.chance)
            .scaled(1.35 * size, size, 0.95 * size)
            .turned("y", turn)
            .moved(x * w, 5 * h, z * w)
        )
    return made


def _cloth(o: Order, w: float, h: float) -> Patch:
    """A napkin laid into the basket, its corners over the rim."""
    n = 60
    s, t = np.meshgrid(np.linspace(-1, 1, n), np.linspace(1, -1, n))
    x, z = s * 20 * w, t * 14.5 * w
    inside = np.sqrt((x / (15.4 * w)) ** 2 + (z / (10.8 * w)) ** 2)
    y = 4.6 * h + 4.6 * h * np.clip(inside, 0, 1) ** 2.5 - 6.4 * np.clip(inside - 1, 0, 1) ** 1.25
    y = y + 0.35 * np.sin(9 * np.arctan2(t, s)) * np.clip(inside, 0, 1.2)
    squeeze = 1 - 0.22 * np.clip(inside - 1.02, 0, 1)
    return sheet(x * squeeze, y, z * squeeze, o.plain("linen", o.second))


@shape("laundrybasket", "wicker", place="room", pitch=15, fill=(0.56, 0.64), close=(-0.1, 0.8, 0.5))
def laundrybasket(o: Order) -> list[Patch]:
    w, h = o.width, o.height
    outer = [(17 * w, 0), (17.6 * w, 0.2), (19.6 * w, 14 * h), (20.4 * w, 30 * h), (20 * w, 46 * h)]
    made = [woven(outer, o.main(), 0.8, 60)]
    lid = [(0, 0), (20.6 * w, 0), (20.9 * w, 1), (20.6 * w, 2.6), (17 * w, 4), (8 * w, 5), (0, 5.3)]
    made.append(solid(lid, o.main(), 60, 110).moved(y=45.8 * h))
    made.append(ring(20.4 * w, 0.8, 46.2 * h, o.plain(o.material, o.spec.second or o.spec.colour)))
    loop = spline([(-3, 0, 0), (-2.6, 2.4, 0), (0, 3.4, 0), (2.6, 2.4, 0), (3, 0, 0)], 30)
    made.append(tube(loop, 0.55, o.plain("leather", o.spec.second or "#8a6242"), 10).moved(y=45.8 * h + 5))
    return made
