"""Cloth that hangs on a peg or a hanger."""

import numpy as np

from ..curves import spline
from ..fabric import hanging, seam
from ..forms import sheet, slab, tube
from ..mesh import F, Patch, Surface, moved
from ..registry import Order, shape
from .walls import peg

OAK = "#b98d5f"


def sleeve(
    start: tuple[float, float],
    end: tuple[float, float],
    top: float,
    low: float,
    surface: Surface,
    chance,
    z: float = 3.2,
) -> Patch:
    """A sleeve hanging from a shoulder: a soft, flattened tube with cross folds at the elbow."""
    (x0, y0), (x1, y1) = start, end
    bend = (x1 - x0) * 0.35
    path = spline(
        [
            (x0, y0, z - 0.4),
            (x0 + bend * 1.5, y0 * 0.7 + y1 * 0.3, z + 0.5),
            (x0 + bend * 2.2, (y0 + y1) / 2, z + 0.7),
            (x1, y1, z),
        ],
        56,
    )
    t = np.linspace(0, 1, 56)[:, None]
    a = np.linspace(0, 2 * np.pi, 41)[None, :]
    radius = (top + (low - top) * t**0.8) * (0.34 + 0.66 * np.sqrt(np.clip(t / 0.13, 0, 1)))
    ripple = 1 + 0.07 * np.sin(24 * t + 3 * np.cos(a) + float(chance.uniform(0, 6))) * np.exp(-(((t - 0.5) / 0.3) ** 2))
    ripple = ripple + 0.05 * np.sin(3 * a + 5 * t)
    x = path[:, :1] + radius * np.cos(a) * ripple
    zz = path[:, 2:] + radius * 0.46 * np.sin(a) * ripple
    y = path[:, 1:2] - 0.25 * radius * np.cos(a) * np.sign(x1 - x0) * t
    return sheet(x, y, zz, surface)


@shape("hangtowel", "terry", place="wall", pitch=3, fill=(0.5, 0.68), close=(-0.1, 0.72, 0.6))
def hangtowel(o: Order) -> list[Patch]:
    w, h = o.width, 62 * o.height
    outline = [(0, 1.6), (0.05, 3.2 * w), (0.16, 8 * w), (0.34, 13 * w), (0.6, 16 * w), (1, 17.4 * w)]
    cloth = hanging(outline, h, o.main(), o.chance, 2.6, 3.4)
    back = hanging([(s, half * 0.92) for s, half in outline], h * 0.86, o.main(), o.chance, 2.2, 2.6, off=0.8).moved(
        1.6, 0, -0.4
    )
    return [back, cloth, *peg(o.plain("wood", OAK), 0, 0.4)]


@shape("apron", "linen", place="wall", pitch=2, fill=(0.58, 0.74), close=(0, 0.62, 0.5))
def apron(o: Order) -> list[Patch]:
    w, h = o.width, 74 * o.height
    outline = [
        (0, 10.5 * w),
        (0.02, 11 * w),
        (0.2, 12.4 * w),
        (0.32, 17 * w),
        (0.42, 24 * w),
        (0.46, 25.4 * w),
        (1, 25.8 * w),
    ]
    cloth = hanging(outline, h, o.main(), o.chance, 3.2, 2.2)
    tape = o.plain("cotton", o.second if o.spec.second else o.spec.colour)
    neck = [(-9.6 * w, -0.6, 2.8), (-6 * w, 9, 2.4), (0, 18, 2.0), (6 * w, 9, 2.4), (9.6 * w, -0.6, 2.8)]
    made = [cloth, seam(neck, 0.75, tape, 0.25)]
    for side in (-1, 1):
        x = side * 24.6 * w
        ends = [
            (x, -h * 0.45, 3.4),
            (x + side * 3.2, -h * 0.52, 3.6),
            (x + side * 3.0, -h * 0.7, 3.2),
            (x + side * 4.4, -h * 0.86, 3.0),
        ]
        made.append(seam(ends, 0.7, tape, 0.25))
    made += _pocket(o, 12.5 * w, -h * 0.5, 15)
    return [*made, *peg(o.plain("wood", OAK), 0, 17.4)]


def _pocket(o: Order, half: float, top: float, deep: float) -> list[Patch]:
    s = np.linspace(-1, 1, 40, dtype=F)[None, :]
    t = np.linspace(1, 0, 16, dtype=F)[:, None]
    z = 5.6 + 0.35 * np.sin(4 * s + 1) + 0.5 * (1 - t)
    front = sheet(half * s + 0 * t, top - deep * t + 0.3 * s**2, z + 0 * t, o.main())
    stitch = [(-half, top + 0.3, 5.9), (0, top, 6.3), (half, top + 0.3, 6.4)]
    return [front, seam(stitch, 0.22, o.plain(o.material, o.second if o.spec.second else o.spec.colour))]


@shape("robe", "terry", place="wall", pitch=2, fill=(0.66, 0.78), close=(0, 0.74, 0.46))
def robe(o: Order) -> list[Patch]:
    w, h = o.width, 112 * o.height
    main, trim = o.main(), o.plain(o.material, o.second if o.spec.second else o.spec.colour)
    outline = [
        (0, 7 * w),
        (0.03, 12 * w),
        (0.075, 20.5 * w),
        (0.2, 21.5 * w),
        (0.4, 20.6 * w),
        (0.5, 20.2 * w),
        (0.75, 24 * w),
        (1, 27.5 * w),
    ]
    body = hanging(outline, h, main, o.chance, 3.6, 3.2, 72, 110)
    made = [body]
    for side in (-1, 1):
        made.append(sleeve((side * 17.6 * w, -h * 0.05), (side * 27.5 * w, -h * 0.56), 6.6, 7.6, main, o.chance))
        cuff = spline([(side * 27.1 * w, -h * 0.5, 3.3), (side * 27.7 * w, -h * 0.565, 3.2)], 8)
        made.append(tube(cuff, 8.1, trim, 30, flat=0.5))
        made += _lapel(side, w, h, trim)
    belt = [
        (-20.6 * w, -h * 0.485, 5.2),
        (-8, -h * 0.49, 7.4),
        (0, -h * 0.492, 7.9),
        (9, -h * 0.49, 7.4),
        (20.6 * w, -h * 0.485, 5.2),
    ]
    made.append(seam(belt, 1.9, trim, 0.4))
    for side, end in ((-1, 0.76), (1, 0.82)):
        tail = [
            (0.6 * side, -h * 0.49, 8.6),
            (2.6 * side, -h * 0.55, 8.8),
            (2.2 * side, -h * 0.66, 8.4),
            (3.4 * side, -h * end, 8.2),
        ]
        made.append(seam(tail, 1.7, trim, 0.3))
    knot = slab(_oval(4.6, 4), 2.4, 1.1, trim).turned("x", 90).moved(0, -h * 0.492, 7.8)
    loop = seam([(-1.4, -0.6, 2.6), (-0.7, 2.2, 2.2), (0.7, 2.2, 2.2), (1.4, -0.6, 2.6)], 0.3, trim)
    return [*made, knot, loop, *peg(o.plain("wood", OAK), 0, 1.2)]


def _oval(w: float, d: float):
    from ..curves import ellipse

    return ellipse(w, d, 40)


def _lapel(side: int, w: float, h: float, surface: Surface) -> list[Patch]:
    """One side of a shawl collar, from the neck to the belt, crossing a little."""
    t = np.linspace(0, 1, 40)[:, None]
    s = np.linspace(-1, 1, 12)[None, :]
    middle = side * (6.6 - 6.2 * t**1.2) * w
    half = (2.4 + 2.8 * np.sin(np.pi * t**0.7)) * w
    y = 1.2 - h * 0.475 * t
    z = 5.4 + 2.4 * np.sin(np.pi * np.clip(t, 0, 1) * 0.6) + 0.9 * (1 - s**2) + (0.5 if side > 0 else 0)
    x = middle + half * s * side * 0.9
    front = sheet((x + 0 * t)[::-1], (y + 0 * s)[::-1], (z + 0 * t)[::-1], surface)
    return [front]


def shirt(o: Order, length: float, trim: Surface) -> list[Patch]:
    """A shirt on a wooden hanger."""
    w, h = o.width, length
    outline = [(0, 6.4 * w), (0.025, 10 * w), (0.09, 20.5 * w), (0.2, 20.8 * w), (0.6, 20.6 * w), (1, 22.6 * w)]
    made = [hanging(outline, h, o.main(), o.chance, 3.0, 2.2, 64, 100)]
    for side in (-1, 1):
        made.append(
            sleeve((side * 17.4 * w, -h * 0.07), (side * 26.5 * w, -min(h * 0.62, 44)), 5.6, 5.0, o.main(), o.chance)
        )
        made += [_collar_leaf(side, w, o.main()), *_collar_edge(side, w, trim)]
    front = [(0.5, -4, 6.0), (0.6, -h * 0.4, 6.4), (0.3, -h * 0.75, 6.6), (0.5, -h * 0.995, 6.0)]
    made.append(seam(front, 0.3, trim))
    for k in range(4):
        made.append(
            slab(_oval(1.5, 1.5), 0.5, 0.2, o.plain("marble", "#f4f0e8"))
            .turned("x", 90)
            .moved(-1.2, -h * (0.22 + 0.17 * k), 6.4)
        )
    return [*made, *_hanger(o, w)]


def _collar_leaf(side: int, w: float, surface: Surface) -> Patch:
    from ..curves import closed

    points = [
        (0.3, 0.6),
        (3.6, 1.8),
        (6.4, 0.9),
        (7.2, -1.6),
        (5.6, -8.6),
        (5.6, -8.6),
        (3.2, -6.6),
        (0.5, -3.8),
        (0.5, -3.8),
    ]
    outline = closed([(x * side * w, -y) for x, y in points][:: 1 if side > 0 else -1], 60)
    return slab(outline, 0.8, 0.35, surface).turned("x", 90).moved(0, 0, 5.6)


def _collar_edge(side: int, w: float, surface: Surface) -> list[Patch]:
    points = [
        (7.2 * side * w, -1.6, 6.5),
        (6.5 * side * w, -5.2, 6.6),
        (5.6 * side * w, -8.6, 6.6),
        (5.6 * side * w, -8.6, 6.6),
        (3.2 * side * w, -6.6, 6.6),
        (0.5 * side * w, -3.8, 6.6),
    ]
    return [seam(points, 0.24, surface)]


def _hanger(o: Order, w: float) -> list[Patch]:
    wood = o.plain("wood", OAK)
    bow = seam([(-18 * w, -4.6, 3), (-8, -0.4, 3), (0, 1.6, 3), (8, -0.4, 3), (18 * w, -4.6, 3)], 1.1, wood, 0.8)
    hook = seam(
        [(0, 1.6, 3), (0, 5.4, 3), (1.6, 7.4, 3), (1.2, 9.8, 2.8), (-1.0, 10.2, 2.6), (-1.9, 8.6, 2.6)],
        0.22,
        o.plain("steel", "#b9babb"),
        1.0,
    )
    return [bow, hook, *peg(wood, 0, 9.2)]


@shape("nightshirt", "cotton", "#6f7c78", place="wall", pitch=2, fill=(0.62, 0.76), close=(0, 0.8, 0.5))
def nightshirt(o: Order) -> list[Patch]:
    return shirt(o, 92 * o.height, o.plain(o.material, o.second))


@shape("curtain", "linen", "#b99558", place="wall", pitch=1, fill=(0.6, 0.8), close=(0, 0.8, 0.46))
def curtain(o: Order) -> list[Patch]:
    w, h = 46 * o.width, 190 * o.height
    cloth = hanging([(0, w), (0.3, w * 0.97), (1, w * 1.04)], h, o.main(), o.chance, 7.5, 7, 60, 180, off=3)
    rod = tube(
        np.array([[x, 0.6, 6] for x in np.linspace(-w * 1.25, w * 1.25, 12)]), 1.3, o.plain("brass", o.second), 16
    )
    return [cloth, rod]


@shape("ovenmitt", "linen", place="wall", pitch=2, fill=(0.6, 0.58), close=(-0.2, 0.5, 0.5))
def ovenmitt(o: Order) -> list[Patch]:
    from ..curves import closed
    from ..fabric import ruffled

    hand = [
        (-5.6, 13),
        (5.6, 13),
        (6, 4),
        (7.4, 1.4),
        (10.6, -1.6),
        (11.4, -4.6),
        (9.2, -5.8),
        (6.4, -3.2),
        (5.6, -4),
        (5.2, -10),
        (2.6, -14.4),
        (-2.6, -14.6),
        (-5.6, -10.4),
        (-6.2, 0),
    ]
    outline = closed([(x * o.width, z * o.height) for x, z in hand][::-1], 130)
    from ..forms import cut

    steps = [(1.2, 0), (0.3, 0.6), (0, 1.6), (0.3, 2.6), (1.2, 3.3)]
    mitt = ruffled(cut(outline, steps, o.main(), cap=14), 0.3, 8, o.chance, False)
    trim = o.plain("cotton", o.second if o.spec.second else o.spec.colour)
    cuff = tube(np.array([[x, 1.7, 12.6] for x in np.linspace(-5.9, 5.9, 16)]), 1.7, trim, 14, flat=1.0)
    loop = tube(
        spline([(-4, 1.6, 13.5), (-5, 1.6, 17), (-3.4, 1.6, 18.4), (-2.4, 1.6, 16.6), (-2.8, 1.6, 13.5)], 26),
        0.3,
        trim,
        8,
    )
    made = [p.turned("z", 180) for p in (p.turned("x", 90) for p in (mitt, cuff, loop))]
    made = [p.turned("y", 180) for p in made]
    made = moved(made, 0, -18, 0.8)
    square = slab(_pad(18), 1.4, 0.6, o.main()).turned("x", 90).turned("z", 45)
    square = ruffled(square, 0.3, 9, o.chance, False).moved(24, -13.4, 1)
    ring = seam([(24, -1.2, 1.8), (23.2, 0.8, 2.2), (24, 1.7, 2.4), (24.8, 0.8, 2.2), (24, -1.2, 1.8)], 0.28, trim)
    wood = o.plain("wood", OAK)
    return [*made, square, ring, *peg(wood, 3.4, 0.2), *peg(wood, 24, 1.4)]


def _pad(size: float):
    from ..curves import rectangle

    return rectangle(size, size, 1.6, 80)


@shape("bag", "cotton", place="wall", pitch=2, fill=(0.6, 0.68), close=(0, 0.6, 0.5))
def bag(o: Order) -> list[Patch]:
    w, h = 18 * o.width, 40 * o.height
    cloth = hanging(
        [(0, w * 0.93), (0.5, w), (0.94, w * 1.02), (1, w * 0.96)], h, o.main(), o.chance, 2.2, 2.6, off=2.6
    )
    back = hanging([(0, w * 0.93), (1, w)], h * 0.985, o.main(), o.chance, 2.2, 1.2, off=0.6)
    tape = o.plain("cotton", o.second if o.spec.second else o.spec.colour)
    straps = []
    for z, shift in ((1.2, 1.2), (4, -0.4)):
        points = [
            (-w * 0.5, -3.6, z + 0.4),
            (-w * 0.46, 3, z),
            (-w * 0.2 + shift, 15, z),
            (shift * 0.4, 20.4, 3.0),
            (w * 0.2 + shift, 15, z),
            (w * 0.46, 3, z),
            (w * 0.5, -3.6, z + 0.4),
        ]
        straps.append(seam(points, 1.05, tape, 0.25, 60))
    return [back, straps[0], cloth, straps[1], *peg(o.plain("wood", OAK), 0, 19.6)]
