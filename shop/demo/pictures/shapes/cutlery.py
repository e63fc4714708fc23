"""Knife, fork and spoon."""

import numpy as np

from ..curves import closed, spline
from ..forms import cut, slab, tube
from ..mesh import Patch, Surface, moved, turned
from ..registry import Order, shape


def handle_of(length: float, surface: Surface, wide: float = 0.75) -> Patch:
    """A handle along z from the origin towards the viewer."""
    t = np.linspace(0, 1, 30)
    path = np.stack([0 * t, 0.55 + 0.1 * np.sin(np.pi * t), length * t], 1)
    grip = Surface(surface.material, surface.colour, surface.second, turn=True)
    return tube(path, wide * (0.5 + 0.5 * t**0.6) * np.sqrt(np.clip((1 - t) / 0.06, 0, 1)) + 0.02, grip, 14, flat=0.55)


def _neck(metal: Surface, length: float, end: float) -> Patch:
    path = spline([(0, 0.6, 0.4), (0, 0.66, -length * 0.4), (0, 0.55, -length * 0.8), (0, end, -length)], 24)
    return tube(path, np.interp(np.linspace(0, 1, 24), [0, 0.3, 0.8, 1], [0.42, 0.3, 0.3, 0.45]), metal, 10, flat=0.6)


def fork(metal: Surface, grip: Surface) -> list[Patch]:
    made = [handle_of(10.5, grip), _neck(metal, 5, 0.5)]
    root = closed(
        [(0, 0.4), (0.9, -0.1), (1.15, -1.2), (1.15, -2.6), (0, -2.7), (-1.15, -2.6), (-1.15, -1.2), (-0.9, -0.1)][
            ::-1
        ],
        60,
    )
    made.append(slab(root, 0.28, 0.1, metal).moved(y=0.35, z=-4.6))
    for x in (-0.98, -0.33, 0.33, 0.98):
        tine = spline([(x, 0.5, -6.9), (x, 0.42, -8.2), (x * 0.96, 0.55, -9.6), (x * 0.94, 0.85, -10.8)], 16)
        made.append(tube(tine, np.linspace(0.21, 0.1, 16), metal, 8))
    return made


def tablespoon(metal: Surface, grip: Surface) -> list[Patch]:
    outline = closed(
        [(0, 3.4), (1.35, 2.2), (2.0, 0.2), (1.6, -2), (0, -3.2), (-1.6, -2), (-2.0, 0.2), (-1.35, 2.2)][::-1], 72
    )
    steps = [(1.0, 0.0), (0.4, 0.25), (0, 0.75), (0.08, 0.85), (0.3, 0.72), (0.7, 0.48), (1.1, 0.36)]
    bowl = cut(outline, steps, metal, cap=8).moved(y=0.02, z=-7.6)
    return [handle_of(10.5, grip), _neck(metal, 5.2, 0.75), bowl]


def tableknife(metal: Surface, grip: Surface) -> list[Patch]:
    blade = closed(
        [(-0.35, 1), (-0.4, -4), (-0.4, -9.4), (0.1, -11), (0.75, -10.4), (0.95, -7), (0.85, -3), (0.45, 0.4)], 90
    )
    return [handle_of(10.5, grip, 0.72), slab(blade, 0.22, 0.1, metal).moved(y=0.42)]


def set_of(metal: Surface, grip: Surface, count: int) -> list[list[Patch]]:
    makers = [fork, tableknife, tablespoon, fork, tablespoon]
    made = [maker(metal, grip) for maker in makers[:count]]
    return made[:3] + [[p.scaled(0.8) for p in one] for one in made[3:]]


@shape("cutlery", "steel", pitch=52, turn=-10, fill=(0.62, 0.62), close=(-0.1, 0.6, 0.44))
def cutlery(o: Order) -> list[Patch]:
    metal = o.plain(o.material, o.spec.colour)
    grip = o.plain("wood" if _earthy(o.second) else "enamel", o.second) if o.spec.second else metal
    made: list[Patch] = []
    pieces = set_of(metal, grip, o.count(3, 5))
    for k, piece in enumerate(pieces):
        x = (k - (len(pieces) - 1) / 2) * 4.8 * o.width
        made += moved(turned(piece, "y", float(o.chance.uniform(-2.5, 2.5))), x, 0, float(o.chance.uniform(-0.5, 0.5)))
    return made


def _earthy(colour: str) -> bool:
    from ..colours import linear

    r, g, b = linear(colour)
    return bool(r > g > b and r < 0.7)


@shape("knife", "steel", "#6f4a31", pitch=44, turn=28, fill=(0.72, 0.6), close=(0.0, 0.5, 0.4))
def knife(o: Order) -> list[Patch]:
    w = o.width
    blade = closed(
        [
            (-2.2, 0),
            (-2.25, -9),
            (-2.2, -15),
            (-1.9, -18),
            (-1.2, -19.6),
            (0.1, -17.6),
            (1.3, -13),
            (2.0, -6),
            (2.05, -0.2),
            (0, 0.3),
        ],
        120,
    )
    steel = slab((blade * w).astype(np.float32), 0.3, 0.12, o.main()).moved(y=0.6)
    bolster = slab(
        closed([(-2.15, 0.6), (-1.2, 0.7), (1.1, 0.7), (2.0, 0.5), (1.4, -0.5), (-2.1, -0.5)][::-1], 50)
        * np.float32(w * 0.95),
        1.1,
        0.4,
        o.main(),
    ).moved(y=0.15)
    grip = closed(
        [(-1.7, 0), (1.0, 0), (0.9, 4), (1.35, 8), (1.7, 11.6), (0.2, 13), (-1.5, 12.2), (-1.9, 8), (-1.75, 4)][::-1],
        100,
    )
    handle = slab((grip * w).astype(np.float32), 1.6, 0.75, Surface("wood", o.second, o.second, turn=True)).moved(z=0.4)
    rivets = [slab(_disc(0.8), 0.1, 0.04, o.main()).moved(-0.3 * w, 1.58, z) for z in (2.4, 6.2, 10)]
    return [steel, bolster, handle, *rivets]


def _disc(size: float):
    from ..curves import ellipse

    return ellipse(size, size, 28)
