"""Quiet things that stand by, so that one sees how large the goods are."""

import numpy as np

from .forms import ball
from .greens import bush, stems
from .mesh import Patch, Surface, moved, turned

CREAM, SAGE, CLAY, INK = "#ddd4c5", "#8f9c90", "#b27a5c", "#56606a"


def _of(material: str, colour: str) -> Surface:
    return Surface(material, colour, colour)


def cup(chance) -> list[Patch]:
    from .shapes.pots import cup_of

    return cup_of(_of("stoneware", SAGE), 0.95, 0.95)


def lemons(chance) -> list[Patch]:
    fruit = _of("fruit", "#d8b652")
    made = []
    for x, z in ((0, 0), (6.6, 2.4)):
        lemon = ball(2.7, fruit, 0.95, 30)
        points = lemon.points.copy()
        points[..., 0] *= 1.28
        made.append(Patch(points, lemon.uv, lemon.level, fruit).turned("y", 30 * x).moved(x, 0, z))
    return made


def bowl_of_fruit(chance) -> list[Patch]:
    from .shapes.pots import bowl_of

    made = bowl_of(_of("stoneware", CREAM), 1.0, 0.9)
    fruit = _of("fruit", "#c98a4a")
    for k in range(4):
        a = np.radians(90 * k + 20)
        made.append(ball(3.2, fruit, 0.95, 28).moved(3.3 * np.cos(a), 2.6 + 0.8 * (k % 2), 3.3 * np.sin(a)))
    return made


def branches(chance) -> list[Patch]:
    from .shapes.pouring import vase_of, vase_top

    made = vase_of("belly", _of("stoneware", CREAM), 0.7, 0.75)
    return made + moved(stems("eucalyptus", chance, 24), y=vase_top("belly", 0.75) * 0.8)


def grasses(chance) -> list[Patch]:
    from .shapes.pouring import vase_of, vase_top

    made = vase_of("bottle", _of("stoneware", CLAY), 0.8, 0.72)
    return made + moved(stems("grass", chance, 24), y=vase_top("bottle", 0.72) * 0.85)


def books(chance) -> list[Patch]:
    from .shapes.paper import volume

    low = turned(volume(17, 23, 2.4, _of("linen", INK)), "y", 12)
    return low + moved(turned(volume(15.5, 21, 1.9, _of("linen", CREAM)), "y", 22), y=2.4)


def napkin(chance) -> list[Patch]:
    from .fabric import folded

    return turned(folded(16, 16, 1.6, _of("linen", CREAM), chance, 2), "y", 18)


def candle(chance) -> list[Patch]:
    from .shapes.candles import flame, holder, slim

    brass = _of("brass", "#b99558")
    return holder(brass) + moved(slim(_of("wax", "#efe6d2"), 18), y=7.7) + moved(flame(1.9), y=25.6)


def plant(chance) -> list[Patch]:
    from .shapes.plants import pot_of

    made = pot_of(_of("terracotta", "#b87a58"), 1.5, 1.5)
    return made + moved(bush("leafy", _of("leaf", "#66795a"), chance, 46), y=15.8)


def stool(chance) -> list[Patch]:
    from .curves import ellipse
    from .forms import slab
    from .shapes.furniture import _legs

    wood = _of("wood", "#b98d62")
    return [slab(ellipse(34, 34, 72), 3.2, 1.1, wood).moved(y=43), *_legs(3, 43, 15.5, 9, wood)]


def bench(chance) -> list[Patch]:
    from .joinery import bar, leg, plank

    wood = _of("wood", "#b98d62")
    made = [plank(120, 3.2, 38, wood, 1).moved(y=42)]
    for x in (-1, 1):
        for z in (-1, 1):
            made.append(leg((x * 53, 0.3, z * 16), (x * 48, 42.5, z * 12), 2.1, wood))
        made.append(bar((x * 51, 17, -14), (x * 51, 17, 14), 0.9, wood))
    return made


def basket(chance) -> list[Patch]:
    from .shapes.woven import woven

    return [woven([(15, 0), (15.6, 0.2), (17.4, 8), (18, 26)], _of("wicker", "#c7a271"), 0.8, 30, 80)]


def towels(chance) -> list[Patch]:
    from .fabric import folded

    made = folded(28, 22, 6, _of("terry", CREAM), chance, 4)
    return made + moved(folded(27, 21, 5.6, _of("terry", SAGE), chance, 4), y=6)
