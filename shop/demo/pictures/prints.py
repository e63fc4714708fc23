"""What is printed on covers, sheets and pictures: flat pieces of colour a hair above the paper (lying, face up)."""

import numpy as np

from .curves import closed, ellipse, rectangle, spline
from .forms import cut, tube
from .mesh import Patch, Surface


def flat(outline: np.ndarray, colour: str, lift: float = 0.0, material: str = "paper") -> Patch:
    return _uncast(cut(outline, [(0, lift), (0.02, lift + 0.02)], Surface(material, colour, colour), cap=3))


def line(points: list[tuple[float, float]], colour: str, thick: float = 0.09, lift: float = 0.03) -> Patch:
    path = spline([(x, lift, z) for x, z in points], max(8, 5 * len(points)))
    return _uncast(tube(path, thick, Surface("paper", colour, colour), 6, flat=0.3))


def _uncast(patch: Patch) -> Patch:
    return Patch(patch.points, patch.uv, patch.level, patch.surface, casts=False)


def printed(motif: str, w: float, h: float, colour: str, chance) -> list[Patch]:
    """A motif within w by h around the origin."""
    maker = {"bowl": _bowl, "lemon": _lemon, "pattern": _pattern, "recipe": _recipe, "knit": _knit, "plain": _rule}
    return maker.get(motif, _leaf)(w, h, colour)


def _leaf(w: float, h: float, colour: str) -> list[Patch]:
    made = [line([(0, h * 0.48), (0.02 * w, 0.1 * h), (0, -h * 0.45)], colour, w * 0.012)]
    for k in range(5):
        z = h * (0.3 - 0.17 * k)
        size = w * (0.42 - 0.05 * k)
        for side in (-1, 1):
            points = [
                (0, z),
                (side * size * 0.45, z - size * 0.1),
                (side * size, z - size * 0.52),
                (side * size * 0.4, z - size * 0.52),
            ]
            outline = closed(points if side < 0 else points[::-1], 40)
            made.append(flat(outline, colour, 0.01 + 0.004 * k))
    return made


def _bowl(w: float, h: float, colour: str) -> list[Patch]:
    from .colours import mixed

    a = np.linspace(0, np.pi, 30)
    r = w * 0.42
    under = np.stack([r * np.cos(a), r * 0.75 * np.sin(a)], 1)
    outline = np.vstack([under, np.linspace(under[-1], under[0], 14)[1:]]).astype(np.float32)
    foot = rectangle(r * 0.7, r * 0.16, 0.1, 40) + [0, r * 0.78]
    made = [flat(outline, colour, 0.02), flat(foot.astype(np.float32), colour, 0.02)]
    for x, lift in ((-0.16, 0), (0.14, 0.03), (0.0, 0.12)):
        spot = ellipse(w * 0.26, w * 0.26, 40) + [x * w, -w * (0.1 + lift)]
        made.append(flat(spot.astype(np.float32), mixed(colour, "#f1d9a8", 0.55), 0.01))
    for x in (-0.12, 0.02, 0.16):
        top = -h * 0.46
        made.append(
            line([(x * w, top + 0.12 * h), (x * w + 0.03 * w, top + 0.07 * h), (x * w, top)], colour, w * 0.008)
        )
    return made


def _lemon(w: float, h: float, colour: str) -> list[Patch]:
    r = w * 0.34
    points = [
        (-r * 1.25, 0),
        (-r * 0.8, r * 0.55),
        (0, r * 0.78),
        (r * 0.8, r * 0.55),
        (r * 1.25, 0),
        (r * 0.8, -r * 0.55),
        (0, -r * 0.78),
        (-r * 0.8, -r * 0.55),
    ]
    made = [flat(closed(points[::-1], 80), colour, 0.02)]
    leaf = closed([(r * 0.2, -r * 0.75), (r * 0.55, -r * 1.35), (r * 1.2, -r * 1.4), (r * 0.8, -r * 0.85)], 40)
    made.append(flat(leaf, "#66795a", 0.01))
    made.append(line([(-r * 0.75, r * 0.95), (0, r * 1.15), (r * 0.75, r * 0.95)], colour, w * 0.01))
    return made


def _rule(w: float, h: float, colour: str) -> list[Patch]:
    return [line([(-w * 0.3, z), (0, z), (w * 0.3, z)], colour, w * 0.009) for z in (-h * 0.3, -h * 0.25)]


def _pattern(w: float, h: float, colour: str) -> list[Patch]:
    front = [
        (-0.42, 0.44),
        (-0.42, -0.2),
        (-0.36, -0.24),
        (-0.3, -0.4),
        (-0.18, -0.44),
        (-0.06, -0.36),
        (0.0, -0.3),
        (0.0, 0.44),
        (-0.42, 0.44),
    ]
    sleeve = [
        (0.1, 0.1),
        (0.14, -0.16),
        (0.26, -0.32),
        (0.38, -0.16),
        (0.44, 0.1),
        (0.38, 0.42),
        (0.16, 0.42),
        (0.1, 0.1),
    ]
    made = []
    for shape, thick in ((front, 0.008), (sleeve, 0.008)):
        made.append(line([(x * w, z * h) for x, z in shape], colour, w * thick))
        middle = np.mean(shape, axis=0)
        inner = [((x - middle[0]) * 0.9 + middle[0], (z - middle[1]) * 0.93 + middle[1]) for x, z in shape]
        made += _dashes([(x * w, z * h) for x, z in inner], colour, w * 0.004)
        made.append(
            line(
                [
                    (middle[0] * w, (middle[1] - 0.14) * h),
                    (middle[0] * w, middle[1] * h),
                    (middle[0] * w, (middle[1] + 0.16) * h),
                ],
                colour,
                w * 0.005,
            )
        )
    return made


def _dashes(points, colour: str, thick: float) -> list[Patch]:
    path = spline([(x, z) for x, z in points], 90)
    return [line([tuple(path[i]), tuple(path[i + 1]), tuple(path[i + 2])], colour, thick) for i in range(0, 87, 5)]


def _recipe(w: float, h: float, colour: str) -> list[Patch]:
    made = [p.moved(z=-h * 0.22) for p in _bowl(w * 0.55, h * 0.36, colour)]
    for k in range(7):
        z = h * (0.14 + 0.05 * k)
        end = (0.4, 0.34, 0.4, 0.22, 0.4, 0.37, 0.12)[k]
        made.append(line([(-w * 0.4, z), (0, z), (w * end, z)], "#8b847a", w * 0.005))
    return made


def _knit(w: float, h: float, colour: str) -> list[Patch]:
    made = []
    cell = w * 0.8 / 12
    for i in range(12):
        for j in range(14):
            if (i - 6) ** 2 / 30 + (j - 7) ** 2 / 42 < 1 and (i + j) % 2 == 0:
                x, z = (i - 5.5) * cell, (j - 6.5) * cell
                outline = rectangle(cell * 0.86, cell * 0.86, 0.05, 32) + [x, z]
                made.append(flat(outline.astype(np.float32), colour, 0.01))
    for k in range(13):
        x = (k - 6) * cell
        made.append(line([(x, -7 * cell), (x, 0), (x, 7 * cell)], "#b9b2a6", w * 0.002, 0.01))
    for k in range(15):
        z = (k - 7) * cell
        made.append(line([(-6 * cell, z), (0, z), (6 * cell, z)], "#b9b2a6", w * 0.002, 0.01))
    return made
