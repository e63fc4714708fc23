"""The ways to make a surface: turned on a wheel, drawn along a path, cut from an outline, laid as a sheet."""

import numpy as np

from .mesh import F, Patch, Surface


def lathe(profile: np.ndarray, surface: Surface, count: int = 80, **kind: bool) -> Patch:
    """A profile of (radius, height), from the foot outwards and up, turned about the y axis."""
    profile = np.asarray(profile, F)
    angle = np.linspace(0, 2 * np.pi, count + 1, dtype=F)
    radius, height = profile[:, :1], profile[:, 1:]
    points = np.stack(np.broadcast_arrays(-radius * np.sin(angle), height, -radius * np.cos(angle)), -1)
    along = _along(profile)
    around = angle * float(profile[:, 0].max())
    uv = np.stack(np.broadcast_arrays(around[None, :], along[:, None]), -1)
    low, high = float(height.min()), float(height.max())
    level = np.broadcast_to((height - low) / max(high - low, 1e-6), points.shape[:2])
    return Patch(points.astype(F), uv.astype(F), level.astype(F), surface, **kind)


def _along(line: np.ndarray) -> np.ndarray:
    return np.concatenate([[0], np.cumsum(np.linalg.norm(np.diff(line, axis=0), axis=1))]).astype(F)


def tube(path: np.ndarray, radius, surface: Surface, count: int = 16, flat: float = 1.0, **kind: bool) -> Patch:
    """A tube along a path of (x, y, z); the radius may change along it; `flat` squashes its section."""
    path = np.asarray(path, F)
    radius = np.broadcast_to(np.asarray(radius, F), len(path))
    tangent = np.gradient(path, axis=0)
    tangent /= np.maximum(np.linalg.norm(tangent, axis=1, keepdims=True), 1e-9)
    side = np.empty_like(path)
    guess = np.array([0, 0, 1], F) if abs(tangent[0, 2]) < 0.9 else np.array([1, 0, 0], F)
    for i, t in enumerate(tangent):
        guess = guess - t * (guess @ t)
        guess /= max(float(np.linalg.norm(guess)), 1e-9)
        side[i] = guess
    other = np.cross(tangent, side)
    angle = np.linspace(0, 2 * np.pi, count + 1, dtype=F)
    ring = np.cos(angle)[None, :, None] * side[:, None] + flat * np.sin(angle)[None, :, None] * other[:, None]
    points = path[:, None] + radius[:, None, None] * ring
    points = np.concatenate([np.broadcast_to(path[:1, None], points[:1].shape), points])
    points = np.concatenate([points, np.broadcast_to(path[-1:, None], points[:1].shape)])
    along = _along(path)
    along = np.concatenate([along[:1], along, along[-1:]])
    uv = np.stack(np.broadcast_arrays(angle[None] * float(radius.max()), along[:, None]), -1)
    level = np.broadcast_to((along / max(float(along[-1]), 1e-6))[:, None], uv.shape[:2])
    return Patch(points.astype(F), uv.astype(F), level.astype(F), surface, **kind)


def cut(outline: np.ndarray, steps: list[tuple[float, float]], surface: Surface, cap: int = 6, **kind: bool) -> Patch:
    """A solid cut from a closed outline (x, z): `steps` are (inset, height) from the foot to the top.

    The last step is closed by a lid (and the first by a floor) drawn in towards the middle.
    """
    x, z = outline[:, 0], outline[:, 1]
    if np.sum(x[:-1] * z[1:] - x[1:] * z[:-1]) < 0:
        outline = outline[::-1]
    middle = outline[:-1].mean(0)
    step = np.gradient(outline, axis=0)
    step[0] = step[-1] = outline[1] - outline[-2]
    out = np.stack([step[:, 1], -step[:, 0]], 1)
    out /= np.maximum(np.linalg.norm(out, axis=1, keepdims=True), 1e-9)
    rings = [(outline - out * inset, height) for inset, height in steps]
    top, bottom = rings[-1], rings[0]
    inward = np.linspace(1, 0, cap + 1)[1:]
    lid = [(middle + (top[0] - middle) * s, top[1]) for s in inward]
    floor = [(middle + (bottom[0] - middle) * s, bottom[1]) for s in (0.0, 0.6)]
    rows = [*floor, *rings, *lid]
    points = np.stack([np.stack([r[:, 0], np.full(len(r), y), r[:, 1]], 1) for r, y in rows])
    around = _along(outline)
    uv = points[..., [0, 2]].copy()
    span = slice(len(floor), len(floor) + len(rings) - 1)
    # The sides run round the outline; lids keep the plan, so that grain and weave lie straight.
    uv[span, :, 0], uv[span, :, 1] = around[None], points[span, :, 1]
    heights = points[..., 1]
    level = (heights - heights.min()) / max(float(heights.max() - heights.min()), 1e-6)
    # Rows run from the floor up with the outline anticlockwise; turn them so that normals point outwards.
    return Patch(points[:, ::-1].astype(F), uv[:, ::-1].astype(F), level[:, ::-1].astype(F), surface, **kind)


def slab(outline: np.ndarray, height: float, round_by: float, surface: Surface, **kind: bool) -> Patch:
    """An outline of some thickness with rounded edges, lying on the ground."""
    r = min(round_by, height / 2)
    a = np.linspace(0, np.pi / 2, 5)
    low = [(r * (1 - np.sin(t)), r * (1 - np.cos(t))) for t in a]
    high = [(r * (1 - np.cos(t)), height - r + r * np.sin(t)) for t in a]
    sides = [(0.0, r + (height - 2 * r) * s) for s in (0.33, 0.66)] if height > 3 * r else []
    return cut(outline, [*low, *sides, *high], surface, **kind)


def sheet(x: np.ndarray, y: np.ndarray, z: np.ndarray, surface: Surface, two_sided: bool = True) -> Patch:
    """Any grid of points as a sheet; texture runs along it by its true lengths."""
    points = np.stack(np.broadcast_arrays(x, y, z), -1).astype(F)
    du = np.linalg.norm(np.diff(points, axis=1), axis=2).mean(0)
    dv = np.linalg.norm(np.diff(points, axis=0), axis=2).mean(1)
    u, v = np.concatenate([[0], np.cumsum(du)]), np.concatenate([[0], np.cumsum(dv)])
    uv = np.stack(np.meshgrid(u - u[-1] / 2, v), -1).astype(F)
    level = np.broadcast_to((v / max(float(v[-1]), 1e-6))[:, None], uv.shape[:2])
    return Patch(points, uv, level.astype(F), surface, two_sided=two_sided)


def ball(radius: float, surface: Surface, squash: float = 1.0, count: int = 40, **kind: bool) -> Patch:
    """A ball resting on the ground."""
    a = np.linspace(-np.pi / 2, np.pi / 2, count // 2 + 1)
    profile = np.stack([radius * np.cos(a), radius * squash * (1 + np.sin(a))], 1)
    return lathe(profile, surface, count, **kind)
