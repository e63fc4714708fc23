"""Lamps."""

import numpy as np

from ..curves import spline
from ..forms import lathe, tube
from ..mesh import Patch, Surface
from ..registry import Order, shape
from ..vessels import ball_of, solid

SHADE = "#efe6d3"
FEET = {
    "ball": [
        (0, 0),
        (4.4, 0),
        (5, 0.3),
        (7.6, 3.6),
        (8.6, 8),
        (7.4, 12.6),
        (3.4, 16.4),
        (1.3, 17.6),
        (1.1, 19),
        (0, 19),
    ],
    "column": [(0, 0), (6.4, 0), (6.6, 0.5), (6.4, 1.6), (2.4, 2.2), (2, 4), (2, 16), (2.2, 18.4), (0.9, 19), (0, 19)],
    "cone": [(0, 0), (7.4, 0), (7.8, 0.4), (6.6, 4), (4, 11), (1.8, 17.6), (1.1, 19), (0, 19)],
}


def drum(low: float, high: float, bottom: float, top: float, surface: Surface) -> list[Patch]:
    """A lamp shade: a thin wall seen from outside and inside, bound at both edges."""
    outer = np.array(
        [
            [low, bottom],
            *[[low + (high - low) * t, bottom + (top - bottom) * t] for t in np.linspace(0.03, 0.97, 12)],
            [high, top],
        ]
    )
    inner = outer[::-1] - [0.25, 0]
    return [lathe(np.vstack([outer, inner, outer[:1]]), surface, 84)]


@shape("lamp", "stoneware", SHADE, pitch=8, fill=(0.6, 0.66), close=(0, 0.42, 0.6))
def lamp(o: Order) -> list[Patch]:
    w, h = o.width, o.height
    foot = str(o.param("foot", "ball"))
    if foot == "tripod":
        made = _tripod(o, 19 * h, 9 * w)
    else:
        made = [solid([(r * w, y * h) for r, y in FEET.get(foot, FEET["ball"])], o.main(), 56, 72)]
    metal = o.plain("brass", "#b08d55")
    made.append(tube(np.array([[0, 18.5 * h, 0], [0, 24 * h, 0]]), 0.5, metal, 12))
    glow = 0.2 if o.param("lit", True) else 0.0
    made += drum(13.5 * w, 9.2 * w, 21 * h, 37 * h, o.plain("linen", o.second, glow=glow))
    made.append(ball_of(1.2, o.plain("brass", "#b08d55"), 37.4 * h))
    return made


def _tripod(o: Order, height: float, spread: float) -> list[Patch]:
    made = [
        solid([(0, height - 2), (1.6, height - 2), (1.7, height - 1), (1.2, height), (0, height)], o.main(), 24, 32)
    ]
    for angle in (90, 210, 330):
        a = np.radians(angle + 12)
        path = np.array([[spread * np.cos(a), 0.3, spread * np.sin(a)], [0.5 * np.cos(a), height - 1, 0.5 * np.sin(a)]])
        path = path[0] + (path[1] - path[0]) * np.linspace(0, 1, 14)[:, None]
        made.append(tube(path, np.linspace(0.55, 0.8, 14), o.main(), 12))
    return made


@shape("floorlamp", "wood", SHADE, place="room", pitch=5, fill=(0.6, 0.76), close=(0, 0.82, 0.7))
def floorlamp(o: Order) -> list[Patch]:
    w, h = o.width, o.height
    made: list[Patch] = []
    if o.material == "brass":
        made.append(
            solid(
                [(0, 0), (14, 0), (14.4, 0.6), (14, 1.4), (1.2, 2), (1, 6), (1, 104 * h), (0, 104 * h)],
                o.main(),
                60,
                56,
            )
        )
    else:
        for angle in (90, 210, 330):
            a = np.radians(angle + 14)
            low, top = (
                np.array([26 * np.cos(a), 0.8, 26 * np.sin(a)]),
                np.array([1.6 * np.cos(a), 104 * h, 1.6 * np.sin(a)]),
            )
            path = low + (top - low) * np.linspace(0, 1, 30)[:, None]
            made.append(tube(path, np.linspace(1.3, 1.8, 30), Surface("wood", o.spec.colour, turn=True), 14))
    made.append(solid([(0, 102 * h), (3, 102 * h), (3, 105 * h), (0, 105 * h)], o.plain("brass", "#b08d55"), 16, 32))
    glow = 0.2 if o.param("lit", True) else 0.0
    return made + drum(27 * w, 20 * w, 106 * h, 138 * h, o.plain("linen", o.second, glow=glow))


@shape("pendant", "linen", "#3a3835", place="hung", pitch=-4, fill=(0.62, 0.74), close=(0, 0.18, 0.7))
def pendant(o: Order) -> list[Patch]:
    w, h = o.width, o.height
    glow = 0.18 if o.material in ("linen", "cotton", "paper", "wicker") else 0.0
    profile = spline([(19 * w, 0), (18.6 * w, 2.5 * h), (15.4 * w, 10 * h), (8 * w, 17 * h), (2.4, 20 * h)], 40)
    main = Surface(o.material, o.spec.colour, o.second, str(o.param("pattern", "plain")), glow=glow)
    inner = (profile - [0.3, 0.3])[::-1]
    made = [lathe(np.vstack([profile, inner, profile[:1]]), main, 84)]
    made.append(
        solid(
            [(0, 19.5 * h), (2.6, 19.5 * h), (2.6, 22 * h), (0.7, 23.4 * h), (0, 23.6 * h)],
            o.plain("brass", "#b08d55"),
            24,
            32,
        )
    )
    cord = np.array([[0, 23 * h + 50 * t, 0] for t in np.linspace(0, 1, 16)])
    made.append(tube(cord, 0.28, o.plain("cotton", "#3a3835"), 8))
    bulb = ball_of(3, Surface("wax", "#fff0d2", "#fff0d2", glow=1.6), 3 * h)
    return [*made, Patch(bulb.points, bulb.uv, bulb.level, bulb.surface, casts=False)]
