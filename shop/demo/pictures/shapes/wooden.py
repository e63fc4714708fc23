"""Boards, trays and tools of wood."""

import numpy as np

from ..arranging import stacked
from ..curves import closed, ellipse, rectangle, spline
from ..forms import cut, slab, tube
from ..joinery import bar, plank
from ..mesh import Patch, Surface, grounded, moved, turned
from ..registry import Order, shape
from ..vessels import body, solid


def paddle(w: float, d: float) -> np.ndarray:
    """A board with a handle to the right."""
    half, neck = d / 2, 2.1
    body = rectangle(w, d, 2.4, 100)
    handle = [
        (w / 2 - 1, -half * 0.62),
        (w / 2 + 2.2, -neck * 1.25),
        (w / 2 + 5, -neck),
        (w / 2 + 10, -neck * 1.1),
        (w / 2 + 12.4, 0),
        (w / 2 + 10, neck * 1.1),
        (w / 2 + 5, neck),
        (w / 2 + 2.2, neck * 1.25),
        (w / 2 - 1, half * 0.62),
    ]
    line = spline(handle, 50)
    keep = body[(body[:, 0] < w / 2 - 1.5) | (np.abs(body[:, 1]) > half * 0.66)]
    angle = np.arctan2(keep[:, 1], keep[:, 0])
    keep = keep[np.argsort(np.where(angle < 0, angle + 2 * np.pi, angle))]
    ring = np.vstack([keep[keep[:, 1] > 0], keep[keep[:, 1] <= 0], line[::1]])
    from ..curves import resampled

    return resampled(np.vstack([ring, ring[:1]]), 150)


@shape("board", "wood", pitch=33, turn=-28, fill=(0.74, 0.56), close=(-0.1, 0.6, 0.4))
def board(o: Order) -> list[Patch]:
    form = str(o.param("form", "paddle"))
    w, d = 30 * o.width, 20 * o.width * o.height
    made: list[Patch] = []
    for k in range(o.count(1, 2)):
        s = 1 - 0.22 * k
        outline = {
            "round": ellipse(30 * o.width * s, 30 * o.width * s, 110),
            "rectangle": rectangle(w * s, d * s, 1.6, 120),
        }.get(form)
        outline = paddle(w * s, d * s) if outline is None else outline
        one = [slab(outline, 2.0, 0.6, o.main())]
        if form == "paddle":
            one.append(_hole(w * s / 2 + 9.6, 2.0))
        made += moved(turned(one, "y", 22 * k), (0, -2)[k], 2.0 * k, (0, 2.5)[k])
    return made


def _hole(x: float, y: float) -> Patch:
    """A hole told by its dark inside."""
    dark = Surface("wood", "#3a2a1c", "#3a2a1c")
    spot = cut(ellipse(1.5, 1.5, 32), [(0, y + 0.01), (0.1, y + 0.02)], dark, cap=2).moved(x=x)
    return Patch(spot.points, spot.uv, spot.level, spot.surface, casts=False)


@shape("tray", "wood", pitch=27, turn=-16, fill=(0.74, 0.54), close=(-0.22, 0.6, 0.42))
def tray(o: Order) -> list[Patch]:
    w, h, surface = o.width, o.height, o.main()
    if str(o.param("form", "round")) == "round":
        outer = [(17 * w, 0), (17.6 * w, 0.1), (18.2 * w, 0.8), (18.4 * w, 2 * h), (18.5 * w, 3.4 * h)]
        made = [body(outer, 0.8, 1.0, surface, 40, 110)]
        grips = [(18.2 * w, 0), (-18.2 * w, 180)]
    else:
        outline = rectangle(44 * w, 30 * w, 4, 140)
        steps = [
            (1, 0),
            (0.2, 0.3),
            (0, 1.2),
            (-0.3, 3.4 * h),
            (-0.1, 3.8 * h),
            (0.5, 3.8 * h),
            (0.9, 3.3 * h),
            (1.0, 1.4),
            (1.3, 1.05),
        ]
        made = [cut(outline, steps, surface, cap=10)]
        grips = [(22.2 * w, 0), (-22.2 * w, 180)]
    if o.param("handles", True):
        for x, angle in grips:
            path = spline(
                [
                    (0, 3.1 * h, -5),
                    (0.7, 4.6 * h, -4.3),
                    (0.9, 5.6 * h, -2),
                    (0.9, 5.8 * h, 0),
                    (0.9, 5.6 * h, 2),
                    (0.7, 4.6 * h, 4.3),
                    (0, 3.1 * h, 5),
                ],
                36,
            )
            made.append(
                tube(
                    path, 0.6, o.plain("wood" if o.material == "wood" else "brass", o.spec.second or o.spec.colour), 12
                )
                .turned("y", angle)
                .moved(x=x)
            )
    return made


def spoon(length: float, head: tuple[float, float], surface: Surface, hollow: float = 0.5) -> list[Patch]:
    """A wooden spoon lying along z, its bowl away from the viewer."""
    w, d = head
    path = spline(
        [
            (0, 0.75, length / 2),
            (0, 0.9, length * 0.1),
            (0, 1.0, -length / 2 + d * 0.6),
            (0, 0.8, -length / 2 + d * 0.3),
        ],
        40,
    )
    t = np.linspace(0, 1, 40)
    handle = tube(
        path,
        0.62 - 0.12 * np.sin(np.pi * t) + 0.25 * t**6,
        Surface(surface.material, surface.colour, surface.colour, turn=True),
        12,
        flat=0.7,
    )
    outline = closed(
        [
            (0, d / 2),
            (w * 0.34, d * 0.36),
            (w / 2, 0),
            (w * 0.38, -d * 0.36),
            (0, -d / 2),
            (-w * 0.38, -d * 0.36),
            (-w / 2, 0),
            (-w * 0.34, d * 0.36),
        ][::-1],
        80,
    )
    steps = [
        (w * 0.2, 0),
        (w * 0.06, 0.4),
        (0, 1.2),
        (0.15, 1.4),
        (0.5, 1.25),
        (0.9, 1.25 - hollow * 0.6),
        (1.4, 1.25 - hollow),
    ]
    bowl = cut(outline, steps, surface, cap=8).moved(z=-length / 2)
    return [handle, bowl]


@shape("spoons", "wood", pitch=46, fill=(0.62, 0.64), close=(-0.15, 0.6, 0.5))
def spoons(o: Order) -> list[Patch]:
    heads = [((6, 8.4), 0.5), ((5.2, 9), 0.08), ((4.6, 7), 0.5), ((6.6, 7), 0.08), ((5.4, 8), 0.4)]
    made: list[Patch] = []
    count = o.count(3, 5)
    for k in range(count):
        head, hollow = heads[k]
        length = (30, 31, 26, 29, 27)[k] * o.height
        one = turned(spoon(length, head, o.main(), hollow), "y", (k - (count - 1) / 2) * -9 - 12)
        made += moved(one, (k - (count - 1) / 2) * 7.6 * o.width, 0, float(o.chance.uniform(-1.5, 1.5)))
    return made


@shape("rollingpin", "wood", pitch=32, turn=34, fill=(0.76, 0.52), close=(-0.28, 0.5, 0.4))
def rollingpin(o: Order) -> list[Patch]:
    r, h = 2.9 * o.height, 40 * o.width
    profile = [
        (0, 0),
        (1, 0.1),
        (1.4, 1.4),
        (1.1, 4),
        (1.0, 6),
        (r * 0.9, 6.6),
        (r, 7.4),
        (r, h / 2),
        (r, h - 7.4),
        (r * 0.9, h - 6.6),
        (1.0, h - 6),
        (1.1, h - 4),
        (1.4, h - 1.4),
        (1, h - 0.1),
        (0, h),
    ]
    pin = solid(profile, Surface("wood", o.spec.colour, o.second, turn=True), 80, 56)
    return grounded([pin.turned("z", 90).moved(x=h / 2)])


@shape("brush", "wood", "#e6dcc4", pitch=30, turn=-38, fill=(0.72, 0.54), close=(-0.25, 0.5, 0.42))
def brush(o: Order) -> list[Patch]:
    w = o.width
    handle = tube(
        spline([(1, 4.2, 0), (5, 4.2, 0), (10, 4.9, 0), (19, 6.2, 0), (22, 6.5, 0)], 40),
        np.array([0.9 + 0.35 * np.sin(t * 3.1) for t in np.linspace(0, 1, 40)]),
        Surface("wood", o.spec.colour, o.second, turn=True),
        14,
    )
    head = slab(ellipse(9 * w, 7 * w, 72), 2, 0.8, o.main()).moved(-3, 3.4, 0)
    made = [handle, head]
    bristle = o.plain("felt", o.second)
    for ring_, number in ((0.5, 6), (1.6, 12), (2.7, 20)):
        for k in range(number):
            a = 2 * np.pi * k / number + ring_
            x, z = -3 + ring_ * 1.25 * w * np.cos(a), ring_ * 0.95 * w * np.sin(a)
            lean = ring_ * 0.22
            made.append(
                tube(
                    np.array(
                        [
                            [x, 3.6, z],
                            [x + lean * np.cos(a), 1.6, z + lean * np.sin(a)],
                            [x + 1.6 * lean * np.cos(a), 0.0, z + 1.6 * lean * np.sin(a)],
                        ]
                    ),
                    np.array([0.42, 0.5, 0.56]),
                    bristle,
                    7,
                )
            )
    return made


@shape("box", "wood", pitch=21, turn=-28, fill=(0.68, 0.54), close=(-0.15, 0.7, 0.46))
def box(o: Order) -> list[Patch]:
    w, d, h = 24 * o.width, 16, 9 * o.height
    low = slab(rectangle(w, d, 1.2, 120), h, 0.4, o.main())
    gap = slab(rectangle(w - 0.5, d - 0.5, 1, 120), 0.5, 0.1, Surface(o.material, "#3a2e24", "#3a2e24")).moved(
        y=h - 0.15
    )
    lid = slab(rectangle(w + 0.3, d + 0.3, 1.3, 120), 2.6, 0.6, o.main()).moved(y=h + 0.2)
    knob = solid(
        [(0, 0), (0.8, 0), (0.7, 0.6), (1.2, 1.4), (0.8, 2), (0, 2.1)],
        o.plain("brass" if o.spec.second is None else "leather", o.spec.second or "#b08d55"),
        24,
        28,
    ).moved(y=h + 2.7)
    return [low, gap, lid, knob]


@shape("coasters", "cork", pitch=26, fill=(0.6, 0.5), close=(-0.15, 0.6, 0.5))
def coasters(o: Order) -> list[Patch]:
    one = [slab(ellipse(10.5 * o.width, 10.5 * o.width, 90), 0.85, 0.25, o.main())]
    made = stacked(one, max(o.count(4, 6) - 1, 1), 0.88, o.chance, 0.2)
    lean = [one[0].turned("x", 62)]
    return made + moved(grounded(lean), 4.5, 0, 7.4)


@shape("trivet", "wood", pitch=36, turn=-12, fill=(0.66, 0.54), close=(-0.15, 0.6, 0.46))
def trivet(o: Order) -> list[Patch]:
    w = o.width
    if o.material in ("felt", "cork"):
        return [slab(ellipse(20 * w, 20 * w, 96), 1.2, 0.5, o.main())]
    made = []
    for k in range(6):
        z = (k - 2.5) * 3.1 * w
        half = np.sqrt(max(90 * w * w - z * z, 9))
        made.append(plank(2 * half, 1.4, 1.9 * w, o.main(), 0.5).moved(y=0.9, z=z))
    for x in (-4.6 * w, 4.6 * w):
        made.append(bar((x, 0.6, -8.5 * w), (x, 0.6, 8.5 * w), 0.6, o.main()))
    return made
