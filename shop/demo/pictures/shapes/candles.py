"""Candles and what holds them."""

import numpy as np

from ..arranging import grouped, row
from ..curves import spline
from ..forms import lathe, tube
from ..mesh import Patch, Surface, moved
from ..registry import Order, shape
from ..vessels import body, glass_vessel, ring, solid

WAX = "#efe6d2"


def flame(height: float = 2.2) -> list[Patch]:
    """A small steady flame on a wick, from the origin upwards."""
    wick = tube(
        np.array([[0, -0.3, 0], [0.03, 0.3, 0], [0.1, 0.6, 0]]), 0.07, Surface("terracotta", "#2b2320", "#2b2320"), 6
    )
    outer = spline([(0, 0.25), (0.24, 0.5), (0.36, 0.95), (0.2, 1.7), (0, 2.2)], 24) * (height / 2.2)
    fire = Surface("wax", "#ffd9a0", "#ffd9a0", glow=2.0)
    inner = spline([(0, 0.4), (0.14, 0.6), (0.2, 0.9), (0.1, 1.3), (0, 1.5)], 16) * (height / 2.2)
    core = Surface("wax", "#fff6e0", "#fff6e0", glow=2.4)
    made = [lathe(outer, fire, 20), lathe(inner, core, 16).moved(z=0.3)]
    return [wick, *[Patch(p.points, p.uv, p.level, p.surface, casts=False) for p in made]]


def wick(height: float = 1.0) -> list[Patch]:
    path = spline([(0, -0.2, 0), (0.02, height * 0.5, 0), (0.14, height, 0.05)], 8)
    return [tube(path, 0.09, Surface("cotton", "#e4dccb", "#e4dccb"), 6)]


def wax_top(radius: float, height: float, surface: Surface) -> Patch:
    profile = [(radius, height - 0.02), (radius * 0.9, height - 0.12), (radius * 0.4, height - 0.2), (0, height - 0.16)]
    return lathe(spline(profile, 14), surface, 56)


@shape("candle", "stoneware", WAX, pitch=19, fill=(0.5, 0.52), close=(-0.05, 0.7, 0.62))
def candle(o: Order) -> list[Patch]:
    w, h = o.width, o.height
    outer = [(3.6, 0), (4, 0.15), (4.3, 0.9), (4.3, 5), (4.3, 9)]
    outer = [(r * w, y * h) for r, y in outer]
    wax = o.plain("wax", o.second, glow=0.1)
    if o.material == "glass":
        filled = solid([(0, 0.7), (3.7 * w, 0.7), (4.0 * w, 1.2), (4.02 * w, 7 * h)], wax, 24)
        made = [*glass_vessel(outer, 0.7, o.spec.colour), filled]
    else:
        made = [body(outer, 0.3, 1, o.main())]
    made.append(wax_top(4.06 * w, 7.3 * h, wax))
    made += moved(flame() if o.param("lit", True) else wick(), y=7.2 * h)
    return grouped(made, o.count(1, 3), o.chance)


@shape("pillar", "wax", pitch=14, fill=(0.56, 0.6), close=(-0.08, 0.8, 0.55))
def pillar(o: Order) -> list[Patch]:
    sizes = [(3.6, 15), (3.6, 9.6), (3.6, 6)][: o.count(1, 3)]
    spots = [(0, 0), (7, 2.6), (-5.6, 4.8)]
    made: list[Patch] = []
    for (radius, height), (x, z) in zip(sizes, spots, strict=False):
        r, h = radius * o.width, height * o.height
        profile = [
            (0, 0),
            (r * 0.97, 0),
            (r, 0.25),
            (r, h * 0.5),
            (r, h - 0.3),
            (r * 0.94, h),
            (r * 0.8, h - 0.1),
            (0, h - 0.45),
        ]
        one = [solid(profile, o.main(), 50, 64)]
        one += moved(flame() if o.param("lit", True) else wick(), y=h - 0.4)
        made += moved(one, x, 0, z)
    return made


def holder(surface: Surface, h: float = 1.0) -> list[Patch]:
    profile = [
        (0, 0),
        (4, 0),
        (4.2, 0.2),
        (4, 0.5),
        (1.6, 0.9),
        (0.8, 1.6),
        (0.75, 5 * h),
        (1.2, 6 * h),
        (0.9, 6.6 * h),
        (1.5, 7.8 * h),
        (1.5, 8.4 * h),
        (0, 8.3 * h),
    ]
    return [solid(profile, surface, 60, 56)]


def slim(surface: Surface, height: float) -> list[Patch]:
    profile = [(0, 0), (1.02, 0), (1.0, 1), (0.85, height * 0.6), (0.72, height - 0.4), (0.3, height), (0, height)]
    return [solid(profile, surface, 26, 28)]


@shape("taper", "wax", "#b99558", pitch=9, fill=(0.56, 0.66), close=(-0.05, 0.35, 0.6))
def taper(o: Order) -> list[Patch]:
    count, h = o.count(3, 6), o.height
    if not o.param("holder", True):
        lying = [p.turned("z", 90) for p in slim(o.main(), 25 * h)]
        made: list[Patch] = []
        for k in range(count):
            made += moved(lying, float(o.chance.uniform(-0.6, 0.6)), 1, k * 2.4)
        return [p.turned("y", 24) for p in made]
    things = []
    for k in range(min(count, 4)):
        tall = (0.8, 1.25, 1.0, 1.45)[k]
        one = holder(o.plain("brass", o.second), tall) + moved(slim(o.main(), 20 * h), y=7.7 * tall)
        one += moved(flame(1.9) if o.param("lit", True) else wick(0.8), y=7.6 * tall + 20 * h)
        things.append(moved(one, z=(0, 2.2, -1.4, 1)[k]))
    return row(things, 1.0)


@shape("candlestick", "brass", WAX, pitch=10, fill=(0.5, 0.66), close=(-0.05, 0.3, 0.62))
def candlestick(o: Order) -> list[Patch]:
    things = []
    for k in range(o.count(1, 3)):
        tall = (1.5, 1.0, 2.0)[k] * o.height
        one = [p.scaled(o.width, 1, o.width) for p in holder(o.main(), tall)]
        one += moved(slim(o.plain("wax", o.second), 16), y=7.7 * tall)
        one += moved(flame(1.9) if o.param("lit", True) else wick(0.8), y=7.6 * tall + 16)
        things.append(moved(one, z=(0, 2.5, -1)[k]))
    return row(things, 1.2)


@shape("lantern", "glass", "#3a3835", pitch=11, fill=(0.5, 0.64), close=(0, 0.4, 0.6))
def lantern(o: Order) -> list[Patch]:
    w, h = o.width, o.height
    metal = o.plain("brass" if o.spec.second else "steel", o.second)
    base = solid([(0, 0), (6.6 * w, 0), (6.8 * w, 0.4), (6.6 * w, 1), (0, 1)], metal, 30, 64)
    outer = [(6 * w, 0.9), (6.1 * w, 1), (6.1 * w, 9 * h), (6.1 * w, 20 * h)]
    wax = [solid([(0, 1), (3.2, 1), (3.2, 5), (3.1, 9.4), (2.6, 9.6), (0, 9.3)], o.plain("wax", WAX, glow=0.1), 30, 48)]
    arc = np.linspace(0, np.pi, 30)
    bail = tube(np.stack([6.2 * w * np.cos(arc), 20 * h + 7 * np.sin(arc), 0 * arc], 1), 0.22, metal, 8)
    made = [base, *wax, *moved(flame(2.4), y=9.3), ring(6.15 * w, 0.32, 20 * h, metal), bail]
    return made + glass_vessel(outer, 1.05, o.spec.colour)
