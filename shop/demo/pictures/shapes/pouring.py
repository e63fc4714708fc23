"""Jugs, pots and bottles, and the glasses they fill."""

import numpy as np

from ..arranging import grouped
from ..curves import spline
from ..forms import lathe, tube
from ..mesh import Patch, Surface, moved
from ..registry import Order, shape
from ..vessels import body, glass_vessel, hollow, loop, solid, spout

VASES = {
    "bottle": [(3.6, 0), (4.2, 0.2), (5.6, 4), (5.4, 9), (3, 14.5), (1.7, 18), (1.65, 22), (2.3, 24.5)],
    "belly": [(3.4, 0), (4, 0.2), (7, 4.5), (8, 9), (6.4, 14), (3.8, 17), (3.5, 18), (4.3, 19.5)],
    "cylinder": [(4.6, 0), (5, 0.2), (5.2, 1.4), (5.2, 10), (5.1, 18), (5.2, 22)],
    "amphora": [(2.6, 0), (3, 0.2), (3.4, 2), (6.6, 9), (7.3, 14.5), (5.4, 19.5), (2.9, 22), (2.7, 24), (3.7, 26)],
    "bud": [(2.8, 0), (3.2, 0.15), (4.3, 2.6), (4.4, 5), (2.6, 8.4), (1.1, 10.6), (1.05, 13), (1.6, 14.4)],
}


def vase_of(form: str, surface: Surface, w: float = 1.0, h: float = 1.0) -> list[Patch]:
    outer = [(r * w, y * h) for r, y in VASES.get(form, VASES["bottle"])]
    if surface.material == "glass":
        return glass_vessel(outer, 0.9, surface.colour, 0.55)
    return [body(outer, 0.36, 1.2, surface, 60)]


def vase_top(form: str, h: float) -> float:
    return VASES.get(form, VASES["bottle"])[-1][1] * h


@shape("vase", "stoneware", pitch=12, fill=(0.52, 0.66), close=(0, 0.82, 0.62))
def vase(o: Order) -> list[Patch]:
    from ..greens import stems

    form = str(o.param("form", "bottle"))
    made = vase_of(form, o.main(), o.width, o.height)
    kind = str(o.param("stems", "none"))
    if kind != "none":
        made += moved(stems(kind, o.chance, 20 * o.height), y=vase_top(form, o.height) * 0.86)
    return made


@shape("jug", "stoneware", pitch=14, fill=(0.6, 0.62), close=(-0.1, 0.8, 0.5))
def jug(o: Order) -> list[Patch]:
    w, h = o.width, o.height
    outer = [(4.2, 0), (4.8, 0.15), (6.4, 3.4), (6.5, 7.5), (4.7, 13), (3.9, 15.5), (4.5, 18.6)]
    outer = [(r * w, y * h) for r, y in outer]
    made = (
        glass_vessel(outer, 0.9, o.spec.colour, float(o.param("fill", 0.5)))
        if o.material == "glass"
        else [body(outer, 0.36, 1, o.main(), 60)]
    )
    made = [_lipped(p, 18.6 * h, 4.5 * w) for p in made]
    if o.param("handle", True):
        made.append(loop((4.0 * w, 16.4 * h), (6.2 * w, 6 * h), 4.6, 0.62, o.main()))
    return made


def _lipped(patch: Patch, top: float, radius: float) -> Patch:
    """Pull the rim out to a pouring lip on the left."""
    points = patch.points.copy()
    angle = np.arctan2(points[..., 2], -points[..., 0])
    near = np.exp(-((angle / 0.42) ** 2)) * np.clip((points[..., 1] - top * 0.8) / (top * 0.2), 0, 1.2) ** 2
    points[..., 0] -= near * radius * 0.42
    points[..., 1] += near * radius * 0.1
    return Patch(points, patch.uv, patch.level, patch.surface, patch.two_sided, patch.glassy, patch.casts)


@shape("teapot", "stoneware", pitch=16, fill=(0.7, 0.56), close=(-0.08, 0.62, 0.5))
def teapot(o: Order) -> list[Patch]:
    w, h = o.width, o.height
    outer = [(4.4, 0), (5, 0.2), (7.4, 3), (7.9, 6), (6.6, 9.4), (3.9, 11.4), (3.3, 11.6)]
    made = [lathe(hollow([(r * w, y * h) for r, y in outer], 0.35, 0.8, 54), o.main())]
    lid = [
        (3.6 * w, 11.5 * h),
        (3.5 * w, 12 * h),
        (2.2 * w, 12.6 * h),
        (0.8, 12.9 * h),
        (0.7, 13.4 * h),
        (1.25, 14.2 * h),
        (0.8, 14.9 * h),
        (0, 15 * h),
    ]
    made.append(solid([(0, 11.5 * h), *lid], o.main(), 44, 56))
    made += spout([(6 * w, 4 * h), (9 * w, 5.6 * h), (10.6 * w, 9 * h), (12.4 * w, 11.4 * h)], (1.7, 0.72), o.main())
    if o.param("handle", "side") == "top":
        arc = np.linspace(0.08 * np.pi, 0.92 * np.pi, 40)
        path = np.stack([6.4 * w * np.cos(arc), 9 * h + 11 * np.sin(arc), arc * 0], 1)
        made.append(tube(path, 0.45, o.plain("wood", o.second if o.spec.second else "#a9794e"), 12))
    else:
        made.append(loop((6.2 * w, 9.6 * h), (7.2 * w, 3.6 * h), 4.4, 0.62, o.main()))
    return made


@shape("carafe", "glass", pitch=12, fill=(0.5, 0.66), close=(0, 0.78, 0.62))
def carafe(o: Order) -> list[Patch]:
    w, h = o.width, o.height
    outer = [(4.4, 0), (5, 0.1), (5.4, 1.2), (5.3, 8), (4.6, 13), (2.7, 17.5), (2.5, 20), (3.3, 24)]
    outer = [(r * w, y * h) for r, y in outer]
    if o.material == "glass":
        made = glass_vessel(outer, 0.9, o.spec.colour, float(o.param("fill", 0.55)))
    else:
        made = [body(outer, 0.34, 1, o.main(), 60)]
    if o.param("cup", False):
        made += moved(glass_vessel([(2.9, 0), (3.2, 0.1), (3.4, 7)], 0.5, o.spec.colour), y=22.4 * h)
    return made


@shape("tumbler", "glass", pitch=15, fill=(0.56, 0.52), close=(-0.05, 0.75, 0.6))
def tumbler(o: Order) -> list[Patch]:
    w, h = o.width, o.height
    outer = [(3 * w, 0), (3.4 * w, 0.12), (3.6 * w, 1.2), (3.9 * w, 5 * h), (4.1 * w, 9.6 * h)]
    one = glass_vessel(outer, 1.0, o.spec.colour, float(o.param("fill", 0.0)))
    return grouped(one, o.count(1, 4), o.chance)


@shape("wineglass", "glass", pitch=11, fill=(0.56, 0.64), close=(-0.05, 0.78, 0.6))
def wineglass(o: Order) -> list[Patch]:
    w, h = o.width, o.height
    foot = [(3.5, 0), (3.45, 0.15), (1.6, 0.5), (0.45, 1.4), (0.36, 4), (0.38, 8 * h), (0.8, 8.8 * h)]
    bowl = [(0.7, 8.7 * h), (2.2 * w, 9.6 * h), (4 * w, 12.4 * h), (4.2 * w, 15 * h), (3.4 * w, 19 * h)]
    surface = Surface("glass", o.spec.colour, o.spec.colour, glow=0.08)
    stem = lathe(np.vstack([[[0, 0]], spline(foot, 40)]), surface, 48, glassy=True)
    one = [stem, *glass_vessel(bowl, 9.2 * h, o.spec.colour, float(o.param("fill", 0.0)), "#8c2b3a")]
    return grouped(one, o.count(1, 3), o.chance)


@shape("bottle", "glass", pitch=12, fill=(0.46, 0.66), close=(0, 0.74, 0.7))
def bottle(o: Order) -> list[Patch]:
    w, h = o.width, o.height
    outer = [(3.4, 0), (3.9, 0.15), (4.1, 1.2), (4.1, 11), (3.6, 14), (1.7, 16.4), (1.45, 18.4), (1.75, 19.4)]
    outer = [(r * w, y * h) for r, y in outer]
    if o.material == "glass":
        made = glass_vessel(outer, 0.7, o.spec.colour, float(o.param("fill", 0.7)), o.param("liquid", "#d9c27a"))
    else:
        made = [body(outer, 0.4, 1, o.main(), 56)]
    top = 19.3 * h
    if o.param("pump", False):
        metal = o.plain("brass" if o.spec.second is None else "steel", o.spec.second or "#b08d55")
        made.append(
            solid([(0, 0), (1.9, 0), (1.9, 1.5), (1.2, 1.8), (0.5, 1.9), (0.45, 4.4), (0, 4.5)], metal, 30, 32).moved(
                y=top
            )
        )
        path = spline([(0.6, top + 4.3, 0), (-1.4, top + 4.4, 0.4), (-3.6, top + 4.1, 0.9), (-4.2, top + 3.3, 1.0)], 20)
        made.append(tube(path, 0.38, metal, 10))
    elif o.param("cork", True):
        made.append(
            solid(
                [(0, 0), (1.3 * w, 0), (1.45 * w, 1.8), (1.3 * w, 2.1), (0, 2.1)], o.plain("cork", "#c39a6b"), 26, 32
            ).moved(y=top - 0.5)
        )
    return made


@shape("jar", "stoneware", pitch=17, fill=(0.56, 0.6))
def jar(o: Order) -> list[Patch]:
    w, h = o.width, o.height
    outer = [(5, 0), (5.6, 0.15), (6, 1.4), (6.1, 7), (5.9, 11.4), (5.5, 12.6)]
    outer = [(r * w, y * h) for r, y in outer]
    fill = float(o.param("fill", 0.0))
    made = (
        glass_vessel(outer, 0.8, o.spec.colour, fill, "#d8c49a")
        if o.material == "glass"
        else [body(outer, 0.4, 1, o.main(), 54)]
    )
    kind = str(o.param("lid", "wood"))
    colour = o.spec.second or {"wood": "#c49a6c", "cork": "#c39a6b"}.get(kind, o.spec.colour)
    surface = o.main() if kind == "same" else o.plain(kind if kind in ("wood", "cork") else "wood", colour)
    lid = [
        (0, 0),
        (5.8 * w, 0),
        (6 * w, 0.3),
        (6 * w, 1.3),
        (5.7 * w, 1.65),
        (1.2, 1.8),
        (0.9, 2.2),
        (1.3, 3.1),
        (0.8, 3.7),
        (0, 3.8),
    ]
    made.append(solid(lid, surface, 60, 84).moved(y=12.55 * h))
    return made
