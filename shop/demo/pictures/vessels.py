"""Parts that vessels are put together from: bodies with a rim and an inside, handles, spouts, lids."""

import numpy as np

from .curves import resampled, spline
from .forms import lathe, tube
from .mesh import F, Patch, Surface


def body(
    outer: list[tuple[float, float]], wall: float, floor: float, surface: Surface, rows: int = 46, count: int = 84
) -> Patch:
    """An open vessel from its outer profile (radius, height), foot first, rim last."""
    return lathe(hollow(outer, wall, floor, rows), surface, count)


def hollow(outer: list[tuple[float, float]], wall: float, floor: float, rows: int = 46) -> np.ndarray:
    """The profile of a vessel: up the outside, over a rounded rim, down to the floor inside."""
    out = spline(outer, rows)
    step = np.gradient(out, axis=0)
    side = np.stack([-step[:, 1], step[:, 0]], 1)
    side /= np.maximum(np.linalg.norm(side, axis=1, keepdims=True), 1e-9)
    inner = out + side * wall
    inner = inner[(inner[:, 1] > floor) & (inner[:, 0] > 0.02)]
    inner = inner[-max(len(inner), 1) :][::-1]
    a = np.linspace(0, np.pi, 7)[1:-1]
    rim_middle, across = (out[-1] + inner[0]) / 2, (out[-1] - inner[0]) / 2
    up = np.array([-across[1], across[0]]) if across[0] > 0 else np.array([across[1], -across[0]])
    rim = rim_middle + np.cos(a)[:, None] * across + np.sin(a)[:, None] * up * 1.0
    last = inner[-1]
    bottom = np.array([[last[0] * 0.92, floor], [last[0] * 0.5, floor - 0.0], [0.0, floor]])
    foot = np.array([[0.0, outer[0][1]], [outer[0][0] * 0.7, outer[0][1]]])
    return np.vstack([foot, out, rim, resampled(inner, max(rows // 2, 8)), bottom]).astype(F)


def solid(profile: list[tuple[float, float]], surface: Surface, rows: int = 40, count: int = 64) -> Patch:
    """A closed turned body."""
    return lathe(spline(profile, rows), surface, count)


def loop(top: tuple[float, float], bottom: tuple[float, float], out: float, thick: float, surface: Surface) -> Patch:
    """A handle on the right side, from (radius, height) to (radius, height), bowed outwards."""
    (x0, y0), (x1, y1) = top, bottom
    path = spline(
        [
            (x0 - thick, y0, 0),
            (x0 + out * 0.55, y0 + (y0 - y1) * 0.06, 0),
            (x0 + out, y0 - (y0 - y1) * 0.3, 0),
            (max(x0, x1) + out * 0.72, y1 + (y0 - y1) * 0.28, 0),
            (x1 - thick * 0.6, y1, 0),
        ],
        34,
    )
    ends = np.linspace(-1, 1, len(path))
    return tube(path, thick * (1 + 0.22 * ends**4), surface, 14, flat=1.25)


def spout(path: list[tuple[float, float]], radii: tuple[float, float], surface: Surface) -> list[Patch]:
    """A spout on the left side along (x, y), thick at the root, open at the end."""
    line = spline([(-x, y, 0.0) for x, y in path], 26)
    radius = np.linspace(radii[0], radii[1], len(line)) + 0.12 * radii[0] * np.linspace(1, 0, len(line)) ** 3
    dark = Surface("terracotta", "#2a2420", "#2a2420")
    ahead = (line[-1] - line[-2]) / np.linalg.norm(line[-1] - line[-2])
    mouth = tube(np.stack([line[-1], line[-1] + ahead * 0.03]), radii[1] * 0.74, dark, 14)
    return [tube(line, radius, surface, 18), mouth]


def ring(radius: float, thick: float, height: float, surface: Surface) -> Patch:
    """A torus lying at a height."""
    a = np.linspace(0, 2 * np.pi, 49)
    path = np.stack([radius * np.cos(a), np.full_like(a, height), radius * np.sin(a)], 1)
    return tube(path, thick, surface, 10)


def shell(outer: list[tuple[float, float]], surface: Surface, rows: int = 44, count: int = 84) -> Patch:
    """The single wall of a glass, open at the top."""
    profile = np.vstack([[[0.0, outer[0][1]]], spline(outer, rows)])
    return lathe(profile, surface, count, glassy=True)


def glass_vessel(
    outer: list[tuple[float, float]], base: float, tint: str, fill: float = 0.0, liquid: str = "#e7eeee"
) -> list[Patch]:
    """A glass with a thick base and a fine rim, filled to a share of its height."""
    clear = Surface("glass", tint, tint)
    line = spline(outer, 60)
    rim, height = line[-1], float(line[-1, 1])
    made = [shell(outer, clear)]
    inside = line[line[:, 1] > base] - np.array([0.14, 0], F)
    made.append(lathe(np.vstack([[[0.0, base]], inside[:1] * [0.8, 1], inside[:1]]), clear, 64, glassy=True))
    lip = ring(float(rim[0]), 0.07, height, Surface("glass", "#ffffff", "#ffffff", glow=0.3))
    made.append(_glassy(lip))
    if fill > 0.03:
        surface = Surface("water", liquid, liquid, glow=0.12)
        wet = inside[inside[:, 1] < base + (height - base) * min(fill, 0.95)]
        if len(wet) > 3:
            top = np.array([[wet[-1, 0] * 0.5, wet[-1, 1]], [0.0, wet[-1, 1]]])
            made.append(lathe(np.vstack([[[0.0, base]], wet, top]), surface, 64, glassy=True))
    return made


def _glassy(patch: Patch) -> Patch:
    return Patch(patch.points, patch.uv, patch.level, patch.surface, glassy=True, casts=False)


def ball_of(radius: float, surface: Surface, height: float) -> Patch:
    """A ball around a height on the axis."""
    a = np.linspace(-np.pi / 2, np.pi / 2, 18)
    return lathe(np.stack([radius * np.cos(a), height + radius * np.sin(a)], 1), surface, 32)
