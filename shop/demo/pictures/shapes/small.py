"""Soap and its dish."""

import numpy as np

from ..curves import rectangle
from ..forms import cut, tube
from ..mesh import Patch, Surface, moved, turned
from ..registry import Order, shape
from ..vessels import body


def bar_of_soap(surface: Surface, w: float = 8.4, d: float = 5.6) -> list[Patch]:
    outline = rectangle(w, d, 2.4, 100)
    a = np.linspace(0, np.pi / 2, 6)
    low = [(1.0 * (1 - np.sin(t)), 1.0 * (1 - np.cos(t))) for t in a]
    high = [(1.0 * (1 - np.cos(t)), 1.7 + 1.0 * np.sin(t)) for t in a]
    return [cut(outline, [*low, *high, (1.3, 2.7), (1.6, 2.62), (1.9, 2.56)], surface, cap=8)]


def _wrapped(surface: Surface, band: Surface, w: float = 8.4, d: float = 5.6) -> list[Patch]:
    made = bar_of_soap(surface, w, d)
    a = np.linspace(0, 2 * np.pi, 60)
    z = np.sign(np.cos(a)) * np.abs(np.cos(a)) ** 0.42 * (d / 2 + 0.05)
    y = 1.36 + np.sign(np.sin(a)) * np.abs(np.sin(a)) ** 0.42 * 1.42
    ring = np.stack([0 * a, y, z], 1)
    from ..forms import sheet

    x = np.linspace(-1.7, 1.7, 10)[None, :]
    strip = sheet(x + 0 * y[:, None], ring[:, 1:2] + 0 * x, ring[:, 2:3] + 0 * x, band)
    return [*made, strip]


@shape("soap", "soap", "#f1eadc", pitch=24, turn=-24, fill=(0.62, 0.5), close=(-0.1, 0.6, 0.5))
def soap(o: Order) -> list[Patch]:
    band = o.plain("paper", o.second)
    count = o.count(2, 3)
    size = (8.4 * o.width, 5.6)
    one = _wrapped(o.main(), band, *size) if o.spec.second or count == 1 else bar_of_soap(o.main(), *size)
    made = moved(one, 0, 0, 0)
    if count > 1:
        made += moved(turned(bar_of_soap(o.main(), *size), "y", 24), 0.6, 2.62, 0.1)
    if count > 2:
        made += moved(turned(_wrapped(o.main(), band, *size), "y", -40), 6.4, 0, 6.2)
    return made


@shape("soapdish", "stoneware", "#d9cfae", pitch=25, turn=-20, fill=(0.64, 0.5), close=(-0.12, 0.6, 0.5))
def soapdish(o: Order) -> list[Patch]:
    w = o.width
    outer = [(4.2, 0), (4.6, 0), (6.2, 0.9), (7.2, 2.4)]
    dish = body(outer, 0.4, 0.7, o.main(), 30, 96).scaled(1.1 * w, o.height, 0.76 * w)
    rails = [
        tube(np.array([[x, 0.95, -2.6], [x, 1.05, 0], [x, 0.95, 2.6]]), 0.3, o.main(), 8)
        for x in (-2.6, -0.9, 0.9, 2.6)
    ]
    return [dish, *rails, *moved(turned(bar_of_soap(o.plain("soap", o.second), 8, 5.2), "y", -6), y=1.2)]
