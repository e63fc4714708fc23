"""Leaves, twigs and grasses."""

import numpy as np

from .curves import spline
from .forms import ball, sheet, tube
from .mesh import F, Patch, Surface


def leaf(length: float, width: float, droop: float, surface: Surface, fold: float = 0.25) -> Patch:
    """One leaf from the origin outwards along +x, rising and drooping."""
    t = np.linspace(0, 1, 12, dtype=F)[:, None]
    s = np.linspace(-1, 1, 7, dtype=F)[None, :]
    half = width / 2 * np.sin(np.pi * np.clip(t, 0.02, 0.985) ** 0.8) ** 0.9
    x = length * t + 0 * s
    y = length * (0.28 * t - droop * t * t) + np.abs(s) * half * fold
    return sheet(x, y, half * s, surface)


def frond(path: np.ndarray, size: float, pairs: int, surface: Surface, chance, slim: float = 0.3) -> list[Patch]:
    """A stem with leaves in pairs, getting smaller towards the tip."""
    made = [tube(path, np.linspace(0.12, 0.05, len(path)) * max(size / 4, 0.6), surface, 6)]
    for k in range(pairs):
        at = int((0.18 + 0.8 * k / pairs) * (len(path) - 1))
        grown = size * (1 - 0.5 * k / pairs)
        for side in (0, 180):
            blade = leaf(grown, grown * slim, 0.25, surface).turned("z", float(chance.uniform(5, 35)))
            made.append(blade.turned("y", side + float(chance.uniform(-45, 45))).moved(*path[at]))
    return made


def bush(kind: str, surface: Surface, chance, size: float) -> list[Patch]:
    """A plant growing from the origin, about `size` across."""
    maker = {"fern": _fern, "succulent": _rosette, "trailing": _trailing}.get(kind, _leafy)
    return maker(surface, chance, size)


def _arc(angle: float, reach: float, rise: float, sag: float, count: int = 14) -> np.ndarray:
    t = np.linspace(0, 1, count)
    out = reach * t**1.2
    return np.stack([out * np.cos(angle), rise * t - sag * t**3, out * np.sin(angle)], 1).astype(F)


def _tones(surface: Surface, chance) -> list[Surface]:
    from dataclasses import replace

    from .colours import darker, lighter

    colours = (surface.colour, darker(surface.colour, 0.22), lighter(surface.colour, 0.1))
    return [replace(surface, colour=c) for c in colours]


def _leafy(surface: Surface, chance, size: float) -> list[Patch]:
    made: list[Patch] = []
    tones = _tones(surface, chance)
    for k in range(15):
        ring = k % 3
        angle = k * 2.39996 + float(chance.uniform(-0.2, 0.2))
        rise = size * (0.34 + 0.24 * ring) * float(chance.uniform(0.9, 1.1))
        reach = size * (0.36 - 0.1 * ring)
        path = _arc(angle, reach, rise, rise * 0.15)
        grown = size * float(chance.uniform(0.4, 0.52))
        made.append(tube(path, size * 0.009, tones[1], 6))
        blade = leaf(grown, grown * 0.56, 0.42, tones[k % 3], 0.18).turned("z", 10 + 14 * ring)
        made.append(blade.turned("y", -np.degrees(angle)).moved(*path[-1]))
    return made


def _fern(surface: Surface, chance, size: float) -> list[Patch]:
    made: list[Patch] = []
    tones = _tones(surface, chance)
    for k in range(13):
        angle = k * 2.39996
        rise = size * float(chance.uniform(0.5, 0.85)) * (1.15 if k % 3 else 0.8)
        path = _arc(angle, size * float(chance.uniform(0.5, 0.66)), rise, rise * 0.75, 18)
        made.append(_feather(path, size * 0.15, tones[k % 3]))
    return made


def _feather(path: np.ndarray, width: float, surface: Surface) -> Patch:
    """A fern blade: a ribbon whose edge runs in and out like small leaves."""
    count = 96
    line = spline([tuple(p) for p in path], count)
    along = np.linspace(0, 1, count, dtype=F)[:, None]
    across = np.linspace(-1, 1, 7, dtype=F)[None, :]
    tangent = np.gradient(line, axis=0)
    side = np.cross(tangent, [0, 1, 0])
    side /= np.maximum(np.linalg.norm(side, axis=1, keepdims=True), 1e-6)
    teeth = 0.4 + 0.6 * np.abs(np.sin(along * np.pi * 15))
    half = width * np.sin(np.pi * np.clip(along, 0.03, 1) ** 0.7) ** 0.8 * teeth + 0.02
    lift = np.abs(across) * half * 0.25
    p = line[:, None, :] + (across * half)[..., None] * side[:, None, :]
    return sheet(p[..., 0], p[..., 1] + lift, p[..., 2], surface)


def _rosette(surface: Surface, chance, size: float) -> list[Patch]:
    made: list[Patch] = []
    tones = _tones(surface, chance)
    for k in range(30):
        ring = k / 30
        length = size * (0.34 - 0.2 * ring)
        drop = tube(
            spline([(0, 0, 0), (length * 0.5, length * 0.1, 0), (length, length * 0.42, 0)], 12),
            length * 0.2 * np.sin(np.linspace(0.35, np.pi, 12)) ** 0.7 + 0.01,
            tones[k % 3],
            10,
            flat=0.45,
        )
        made.append(drop.turned("z", 8 + 58 * ring).turned("y", np.degrees(k * 2.39996)).moved(y=size * 0.13 * ring))
    return made


def _trailing(surface: Surface, chance, size: float) -> list[Patch]:
    made: list[Patch] = []
    tones = _tones(surface, chance)
    for k in range(11):
        angle = k * 2.39996
        reach = size * float(chance.uniform(0.3, 0.5))
        path = _arc(angle, reach, size * 0.3, size * float(chance.uniform(0.5, 0.75)), 20)
        made.append(tube(path, size * 0.007, tones[1], 5))
        for at in range(3, 20, 2):
            grown = size * float(chance.uniform(0.13, 0.18))
            blade = leaf(grown, grown * 0.78, 0.4, tones[at % 3])
            made.append(blade.turned("y", float(chance.uniform(0, 360))).moved(*path[at]))
    return made


def stems(kind: str, chance, tall: float) -> list[Patch]:
    """Stems for a vase, from the origin upwards."""
    maker = {"twig": _twigs, "eucalyptus": _eucalyptus}.get(kind, _grasses)
    return maker(chance, tall)


def _stem(chance, tall: float, spread: float, count: int = 16) -> np.ndarray:
    angle = float(chance.uniform(0, 2 * np.pi))
    lean = float(chance.uniform(0.15, 1)) * spread * tall
    t = np.linspace(0, 1, count)
    return np.stack([lean * t**1.7 * np.cos(angle), tall * t, 0.5 * lean * t**1.7 * np.sin(angle)], 1).astype(F)


def _grasses(chance, tall: float) -> list[Patch]:
    made: list[Patch] = []
    straw = [Surface("leaf", c, c) for c in ("#b59a6a", "#c9b184", "#9d8357")]
    for k in range(13):
        path = _stem(chance, tall * float(chance.uniform(0.72, 1.08)), 0.42)
        made.append(tube(path, 0.06, straw[k % 3], 5))
        ear = path[-6:]
        bulk = tall * 0.022 * np.sin(np.linspace(0.25, np.pi - 0.1, 6)) + 0.02
        made.append(
            tube(
                spline([tuple(p) for p in ear], 16),
                np.interp(np.linspace(0, 5, 16), range(6), bulk),
                straw[(k + 1) % 3],
                7,
            )
        )
    return made


def _twigs(chance, tall: float) -> list[Patch]:
    made: list[Patch] = []
    bark, bud = Surface("leaf", "#6b5443", "#6b5443"), Surface("felt", "#e9ddcf", "#e9ddcf")
    for _ in range(5):
        path = _stem(chance, tall * float(chance.uniform(0.8, 1.1)), 0.42)
        path[:, 0] += 0.012 * tall * np.sin(np.linspace(0, 9, len(path)))
        made.append(tube(path, np.linspace(0.17, 0.06, len(path)), bark, 6))
        for at in range(5, 16, 2):
            side = float(chance.choice([-1, 1]))
            x, y, z = path[at]
            made.append(ball(tall * 0.017, bud, 1.35, 10).moved(x + side * 0.35, y, z))
        x, y, z = path[9]
        branch = spline(
            [(x, y, z), (x + 1.6 * np.sign(x + 0.01), y + 2, z), (x + 2.2 * np.sign(x + 0.01), y + 5, z)], 10
        )
        made.append(tube(branch, np.linspace(0.09, 0.04, 10), bark, 5))
        made.append(ball(tall * 0.017, bud, 1.35, 10).moved(*branch[-1]))
    return made


def _eucalyptus(chance, tall: float) -> list[Patch]:
    made: list[Patch] = []
    tones = [Surface("leaf", c, c) for c in ("#8ba093", "#74897b", "#9db0a2")]
    for k in range(6):
        path = _stem(chance, tall * float(chance.uniform(0.75, 1.1)), 0.5)
        made.append(tube(path, 0.09, tones[1], 5))
        for at in range(4, 16):
            grown = tall * float(chance.uniform(0.1, 0.14)) * (1.2 - at / 26)
            blade = leaf(grown, grown * 0.8, 0.2, tones[(k + at) % 3])
            made.append(
                blade.turned("z", float(chance.uniform(0, 30))).turned("y", at * 150.0 + 40 * k).moved(*path[at])
            )
    return made
