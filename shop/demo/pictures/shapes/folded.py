"""Cloth folded and stacked."""

import numpy as np

from ..curves import rectangle
from ..fabric import folded, fringe, pad, ruffled, seam, stack
from ..forms import slab, tube
from ..mesh import Patch, Surface, moved, turned
from ..registry import Order, shape


def _packets(
    o: Order, count: int, size: tuple[float, float, float], layers: int, surfaces: list[Surface]
) -> list[Patch]:
    things, heights = [], []
    for k in range(count):
        w, d, h = size
        one = folded(w - 0.4 * k, d - 0.3 * k, h, surfaces[k % len(surfaces)], o.chance, layers)
        things.append(turned(moved(one, x=float(o.chance.uniform(-0.4, 0.4))), "y", float(o.chance.uniform(-2.5, 2.5))))
        heights.append(h * 0.985)
    return stack(things, heights)


@shape("towel", "terry", place="room", pitch=17, turn=-24, fill=(0.7, 0.54), close=(-0.12, 0.62, 0.42))
def towel(o: Order) -> list[Patch]:
    size = (32 * o.width, 24, 6.4 * o.height)
    return _packets(o, o.count(3, 4), size, 4, [o.main()])


@shape("sheets", "linen", "#c9b48c", place="room", pitch=17, turn=-22, fill=(0.7, 0.54), close=(-0.1, 0.6, 0.42))
def sheets(o: Order) -> list[Patch]:
    count = o.count(3, 4)
    w, d, h = 36 * o.width, 27, 4.4 * o.height
    made = _packets(o, count, (w, d, h), 4, [o.main()])
    top = count * h * 0.985 + 0.12
    band = o.plain("cotton", o.second)
    path = [
        (0.5, 0.3, d / 2 + 1.3),
        (0.5, top * 0.5, d / 2 + 1.5),
        (0.5, top - 0.5, d / 2 + 0.9),
        (0.5, top + 0.25, d / 2 - 1.2),
        (0.5, top + 0.2, 0),
        (0.5, top + 0.1, -d / 2),
    ]
    return [*made, tube(np.array(_lined(path)), 1.5, band, 12, flat=0.12)]


def _lined(path):
    from ..curves import spline

    return spline(path, 50)


@shape("blanket", "wool", place="room", pitch=18, turn=-22, fill=(0.74, 0.54), close=(-0.05, 0.6, 0.42))
def blanket(o: Order) -> list[Patch]:
    count = o.count(1, 2)
    size = (44 * o.width, 32, 12 * o.height if count == 1 else 9 * o.height)
    made = _packets(o, count, size, 4, [o.main(), o.plain(o.material, o.second)])
    y = count * size[2] * 0.985 - 0.3
    made += _top_fringe(o, size, y)
    return made


def _top_fringe(o: Order, size, y: float) -> list[Patch]:
    thread = o.plain(o.material, o.second if str(o.param("pattern", "plain")) != "plain" else o.spec.colour)
    threads = turned(fringe(size[1] * 0.86, 5, thread, o.chance, 0.9), "y", 90)
    over = [_drooped(p.moved(size[0] / 2 - 1.4, 0.2, -0.3)) for p in threads]
    return moved(over, y=y)


def _drooped(patch: Patch) -> Patch:
    points = patch.points.copy()
    edge = float(points[..., 0].min())
    beyond = np.maximum(points[..., 0] - edge - 0.8, 0)
    points[..., 1] -= beyond**1.5 * 0.42
    points[..., 0] -= beyond * 0.35
    return Patch(points, patch.uv, patch.level, patch.surface)


@shape("bedding", "linen", "#e9e3d6", place="room", pitch=17, turn=-20, fill=(0.76, 0.56), close=(-0.12, 0.7, 0.4))
def bedding(o: Order) -> list[Patch]:
    w, h = 58 * o.width, o.height
    duvet = folded(w, 42, 15 * h, o.main(), o.chance, 4)
    sheet_ = folded(w * 0.96, 40, 4 * h, o.plain(o.material, o.second), o.chance, 2)
    made = stack([duvet, sheet_], [14.8 * h, 3.9 * h])
    for k, surface in enumerate((o.main(), o.plain(o.material, o.second))):
        made += moved(
            turned(pillow_of(w * 0.86, 36, 11 * h, surface, o.chance), "y", 4 - 9 * k),
            (-1.5, 2)[k],
            18.4 * h + k * 8.4 * h,
            -1,
        )
    return made


def pillow_of(w: float, d: float, h: float, surface: Surface, chance, piping: Surface | None = None) -> list[Patch]:
    """A filled case with pinched corners, lying."""
    n = 46
    s, t = np.meshgrid(np.linspace(-1, 1, n, dtype=np.float32), np.linspace(-1, 1, n, dtype=np.float32))
    # Corners reach out, sides draw in: that is how a filled square of cloth stands.
    x = w / 2 * s * (1 - 0.085 * (1 - s**2) * 0 - 0.075 * (1 - t**2) * 0 - 0.07 * (1 - t * t) * np.abs(s) ** 3)
    z = -d / 2 * t * (1 - 0.07 * (1 - s * s) * np.abs(t) ** 3)
    bulge = ((1 - s**4) * (1 - t**4)) ** 0.55
    crease = 0.05 * np.sin(9 * s * t + 2) * (s * t) ** 2 + 0.03 * np.sin(7 * s + 3 * t) * (1 - bulge)
    a, b, c = (float(v) for v in chance.uniform(0, 6, 3))
    swell = np.sin(4.1 * s + 2.3 * t + a) + 0.7 * np.sin(3.1 * t - 5.2 * s + b) + 0.5 * np.sin(7.3 * s * t + c)
    # Swellings fade towards the seam, so that the two sides of the case stay joined.
    puff = h / 2 * np.clip(bulge * (1 + 0.035 * swell) + crease * bulge, 0, None)
    from ..forms import sheet

    top = sheet(x, h * 0.42 + puff, z, surface, two_sided=False)
    under = sheet(x[:, ::-1], (h * 0.42 - puff * 0.84)[:, ::-1], z[:, ::-1], surface, two_sided=False)
    made = [top, under]
    if piping:
        edge = [
            *zip(x[0], z[0], strict=True),
            *zip(x[1:, -1], z[1:, -1], strict=True),
            *zip(x[-1, -2::-1], z[-1, -2::-1], strict=True),
            *zip(x[-2::-1, 0], z[-2::-1, 0], strict=True),
        ]
        made.append(tube(np.array([(a, h * 0.42, b) for a, b in edge]), 0.45, piping, 8))
    return made


@shape("pillow", "cotton", place="room", pitch=20, turn=-18, fill=(0.78, 0.54), close=(-0.2, 0.5, 0.4))
def pillow(o: Order) -> list[Patch]:
    return pillow_of(
        66 * o.width, 44, 17 * o.height, o.main(), o.chance, o.plain(o.material, o.second) if o.spec.second else None
    )


@shape("napkins", "linen", "#b98d5f", pitch=27, turn=-20, fill=(0.68, 0.54), close=(-0.12, 0.55, 0.44))
def napkins(o: Order) -> list[Patch]:
    count = o.count(4, 4)
    if not o.spec.second:
        return _packets(o, count, (19 * o.width, 19 * o.width, 1.7 * o.height), 4, [o.main()])
    made: list[Patch] = []
    for k in range(min(count, 2)):
        made += moved(turned(_ringed(o), "y", -12 + 30 * k), k * 2.5, 0, k * 11 - 5)
    return made


def _ringed(o: Order) -> list[Patch]:
    """A napkin drawn through a ring."""
    t = np.linspace(-1, 1, 60, dtype=np.float32)[:, None]
    a = np.linspace(0, 2 * np.pi, 49, dtype=np.float32)[None, :]
    spread = 1.9 + 5.6 * np.abs(t) ** 1.5
    thick = 1.8 - 0.8 * np.abs(t)
    wave = 1 + 0.16 * np.sin(7 * a + 2 * t) * np.abs(t)
    from ..forms import sheet

    z, y = spread * np.cos(a) * wave * 0.8, 1.9 + thick * np.sin(a) * wave - 0.7 * np.abs(t)
    body = sheet(t * 13 * o.width + 0 * a, np.maximum(y, 0.05), z, o.main())
    ringed = _torus(2.05, 0.42, o.plain("wood", o.second)).turned("z", 90).moved(0, 2.0, 0)
    return [body, ringed]


def _torus(radius: float, thick: float, surface: Surface) -> Patch:
    a = np.linspace(0, 2 * np.pi, 49)
    return tube(np.stack([radius * np.cos(a), 0 * a, radius * np.sin(a)], 1), thick, surface, 12, flat=2.6)


@shape("teatowel", "linen", place="room", pitch=24, turn=-18, fill=(0.68, 0.54), close=(-0.1, 0.55, 0.42))
def teatowel(o: Order) -> list[Patch]:
    count = o.count(2, 3)
    surfaces = [o.main(), o.plain(o.material, o.second)]
    made = _packets(o, count, (24 * o.width, 17, 2.2 * o.height), 4, surfaces)
    y = count * 2.2 * o.height
    loop = [(10.4, y - 0.6, -5), (12.6, y - 0.4, -6), (14.4, y - 1.3, -5), (12.4, y - 0.9, -4), (10.4, y - 0.7, -4.2)]
    return [*made, seam(loop, 0.22, o.plain("cotton", o.second))]


@shape("scarf", "wool", place="room", pitch=22, turn=-24, fill=(0.7, 0.52), close=(-0.05, 0.55, 0.42))
def scarf(o: Order) -> list[Patch]:
    size = (30 * o.width, 20, 6 * o.height)
    return _packets(o, 1, size, 4, [o.main()]) + _top_fringe(o, size, size[2] - 0.3)


@shape("pyjamas", "cotton", "#6f7c78", place="room", pitch=34, turn=-14, fill=(0.7, 0.56), close=(-0.05, 0.7, 0.44))
def pyjamas(o: Order) -> list[Patch]:
    if o.param("form", "folded") == "hanging":
        from .hanging import shirt

        return shirt(o, 62 * o.height, o.plain("cotton", o.second))
    w, d, h = 32 * o.width, 30, 4.2 * o.height
    trousers = folded(w, d, h, o.main(), o.chance, 4)
    top = moved(folded(w * 0.98, d * 0.94, h * 0.8, o.main(), o.chance, 2), y=h * 0.98)
    y = h * 1.79
    return [*trousers, *top, *moved(collar(o, w), y=y, z=-d * 0.36), *moved(placket(o, d), y=y)]


def collar(o: Order, w: float) -> list[Patch]:
    """A notched collar seen from above, its opening towards the viewer."""
    made = []
    piping = o.plain("cotton", o.second)
    for side in (-1, 1):
        outline = np.array(
            [(0, -1.6), (side * 7, -1.8), (side * 9.5, 2.5), (side * 6.2, 8.6), (side * 1.2, 9.6), (0.0, 8.6)],
            np.float32,
        )
        from ..curves import closed

        leaf = closed([tuple(p) for p in (outline if side < 0 else outline[::-1])], 70)
        made.append(ruffled(slab(leaf, 0.9, 0.4, o.main()), 0.12, 8, o.chance))
        made.append(tube(np.array([(x, 0.62, z) for x, z in leaf]), 0.24, piping, 8))
    return made


def placket(o: Order, d: float) -> list[Patch]:
    piping = o.plain("cotton", o.second)
    line = tube(np.array([(1.6, 0.1, z) for z in np.linspace(-d * 0.08, d * 0.47, 20)]), 0.22, piping, 8)
    buttons = [
        slab(_disc(1.5), 0.35, 0.15, o.plain("marble", "#f3efe6")).moved(-0.6, 0.1, d * (0.06 + 0.15 * k))
        for k in range(3)
    ]
    pocket = rectangle(9, 9.5, 1, 60) + [9.2, d * 0.16]
    return [
        line,
        *buttons,
        slab(pocket.astype(np.float32), 0.35, 0.15, o.main()),
        tube(np.array([(x, 0.35, d * 0.16 - 4.4) for x in np.linspace(4.9, 13.5, 12)]), 0.22, piping, 8),
    ]


def _disc(size: float):
    from ..curves import ellipse

    return ellipse(size, size, 32)


@shape("bathmat", "terry", place="room", pitch=30, turn=-24, fill=(0.74, 0.54), close=(-0.1, 0.5, 0.36))
def bathmat(o: Order) -> list[Patch]:
    return mat(o, 70 * o.width, 46, 1.8, False)


@shape("rug", "wool", place="room", pitch=30, turn=-26, fill=(0.8, 0.56), close=(0.1, 0.5, 0.34))
def rug(o: Order) -> list[Patch]:
    return mat(o, 150 * o.width, 92, 1.6, True)


def mat(o: Order, w: float, d: float, h: float, fringed: bool) -> list[Patch]:
    """A flat mat with one end rolled up."""
    flat = ruffled(pad(w * 0.8, d, h, o.main(), 1.5), h * 0.12, w * 0.3, o.chance)
    turns = np.linspace(0, 4.6 * np.pi, 150, dtype=np.float32)[:, None]
    radius = h * (1.1 + 0.155 * turns)
    across = np.linspace(-d / 2, d / 2, 40, dtype=np.float32)[None, :]
    from ..forms import sheet

    top = float(radius[-1, 0])
    x = radius * np.sin(turns - turns[-1]) + 0 * across
    y = top - radius * np.cos(turns - turns[-1]) + 0 * across
    roll = sheet(x, y + 0.05, across + 0.0 * turns, o.main()).moved(-w * 0.4 + 0.4, 0, 0)
    made = [flat, roll]
    if fringed:
        threads = turned(fringe(d, 6, o.plain("cotton", o.second), o.chance, 2.0), "y", 90)
        made += moved(threads, x=w * 0.4 - 0.5)
    return made
