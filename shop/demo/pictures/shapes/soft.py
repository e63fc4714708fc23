"""Cushions, slippers, socks."""

import numpy as np

from ..curves import closed, spline
from ..fabric import ruffled
from ..forms import sheet, slab
from ..mesh import F, Patch, Surface, grounded, moved, turned
from ..registry import Order, shape
from ..vessels import solid
from .folded import pillow_of


@shape("cushion", "linen", place="room", pitch=12, fill=(0.68, 0.56), close=(-0.3, 0.8, 0.5))
def cushion(o: Order) -> list[Patch]:
    form = str(o.param("form", "square"))
    piping = o.plain(o.material, o.second) if o.spec.second else None
    if form == "round":
        r = 21 * o.width
        profile = [
            (0, 0.6),
            (r * 0.7, 0),
            (r * 0.97, 3.4),
            (r, 6),
            (r * 0.97, 8.6),
            (r * 0.7, 12),
            (r * 0.3, 11.6),
            (0, 10.6),
        ]
        body = ruffled(solid(profile, o.main(), 44, 84), 0.5, 16, o.chance, False)
        return grounded(turned([body.turned("x", 70)], "y", -18))
    w = (46 if form == "square" else 62) * o.width
    d = 46 if form == "square" else 34
    made: list[Patch] = []
    for k in range(o.count(1, 2)):
        surface = o.main() if k == 0 else o.plain(o.material, o.second)
        one = pillow_of(w * (1 - 0.12 * k), d * (1 - 0.12 * k), 17, surface, o.chance, piping)
        one = grounded(turned(turned(turned(one, "x", 72), "z", (-3, 5)[k]), "y", (-16, -30)[k]))
        made += moved(one, (0, 18)[k], 0, (0, 25)[k])
    return made


SOLE = [
    (0, -13.4),
    (3.2, -12.4),
    (4.7, -8.6),
    (4.5, -3),
    (3.4, 3),
    (3.4, 8),
    (3.0, 11.6),
    (0.2, 13.4),
    (-2.8, 11.8),
    (-3.6, 8),
    (-3.9, 2),
    (-4.3, -4),
    (-4.0, -9.4),
    (-2.6, -12.4),
]


def slipper(o: Order, side: int) -> list[Patch]:
    """One slipper, its toe away from the viewer."""
    outline = closed([(x * side, z) for x, z in (SOLE if side > 0 else SOLE)][:: 1 if side > 0 else -1][::-1], 110)
    sole = slab(outline, 1.5, 0.6, o.plain("leather" if o.material == "leather" else "felt", o.second))
    insole = slab((outline * 0.93).astype(F), 0.5, 0.25, o.main()).moved(y=1.35)
    made = [sole, insole, _upper(o, outline, o.main())]
    if o.param("form", "mule") == "closed":
        made.append(_heel(outline, o.main()))
    return made


def _edge(outline: np.ndarray, z: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The left and right edge of the sole at each z."""
    x0, x1 = [], []
    for at in z:
        near = outline[np.abs(outline[:, 1] - at) < 0.9, 0]
        near = near if len(near) > 1 else np.array([-0.3, 0.3], F)
        x0.append(near.min())
        x1.append(near.max())
    return np.array(x0), np.array(x1)


def _upper(o: Order, outline: np.ndarray, surface: Surface) -> Patch:
    t = np.linspace(0, 1, 40)
    z = -12.9 + 14.2 * t
    left, right = _edge(outline, z)
    kernel = np.ones(5) / 5
    left, right = (np.convolve(np.pad(e, 2, mode="edge"), kernel, "valid") for e in (left, right))
    a = np.linspace(0, np.pi, 36)[None, :]
    rise = (1.2 + 4.6 * np.sin(np.pi / 2 * np.clip(t * 1.02, 0, 1)) ** 0.85)[:, None]
    middle, half = ((left + right) / 2)[:, None], ((right - left) / 2 * 1.0)[:, None]
    # The mouth of the slipper runs back further at the sides than over the instep.
    back = (2.6 * np.abs(np.cos(a)) ** 2) * (t[:, None] ** 4)
    x = middle - half * np.sign(np.cos(a)) * np.abs(np.cos(a)) ** 0.75
    y = 0.9 + rise * np.sin(a) ** 0.8
    return ruffled(sheet(x[::-1], y[::-1], (z[:, None] + back)[::-1], surface), 0.16, 9, o.chance, False)


def _heel(outline: np.ndarray, surface: Surface) -> Patch:
    a = np.linspace(-0.12, np.pi + 0.12, 50)[None, :]
    t = np.linspace(0, 1, 14)[:, None]
    x = 3.55 * np.cos(a) * (1 - 0.12 * t**2)
    z = 5.4 + 7.6 * np.abs(np.sin(a)) ** 0.9 * np.sign(np.sin(a)) * (1 - 0.08 * t)
    y = 0.9 + (3.6 + 1.4 * np.sin(a)) * t
    return sheet(x[:, ::-1], y[:, ::-1] + 0 * x, z[:, ::-1], surface)


@shape("slippers", "felt", "#5a4a3c", place="room", pitch=32, turn=152, fill=(0.64, 0.56), close=(0.1, 0.5, 0.5))
def slippers(o: Order) -> list[Patch]:
    right = slipper(o, 1)
    left = slipper(o, -1)
    return moved(turned(left, "y", 4), -5.4, 0, 0.6) + moved(turned(right, "y", -7), 5.6, 0, -0.8)


@shape("socks", "knit", place="room", pitch=52, turn=-12, fill=(0.6, 0.64), close=(-0.1, 0.85, 0.5))
def socks(o: Order) -> list[Patch]:
    one = _sock(o)
    other = turned(moved(_sock(o), 7.2, 0.9, 1.4), "y", -6)
    return one + other


def _sock(o: Order) -> list[Patch]:
    """A sock laid flat: leg, heel, foot along one bent path."""
    path = spline([(0, 0, -20), (0, 0, -12), (0.2, 0, -4), (1.4, 0, 2), (4.4, 0, 5.4), (9, 0, 6.4), (15.5, 0, 6.6)], 90)
    t = np.linspace(0, 1, 90)
    half = 5.0 + 0.5 * np.exp(-(((t - 0.6) / 0.12) ** 2)) - 0.5 * t
    half = half * np.sqrt(np.clip((1 - t) / 0.09, 0.0, 1)) + 0.05
    body = _flat_tube(path, half, 1.7, o.main())
    accent = o.plain(o.material, o.spec.second or o.spec.colour)
    cuff = _flat_tube(path[:15], half[:15] + 0.28, 2.3, Surface(accent.material, accent.colour, accent.colour, "rib"))
    toe = _flat_tube(path[78:], half[78:] + 0.03, 1.78, accent)
    heel = _flat_tube(
        spline([(-3.6, 0, -0.5), (-1.8, 0, 3.2), (1.2, 0, 6.2)], 24),
        2.2 * np.sin(np.linspace(0.25, np.pi - 0.25, 24)),
        1.9,
        accent,
    )
    return [ruffled(p, 0.25, 9, o.chance) for p in (body, cuff, toe, heel)]


def _flat_tube(path: np.ndarray, half: np.ndarray, thick: float, surface: Surface) -> Patch:
    tangent = np.gradient(path, axis=0)
    tangent /= np.linalg.norm(tangent, axis=1, keepdims=True)
    side = np.stack([tangent[:, 2], 0 * tangent[:, 0], -tangent[:, 0]], 1)
    a = np.linspace(0, 2 * np.pi, 37)
    across, up = np.cos(a), np.sin(a)
    flat = np.sign(up) * np.abs(up) ** 0.6
    points = path[:, None] + (half[:, None] * across)[..., None] * side[:, None]
    points[..., 1] = thick / 2 * (1 + flat[None, :])
    points = points[:, ::-1]
    return sheet(points[..., 0], points[..., 1], points[..., 2], surface)
