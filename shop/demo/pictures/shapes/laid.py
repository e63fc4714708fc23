"""A laid table: what the table-setting service sells."""

import numpy as np

from ..curves import rectangle
from ..fabric import pad, ruffled
from ..forms import ball, slab
from ..greens import stems
from ..mesh import Patch, Surface, moved, turned
from ..registry import Order, shape
from ..vessels import glass_vessel
from .candles import flame, holder, slim
from .cutlery import fork, tableknife, tablespoon
from .pots import bowl_of, plate_of
from .pouring import vase_of, vase_top

STEEL = Surface("steel", "#c3c2be", "#c3c2be")


def place(china: Surface, linen: Surface, chance, glass: bool = True) -> list[Patch]:
    """One place: mat, plate, bowl, napkin, cutlery, glass."""
    made = [ruffled(pad(46, 33, 0.45, linen, 0.8), 0.1, 14, chance)]
    made += moved(plate_of(china, 1.0), y=0.45)
    made += moved(bowl_of(china, 0.86, 0.62), y=1.25)
    napkin = ruffled(
        slab(rectangle(6.5, 19, 0.6, 90), 1.0, 0.45, Surface(linen.material, china.colour, china.colour)),
        0.12,
        8,
        chance,
    )
    made.append(napkin.moved(-18.4, 0.45, 1))
    made += moved(fork(STEEL, STEEL), -18.4, 1.4, 1)
    made += moved(tableknife(STEEL, STEEL), 16.2, 0.45, 1)
    made += moved(tablespoon(STEEL, STEEL), 19.6, 0.45, 1)
    if glass:
        made += moved(glass_vessel([(3, 0), (3.3, 0.1), (3.5, 1.2), (3.9, 9)], 0.9, "#d9e4e2", 0.5), 15.5, 0.45, -14.5)
    return made


def lights(chance) -> list[Patch]:
    brass = Surface("brass", "#b99558", "#b99558")
    wax = Surface("wax", "#efe6d2", "#efe6d2")
    made: list[Patch] = []
    for x, z, tall in ((0, 0, 0.8), (6.5, 2, 1.2)):
        one = holder(brass, tall) + moved(slim(wax, 16), y=7.7 * tall) + moved(flame(1.9), y=7.6 * tall + 16)
        made += moved(one, x, 0, z)
    return made


def posy(chance, colour: str = "#d9d0c1") -> list[Patch]:
    made = vase_of("bud", Surface("stoneware", colour, colour), 1.1, 1.0)
    return made + moved(stems("eucalyptus", chance, 15), y=vase_top("bud", 1.0) * 0.8)


@shape("tablesetting", "stoneware", "#b9b29f", pitch=34, turn=-8, fill=(0.84, 0.66), close=(-0.3, 0.3, 0.36))
def tablesetting(o: Order) -> list[Patch]:
    linen = o.plain("linen", o.second)
    made = place(o.main(), linen, o.chance)
    return made + moved(lights(o.chance), -17, 0, -23) + moved(posy(o.chance), -4, 0, -25)


@shape("gathering", "stoneware", "#b9b29f", pitch=30, turn=-5, fill=(0.9, 0.62), close=(-0.1, 0.3, 0.4))
def gathering(o: Order) -> list[Patch]:
    linen = o.plain("linen", o.second)
    made = moved(place(o.main(), linen, o.chance), -26, 0, 18)
    made += moved(place(o.main(), linen, o.chance), 26, 0, 18)
    made += moved(turned(place(o.main(), linen, o.chance, False), "y", 180), 0, 0, -40)
    made += moved(lights(o.chance), -20, 0, -13) + moved(posy(o.chance), 2, 0, -12)
    fruit = bowl_of(o.main(), 1.2, 0.8)
    lemon = o.plain("fruit", "#d9b64a")
    for k in range(5):
        a = np.radians(72 * k)
        fruit.append(ball(2.9, lemon, 0.9, 28).moved(3.6 * np.cos(a), 2.4 + (k % 2), 3.6 * np.sin(a)))
    return made + moved(fruit, 24, 0, -14)
