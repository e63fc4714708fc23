"""Cups, bowls, plates: what a table is laid with."""

import numpy as np

from ..arranging import grouped, stacked
from ..forms import ball, cut, lathe, tube
from ..mesh import Patch, Surface, moved, turned
from ..registry import Order, shape
from ..vessels import body, glass_vessel, loop, solid


def _vessel(o: Order, outer: list[tuple[float, float]], wall: float = 0.32, floor: float = 0.8) -> list[Patch]:
    if o.material == "glass":
        return glass_vessel(outer, floor, o.spec.colour)
    return [body(outer, wall, floor, o.main())]


def plate_of(surface: Surface, w: float = 1.0) -> list[Patch]:
    outer = [(6.2 * w, 0), (6.8 * w, 0.05), (8.4 * w, 0.5), (11.2 * w, 1.5), (13 * w, 2.3)]
    return [body(outer, 0.42, 0.55, surface, 34, 96)]


def cup_of(surface: Surface, w: float = 1.0, h: float = 1.0) -> list[Patch]:
    outer = [(2.2 * w, 0), (2.5 * w, 0), (2.6 * w, 0.2), (3.6 * w, 2.2 * h), (3.95 * w, 5 * h), (4.1 * w, 7.6 * h)]
    return [body(outer, 0.3, 0.8, surface)]


def bowl_of(surface: Surface, w: float = 1.0, h: float = 1.0) -> list[Patch]:
    outer = [(3.2 * w, 0), (3.6 * w, 0), (3.7 * w, 0.7), (5.2 * w, 1.5 * h), (7.2 * w, 4 * h), (8 * w, 6.8 * h)]
    return [body(outer, 0.4, 1.1, surface, 50, 96)]


@shape("cup", "stoneware")
def cup(o: Order) -> list[Patch]:
    w, h = o.width, o.height
    outer = [(2.2 * w, 0), (2.5 * w, 0), (2.6 * w, 0.2), (3.6 * w, 2.2 * h), (3.95 * w, 5 * h), (4.1 * w, 7.6 * h)]
    made = _vessel(o, outer)
    if o.param("handle", False):
        made.append(loop((4 * w, 6 * h), (3.5 * w, 2.1 * h), 2.1, 0.42, o.main()))
    if o.param("saucer", False):
        saucer = body([(3.6 * w, 0), (4 * w, 0), (6 * w, 0.8), (7.4 * w, 1.7)], 0.3, 0.5, o.main(), 26)
        made = [saucer, *moved(made, y=0.55)]
    return grouped(made, o.count(1, 4), o.chance, 30)


@shape("mug", "stoneware")
def mug(o: Order) -> list[Patch]:
    w, h = o.width, o.height
    outer = [(3.2 * w, 0), (3.6 * w, 0.1), (4.1 * w, 0.8), (4.2 * w, 3 * h), (4.1 * w, 6.5 * h), (4.15 * w, 9 * h)]
    made = _vessel(o, outer)
    if o.param("handle", True):
        made.append(loop((4.1 * w, 7.4 * h), (4.1 * w, 2.3 * h), 2.7, 0.52, o.main()))
    return grouped(turned(made, "y", -22), o.count(1, 4), o.chance, 24)


@shape("bowl", "stoneware", pitch=22, fill=(0.64, 0.56), close=(-0.18, 0.8, 0.5))
def bowl(o: Order) -> list[Patch]:
    w, h = o.width, o.height
    outer = [(3.2 * w, 0), (3.6 * w, 0), (3.7 * w, 0.7), (5.2 * w, 1.5 * h), (7.2 * w, 4 * h), (8 * w, 6.8 * h)]
    made = _vessel(o, outer, 0.4, 1.1)
    return stacked(made, o.count(1, 4), 1.9 * h, o.chance, 0.12)


@shape("plate", "stoneware", pitch=32, fill=(0.7, 0.56), close=(-0.22, 0.4, 0.5))
def plate(o: Order) -> list[Patch]:
    return stacked(plate_of(o.main(), o.width), o.count(1, 6), 0.95, o.chance, 0.15)


@shape("platter", "stoneware", pitch=36, turn=14, fill=(0.74, 0.56), close=(-0.24, 0.4, 0.46))
def platter(o: Order) -> list[Patch]:
    return [p.scaled(1.42, 1.1, 0.86) for p in plate_of(o.main(), o.width)]


@shape("eggcup", "stoneware", fill=(0.52, 0.5))
def eggcup(o: Order) -> list[Patch]:
    w, h = o.width, o.height
    outer = [(1.9 * w, 0), (2 * w, 0.2), (1.1 * w, 1.1 * h), (1 * w, 2 * h), (2.1 * w, 3.6 * h), (2.4 * w, 5.2 * h)]
    profile = [(0, 0), (1.3, 0.5), (2.02, 2), (1.9, 3.6), (1.1, 5.2), (0, 5.7)]
    egg = lathe(np.array(_smooth(profile)), o.plain("wax", "#e3c9ae"), 48)
    one = [body(outer, 0.25, 2.6 * h, o.main(), 44, 56), egg.moved(y=2.75 * h)]
    return grouped(one, o.count(1, 4), o.chance)


def _smooth(points):
    from ..curves import spline

    return spline(points, 30)


@shape("butterdish", "stoneware", pitch=20, turn=-24, fill=(0.66, 0.5))
def butterdish(o: Order) -> list[Patch]:
    from ..curves import rectangle
    from ..forms import slab

    w, h = o.width, o.height
    base = slab(rectangle(19 * w, 12.5, 2.4), 1.3, 0.6, o.main())
    steps = [(0, 1.3), (0, 3.6 * h), (0.15, 5.2 * h), (0.6, 6 * h), (1.4, 6.5 * h), (2.4, 6.65 * h)]
    lid = cut(rectangle(15.5 * w, 9.2, 2.2), steps, o.main())
    knob = solid([(0, 0), (0.7, 0), (0.6, 0.7), (1.15, 1.5), (0.7, 2.1), (0, 2.2)], o.plain("wood", "#b98d5f"), 24, 32)
    return [base, lid, knob.moved(y=6.5 * h)]


@shape("saltcellar", "wood", pitch=24, fill=(0.56, 0.5))
def saltcellar(o: Order) -> list[Patch]:
    w, h = o.width, o.height
    outer = [(3.6 * w, 0), (4.3 * w, 0.15), (4.7 * w, 1.6 * h), (4.6 * w, 3.6 * h), (4.2 * w, 5 * h)]
    salt = lathe(
        np.array([[4.1 * w, 3.4 * h], [3 * w, 3.9 * h], [1.4 * w, 4.15 * h], [0, 4.2 * h]]),
        o.plain("felt", "#f3f0ea"),
        64,
    )
    made = [body(outer, 0.6, 1.2, o.main()), salt]
    if o.param("spoon", True):
        path = np.array([[0.4, 4.2, 0.2], [2.2, 5.4, 0.2], [4.6, 7, 0.3], [6.4, 8.1, 0.4]])
        made.append(tube(path * [1, h, 1], np.array([0.5, 0.24, 0.22, 0.3]), o.plain("wood", "#8a6242"), 10))
    return made


@shape("mortar", "marble", pitch=19, fill=(0.62, 0.56))
def mortar(o: Order) -> list[Patch]:
    w, h = o.width, o.height
    outer = [(4.2 * w, 0), (4.7 * w, 0.2), (4.5 * w, 1.2), (5.2 * w, 2.6 * h), (6.3 * w, 6 * h), (6.6 * w, 8.6 * h)]
    pestle = solid(
        [(0, 0), (1.3, 0.3), (1.6, 1.4), (1.1, 3.2), (0.85, 8), (1.05, 11.6), (0.7, 12.8), (0, 13)], o.main(), 40, 32
    )
    return [body(outer, 1.0, 2.2, o.main()), pestle.turned("z", -34).moved(-1.2, 3.1 * h, 0.4)]


@shape("cakestand", "stoneware", pitch=17, fill=(0.66, 0.5), close=(-0.25, 0.82, 0.5))
def cakestand(o: Order) -> list[Patch]:
    w, h = o.width, o.height
    foot = [(5.2, 0), (5.4, 0.3), (3.6, 1.1), (1.7, 3 * h), (1.5, 6 * h), (2.4, 8.6 * h), (6, 9.4 * h)]
    top = [(5.5 * w, 9.2 * h), (11 * w, 9.4 * h), (13.6 * w, 9.7 * h), (14 * w, 10.2 * h), (13.8 * w, 10.5 * h)]
    top += [(13.2 * w, 10.35 * h), (9 * w, 10.2 * h), (0, 10.2 * h)]
    cake = lathe(
        np.array(_smooth([(0, 0), (7.4, 0), (7.6, 0.4), (7.5, 4.6), (6.9, 5.2), (3, 5.5), (0, 5.5)])),
        o.plain("cork", "#c58f52"),
        64,
    )
    fruit = [
        ball(0.8, o.plain("fruit", "#8d2f33")).moved(x, 10.2 * h + 5.3, z)
        for x, z in ((-1.2, 0.6), (0.5, -0.4), (1.1, 1.1))
    ]
    made = [solid(foot, o.main()), solid(top, o.main(), 50, 96)]
    return [*made, cake.moved(y=10.2 * h), *fruit] if o.param("cake", True) else made
