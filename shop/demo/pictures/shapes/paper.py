"""Books, sheets, boxes with ribbons."""

import numpy as np

from ..colours import darker, lighter, lightness
from ..curves import rectangle, spline
from ..forms import ball, sheet, slab, tube
from ..joinery import plank
from ..mesh import F, Patch, Surface, grounded, moved, turned
from ..prints import line, printed
from ..registry import Order, shape

PAGES = "#f1eadc"


def volume(w: float, d: float, h: float, cover: Surface, spine_round: bool = True) -> list[Patch]:
    """A bound book lying, its spine to the left."""
    leaf = cover
    made = [plank(w, 0.34, d, leaf, 0.15), plank(w, 0.34, d, leaf, 0.15).moved(y=h - 0.34)]
    pages = plank(w - 0.8, h - 0.68, d - 1.0, Surface("brushed", PAGES, PAGES), 0.05).moved(-0.25, 0.34, 0)
    t = np.linspace(-np.pi / 2, np.pi / 2, 15, dtype=F)[:, None]
    z = np.linspace(-d / 2, d / 2, 24, dtype=F)[None, :]
    bulge = 0.55 if spine_round else 0.12
    x = -w / 2 + 0.05 - bulge * np.cos(t) + 0 * z
    y = h / 2 + h / 2 * np.sin(t) + 0 * z
    back = sheet(x, y, z + 0 * t, cover)
    joint = line(
        [(-w / 2 + 1.0, -d / 2 + 0.1), (-w / 2 + 1.0, 0), (-w / 2 + 1.0, d / 2 - 0.1)], darker(cover.colour, 0.35), 0.07
    ).moved(y=h)
    return [*made, pages, back, joint]


def titled(o: Order, w: float, d: float, ink: str, motif: str) -> list[Patch]:
    """The printing of a cover, lying at height 0."""
    art = moved(printed(motif, w * 0.5, d * 0.42, ink, o.chance), w * 0.03, 0, -d * 0.08)
    rules = [
        line([(-w * half + w * 0.03, z), (w * 0.03, z), (w * half + w * 0.03, z)], ink, 0.11)
        for half, z in ((0.2, d * 0.27), (0.12, d * 0.32))
    ]
    return [*art, *rules]


def ink_for(o: Order) -> str:
    if o.spec.second:
        return o.second
    return lighter(o.spec.colour, 0.75) if lightness(o.spec.colour) < 0.35 else darker(o.spec.colour, 0.7)


@shape("book", "linen", pitch=36, turn=-22, fill=(0.68, 0.58), close=(-0.05, 0.7, 0.46))
def book(o: Order) -> list[Patch]:
    w, d, h = 20 * o.width, 26, 2.6 * o.height
    made: list[Patch] = []
    count = o.count(1, 3)
    for k in range(count):
        colour = (o.spec.colour, o.second, lighter(o.spec.colour, 0.35))[count - 1 - k]
        s = 1.0 if k == count - 1 else 1.06
        one = volume(w * s, d * s, h, Surface(o.material, colour, colour))
        made += moved(turned(one, "y", (count - 1 - k) * 7.0), y=k * h)
    return made + moved(titled(o, w, d, ink_for(o), str(o.param("motif", "leaf"))), y=count * h)


@shape("notebook", "paper", "#4b4a45", pitch=38, turn=-20, fill=(0.64, 0.58), close=(0.1, 0.7, 0.46))
def notebook(o: Order) -> list[Patch]:
    w, d, h = 14.5 * o.width, 21, 1.5 * o.height
    made: list[Patch] = []
    count = o.count(1, 3)
    for k in range(count):
        colour = o.spec.colour if (count - 1 - k) % 2 == 0 else o.second
        surface = Surface(o.material, colour, o.second, str(o.param("pattern", "plain")))
        one = volume(w, d, h, surface, False)
        made += moved(turned(one, "y", (count - 1 - k) * 9.0), y=k * h)
    band = [
        (w * 0.36, 0, -d / 2 - 0.12),
        (w * 0.36, h + 0.1, -d / 2 - 0.05),
        (w * 0.36, h + 0.14, 0),
        (w * 0.36, h + 0.1, d / 2 + 0.05),
        (w * 0.36, 0, d / 2 + 0.12),
    ]
    elastic = tube(spline(band, 60), 0.36, o.plain("cotton", o.second), 8, flat=0.3).moved(y=(count - 1) * h)
    label = rectangle(w * 0.5, d * 0.14, 0.3, 60) + [-w * 0.06, -d * 0.2]
    return [*made, elastic, slab(label.astype(F), 0.06, 0.02, o.plain("paper", PAGES)).moved(y=count * h)]


@shape("sheet", "paper", "#5c6670", pitch=50, turn=-12, fill=(0.66, 0.66), close=(-0.05, 0.6, 0.44))
def printed_sheet(o: Order) -> list[Patch]:
    w, d = 24 * o.width, 33 * o.height
    motif = str(o.param("motif", "pattern"))
    paper = o.plain("paper", o.spec.colour)
    made = turned(_leaf_of(w, d, paper, 0.9), "y", 9)
    top = _leaf_of(w, d, o.plain("paper", lighter(o.spec.colour, 0.3)), 1.2)
    art = [_laid(p, w, d, 1.2) for p in printed(motif, w * 0.82, d * 0.8, o.second, o.chance)]
    return made + moved([*top, *art], 0.6, 0.3, 0.4)


def _curl(x: np.ndarray, z: np.ndarray, w: float, d: float, lift: float) -> np.ndarray:
    """The height of a sheet whose corner at the lower right rises a little."""
    far = np.clip((x / w + z / d) - 0.35, 0, 1)
    return 0.06 + lift * far**1.6 * 4 + 0.05 * np.sin(x * 0.35) * np.cos(z * 0.2)


def _leaf_of(w: float, d: float, surface: Surface, lift: float) -> list[Patch]:
    x, z = np.meshgrid(np.linspace(-w / 2, w / 2, 36, dtype=F), np.linspace(d / 2, -d / 2, 44, dtype=F))
    return [sheet(x, _curl(x, z, w, d, lift), z, surface)]


def _laid(patch: Patch, w: float, d: float, lift: float) -> Patch:
    points = patch.points.copy()
    points[..., 1] = points[..., 1] * 0.5 + _curl(points[..., 0], points[..., 2], w, d, lift) + 0.05
    return Patch(points, patch.uv, patch.level, patch.surface, casts=False)


def ribbon(w: float, d: float, h: float, surface: Surface) -> list[Patch]:
    """A ribbon tied round a box, with a bow."""
    made = []
    for along in (True, False):
        half = (w if along else d) / 2 + 0.08
        line_ = [
            (-half, 0, 0),
            (-half, h * 0.5, 0),
            (-half, h - 0.1, 0),
            (-half + 0.3, h + 0.08, 0),
            (0, h + 0.1, 0),
            (half - 0.3, h + 0.08, 0),
            (half, h - 0.1, 0),
            (half, h * 0.5, 0),
            (half, 0, 0),
        ]
        band = tube(spline(line_, 70), 0.85, surface, 10, flat=0.12)
        made.append(band if along else band.turned("y", 90))
    return made + moved(bow(surface), y=h + 0.3)


def bow(surface: Surface, size: float = 1.0) -> list[Patch]:
    made = []
    for side in (-1, 1):
        loop = [
            (0, 0.3, 0),
            (side * 2.2, 1.6, 0.3),
            (side * 4.4, 2.3, 0.6),
            (side * 5.2, 1.4, 0.8),
            (side * 4.2, 0.5, 0.7),
            (side * 2, 0.3, 0.4),
            (0, 0.3, 0.2),
        ]
        made.append(_strip(loop, 0.85, surface))
        tail = [(0, 0.3, 0.3), (side * 1.4, 0.35, 2.0), (side * 3.0, 0.25, 4.0), (side * 3.8, 0.2, 5.6)]
        made.append(_strip(tail, 0.75, surface, flat=True))
    made.append(ball(0.72, surface, 0.8, 24).moved(y=0.0))
    return [p.scaled(size) for p in made]


def _strip(points, half: float, surface: Surface, flat: bool = False) -> Patch:
    """A ribbon along a line, standing on edge (or lying, when flat)."""
    path = spline(points, 50)
    across = np.linspace(-half, half, 7, dtype=F)[None, :]
    if flat:
        tangent = np.gradient(path, axis=0)
        side = np.stack([-tangent[:, 2], 0 * tangent[:, 0], tangent[:, 0]], 1)
        side /= np.maximum(np.linalg.norm(side, axis=1, keepdims=True), 1e-6)
        p = path[:, None] + across[..., None] * side[:, None]
    else:
        p = path[:, None] + across[..., None] * np.array([0, 0, 1], F)
    return sheet(p[..., 0], p[..., 1], p[..., 2], surface)


@shape("giftset", "paper", "#a6644c", pitch=24, turn=-26, fill=(0.66, 0.56), close=(-0.05, 0.78, 0.5))
def giftset(o: Order) -> list[Patch]:
    w, d, h = 25 * o.width, 19, 9 * o.height
    band = o.plain("cotton", o.second)
    if o.param("open", False):
        return _open_box(o, w, d, h, band)
    low = slab(rectangle(w - 0.5, d - 0.5, 0.5, 120), h - 2, 0.12, o.main())
    lid = slab(rectangle(w, d, 0.5, 120), 3.2, 0.14, o.main()).moved(y=h - 3)
    return [low, lid, *ribbon(w, d, h + 0.2, band)]


def _open_box(o: Order, w: float, d: float, h: float, band: Surface) -> list[Patch]:
    from ..forms import cut
    from .candles import wax_top
    from .pots import cup_of
    from .small import bar_of_soap

    steps = [(0.2, 0), (0, 0.2), (0, h * 0.7), (0.35, h * 0.7), (0.4, 0.6)]
    tissue = slab(rectangle(w - 1.4, d - 1.4, 1, 80), 1.2, 0.5, o.plain("paper", "#f3efe7")).moved(y=1.4)
    made = [cut(rectangle(w, d, 0.5, 120), steps, o.main()), tissue]
    made += moved(cup_of(o.plain("stoneware", "#e7e1d5"), 0.85, 0.95), -w * 0.28, 2.4, 0.5)
    tin = cut(rectangle(6.4, 6.4, 3.19, 70), [(0, 0), (0, 5), (0.2, 5.1)], o.plain("brass", "#b9a27a")).moved(
        w * 0.02, 2.4, -2
    )
    made += [tin, wax_top(3.0, 7.7, o.plain("wax", "#efe6d2")).moved(w * 0.02, 0, -2)]
    made += moved(turned(bar_of_soap(o.plain("soap", "#cfd3bd"), 7, 4.6), "y", 70), w * 0.29, 2.6, 0.4)
    lid = slab(rectangle(w + 0.4, d + 0.4, 0.5, 120), 2.6, 0.14, o.main())
    lean = grounded([p.turned("x", -62) for p in [lid]])
    return made + moved(turned(lean, "y", -10), w * 0.16, 0, -d * 0.86)


@shape("giftcard", "paper", "#a6644c", pitch=44, turn=-16, fill=(0.68, 0.54), close=(0.0, 0.6, 0.46))
def giftcard(o: Order) -> list[Patch]:
    w, d = 22 * o.width, 15.5
    envelope = slab(rectangle(w, d, 0.4, 100), 0.4, 0.15, o.plain("paper", darker(o.spec.colour, 0.08)))
    card = slab(rectangle(w * 0.92, d * 0.92, 0.5, 100), 0.22, 0.1, o.plain("paper", lighter(o.spec.colour, 0.55)))
    art = printed(str(o.param("motif", "leaf")), 6.5, 8.5, o.second, o.chance)
    lines = [line([(1.5, z), (4.5, z), (end, z)], o.second, 0.08) for z, end in ((-1.4, 8), (0.2, 8), (1.8, 6))]
    face = moved([*moved(art, -4.6, 0, 0), *lines], 0.4, 0.23, 0)
    return [envelope, *moved(turned([card, *face], "y", 13), 1.5, 0.42, -1.2)]


@shape("matches", "paper", "#efe8da", pitch=26, turn=-30, fill=(0.58, 0.46), close=(0, 0.6, 0.5))
def matches(o: Order) -> list[Patch]:
    w, d, h = 11 * o.width, 6.5, 2.2 * o.height
    made = [slab(rectangle(w, d, 0.3, 90), h, 0.1, o.main())]
    drawer = slab(rectangle(w, d - 0.5, 0.2, 90), h - 0.5, 0.08, o.plain("paper", PAGES)).moved(2.4, 0.22, 0)
    art = moved(printed(str(o.param("motif", "leaf")), 3.6, 4.8, o.second, o.chance), y=h + 0.01)
    sticks = []
    for k in range(3):
        x = 9.5 + 0.9 * k
        stick = plank(5, 0.22, 0.22, o.plain("wood", "#d9bd92"), 0.05).turned("y", 28 + 40 * k).moved(x, 0.02, 3.6 - k)
        sticks.append(stick)
        a = np.radians(28 + 40 * k)
        sticks.append(
            ball(0.26, o.plain("terracotta", "#a6533f"), 0.7, 14).moved(
                x + 2.5 * np.cos(a), 0, 3.6 - k - 2.5 * np.sin(a)
            )
        )
    return [*made, drawer, *art, *sticks]
