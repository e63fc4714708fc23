"""Plants and their pots."""

import numpy as np

from ..forms import lathe
from ..greens import _tones, bush, leaf, stems
from ..mesh import Patch, Surface, moved
from ..registry import Order, shape
from ..vessels import body, ring
from .pouring import vase_of, vase_top

GREEN = "#5f7a52"
POT = [(4.6, 0), (5.1, 0.15), (6.2, 5), (7, 9.6), (7.25, 9.9), (7.3, 11.6)]


def pot_of(surface: Surface, w: float = 1.0, h: float = 1.0) -> list[Patch]:
    outer = [(r * w, y * h) for r, y in POT]
    soil = lathe(
        np.array([[6.6 * w, 10.2 * h], [3 * w, 10.6 * h], [0, 10.7 * h]]), Surface("cork", "#4a3a2e", "#4a3a2e"), 48
    )
    return [body(outer, 0.5, 1, surface, 44), soil]


@shape("planter", "terracotta", GREEN, pitch=13, fill=(0.58, 0.62), close=(-0.02, 0.3, 0.6))
def planter(o: Order) -> list[Patch]:
    w, h = o.width, o.height
    made = pot_of(o.main(), w, h)
    if o.param("saucer", True):
        dish = body([(5 * w, 0), (5.6 * w, 0), (7 * w, 0.7), (7.4 * w, 1.5)], 0.4, 0.5, o.main(), 24)
        made = [dish, *moved(made, y=0.5)]
    kind = str(o.param("plant", "leafy"))
    if kind == "none":
        return made
    green = o.plain("leaf", o.spec.second or GREEN)
    return made + moved(bush(kind, green, o.chance, 19 * w), y=10.6 * h)


@shape("plant", "terracotta", "#b5714f", pitch=10, fill=(0.62, 0.68), close=(-0.05, 0.68, 0.5))
def plant(o: Order) -> list[Patch]:
    w, h = o.width, o.height
    pot = pot_of(o.plain(o.material, o.second), w, h)
    kind = str(o.param("plant", "leafy"))
    return pot + moved(bush(kind, o.plain("leaf", o.spec.colour), o.chance, 30 * w * h), y=10.6 * h)


@shape("stems", "stoneware", pitch=9, fill=(0.6, 0.7), close=(0, 0.72, 0.6))
def dried(o: Order) -> list[Patch]:
    kind = str(o.param("stems", "grass"))
    form = str(o.param("form", "bud"))
    made = vase_of(form, o.main(), o.width * 1.25, o.height * 1.1)
    return made + moved(stems(kind, o.chance, 26 * o.height), y=vase_top(form, o.height * 1.1) * 0.8)


@shape("wreath", "leaf", "#7a5c42", place="wall", pitch=2, fill=(0.62, 0.6), close=(-0.28, 0.7, 0.5))
def wreath(o: Order) -> list[Patch]:
    radius = 14 * o.width
    made = [ring(radius, 0.5, 0, o.plain("wicker", o.second)).turned("x", 90).moved(z=2)]
    tones = _tones(o.plain("leaf", o.spec.colour), o.chance)
    for k in range(96):
        angle = k / 96 * 2 * np.pi
        size = float(o.chance.uniform(4, 6.2))
        blade = leaf(size, size * 0.42, 0.15, tones[k % 3])
        tilt = float(o.chance.uniform(-42, 42))
        blade = blade.turned("x", float(o.chance.uniform(30, 130))).turned("z", np.degrees(angle) + 90 + tilt)
        made.append(blade.moved(radius * np.cos(angle), radius * np.sin(angle), 2 + float(o.chance.uniform(0, 1.6))))
    return made
