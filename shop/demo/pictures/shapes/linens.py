"""Cloth on a table or over a seat."""

import numpy as np

from ..curves import ellipse
from ..fabric import fringe, pad, ruffled
from ..forms import sheet, slab
from ..joinery import leg, plank
from ..mesh import F, Patch, grounded, moved, turned
from ..registry import Order, shape
from .furniture import _legs
from .pots import cup_of, plate_of
from .pouring import vase_of

OAK = "#b98d5f"


def draped_round(radius: float, top: float, drop: float, surface, folds: int = 11) -> Patch:
    """A round cloth over a round table: flat above, falling in folds."""
    t = np.linspace(0, 1, 70, dtype=F)[:, None]
    a = np.linspace(0, 2 * np.pi, 200, dtype=F)[None, :]
    along = t * (radius + drop)
    over = np.clip(along - radius, 0, None)
    share = over / drop
    wave = np.sin(folds * a + 0.6 * np.sin(3 * a)) + 0.3 * np.sin((2 * folds + 1) * a + 1)
    r = np.minimum(along, radius) + 1.4 * (1 - np.exp(-over / 2.0)) + share**0.9 * (3.6 + 3.2 * wave)
    y = top - np.maximum(over - 1.0 * (1 - np.exp(-over / 1.5)), 0) + 0 * a
    x, z = r * np.sin(a), r * np.cos(a)
    made = sheet(x, y, z, surface)
    uv = np.stack([along * np.sin(a), along * np.cos(a)], -1).astype(F)
    return Patch(made.points, uv, made.level, surface, two_sided=True)


@shape("tablecloth", "linen", place="room", pitch=15, fill=(0.74, 0.58), close=(-0.12, 0.72, 0.4))
def tablecloth(o: Order) -> list[Patch]:
    r = 42 * o.width
    legs = _legs(3, 72, r * 0.5, r * 0.4, o.plain("wood", OAK))[:3]
    cloth = draped_round(r, 74.6, 46 * o.height, o.main())
    table = slab(ellipse(2 * r - 1, 2 * r - 1, 80), 2.4, 0.8, o.plain("wood", OAK)).moved(y=72)
    vase = moved(vase_of("bud", o.plain("stoneware", "#d9d0c1"), 1.2, 1.2), -12, 74.7, -4)
    cups = moved(cup_of(o.plain("stoneware", "#d9d0c1")), 11, 74.7, 6)
    return [cloth, table, *legs, *vase, *cups]


@shape("runner", "linen", pitch=26, turn=0, fill=(0.86, 0.6), close=(-0.1, 0.7, 0.4))
def runner(o: Order) -> list[Patch]:
    w, d = 64.0, 50.0
    table = plank(w, 3, d, o.plain("wood", OAK), 0.6).moved(y=40)
    made = [table]
    for x in (-1, 1):
        for z in (-1, 1):
            made.append(leg((x * 28, 0, z * 21), (x * 28, 40.5, z * 21), 2.2, o.plain("wood", OAK)))
    half = 13 * o.width
    x = np.linspace(-half, half, 60, dtype=F)[None, :]
    along = np.linspace(0, 1, 90, dtype=F)[:, None] * (d + 20 * o.height)
    over = np.clip(along - d, 0, None)
    z = -d / 2 + np.minimum(along, d) + 0.9 * (1 - np.exp(-over / 0.8)) + over * 0.03 * (1 + np.sin(x * 0.5))
    y = 43.15 - np.maximum(over - 0.7 * (1 - np.exp(-over / 0.8)), 0) + 0.06 * np.sin(x * 0.4 + along * 0.15)
    cloth = sheet(x + 0 * along, y + 0 * x, z, o.main())
    made.append(Patch(cloth.points[::-1], cloth.uv[::-1], cloth.level[::-1], cloth.surface, two_sided=True))
    made += moved(vase_of("belly", o.plain("stoneware", "#d8cdbb"), 0.6, 0.62), -4, 43.3, -8)
    return made + moved(cup_of(o.plain("stoneware", "#d8cdbb"), 0.8, 0.8), 6, 43.3, 4)


@shape("placemat", "linen", "#e4dccd", pitch=36, turn=-12, fill=(0.78, 0.56), close=(-0.3, 0.5, 0.36))
def placemat(o: Order) -> list[Patch]:
    if o.material == "wicker":
        mat = [slab(ellipse(38 * o.width, 38 * o.width, 110), 0.7, 0.3, o.main())]
    else:
        mat = [ruffled(pad(44 * o.width, 32, 0.5, o.main(), 0.6), 0.1, 12, o.chance)]
        for side in (-1, 1):
            threads = turned(fringe(31, 1.6, o.main(), o.chance, 0.6), "y", 90 * side)
            mat += moved(threads, x=side * 21.8 * o.width)
    return mat + moved(plate_of(o.plain("stoneware", o.second), 0.95), y=0.5)


@shape("throw", "wool", "#b98d5f", place="room", pitch=14, turn=-20, fill=(0.68, 0.6), close=(-0.05, 0.6, 0.44))
def throw(o: Order) -> list[Patch]:
    w, h = 78.0, 42.0
    wood = o.plain("wood", OAK)
    made = [plank(w, 3.2, 32, wood, 1).moved(y=h)]
    for x in (-1, 1):
        for z in (-1, 1):
            made.append(leg((x * (w / 2 - 6), 0.3, z * 13.5), (x * (w / 2 - 10), h + 0.5, z * 10), 2.1, wood))
    half = 17 * o.width
    x = np.linspace(-half, half, 90, dtype=F)[None, :]
    length = 36 + 34 * o.height
    along = np.linspace(0, 1, 100, dtype=F)[:, None] * length
    over = np.clip(along - 33, 0, None)
    share = over / (length - 33)
    fold = np.sin(x * 0.42 + 0.8) + 0.5 * np.sin(x * 0.93 + 2)
    z = -16.2 + np.minimum(along, 33) + 1.3 * (1 - np.exp(-over)) + share**0.8 * (1.8 + 1.3 * fold)
    ridge = 0.5 + 0.5 * np.sin(x * 0.34 + along * 0.05 + 1)
    y = h + 3.5 + 1.5 * ridge * np.exp(-over / 6) - np.maximum(over - 1.0 * (1 - np.exp(-over)), 0) + 0.12 * x * share
    gather = 1 + 0.05 * np.sin(along * 0.2)
    cloth = sheet((x * gather - 6 + 0 * along)[::-1], (y + 0 * x)[::-1], z[::-1], o.main())
    threads = fringe(2 * half * 0.97, 5, o.plain(o.material, o.spec.colour), o.chance, 1.1)
    hung = [p.turned("x", 90) for p in threads]
    low = float((y[-1]).mean())
    for p in hung:
        middle = float(p.points[..., 0].mean())
        at = int(np.clip((middle + half) / (2 * half) * 89, 0, 89))
        made.append(p.moved(-6, float(y[-1, at]) if y.ndim == 2 and y.shape[1] == 90 else low, float(z[-1, at])))
    return grounded([*made, cloth])
