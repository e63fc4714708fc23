"""Lines to build forms from: smooth profiles and closed outlines."""

import numpy as np

F = np.float32


def spline(points: list[tuple[float, ...]], count: int = 48) -> np.ndarray:
    """A smooth line through the points, evenly spaced; a point given twice makes a corner."""
    p = np.asarray(points, np.float64)
    padded = np.vstack([2 * p[0] - p[1], p, 2 * p[-1] - p[-2]])
    t = np.linspace(0, 1, 12, endpoint=False)[:, None]
    pieces = [_segment(*padded[i : i + 4], t) for i in range(len(p) - 1)]
    return resampled(np.vstack([*pieces, p[-1:]]), count)


def _segment(a: np.ndarray, b: np.ndarray, c: np.ndarray, d: np.ndarray, t: np.ndarray) -> np.ndarray:
    tangent_b = (c - a) / 2 if np.any(a != b) else (c - b) * 0
    tangent_c = (d - b) / 2 if np.any(c != d) else (c - b) * 0
    if not np.any(tangent_b) and not np.any(tangent_c):
        return b + (c - b) * t
    h = t * t * (3 - 2 * t)
    return b * (1 - h) + c * h + tangent_b * (t**3 - 2 * t**2 + t) + tangent_c * (t**3 - t**2)


def resampled(line: np.ndarray, count: int) -> np.ndarray:
    """The same line in `count` points, evenly spaced along it."""
    steps = np.linalg.norm(np.diff(line, axis=0), axis=1)
    along = np.concatenate([[0], np.cumsum(steps)])
    at = np.linspace(0, along[-1], count)
    return np.stack([np.interp(at, along, line[:, k]) for k in range(line.shape[1])], 1).astype(F)


def ellipse(width: float, depth: float, count: int = 72, power: float = 2.0) -> np.ndarray:
    """A closed outline in x and z; a power above 2 squares it."""
    a = np.linspace(0, 2 * np.pi, count + 1)
    x, z = np.cos(a), np.sin(a)
    x, z = np.sign(x) * np.abs(x) ** (2 / power), np.sign(z) * np.abs(z) ** (2 / power)
    return np.stack([x * width / 2, z * depth / 2], 1).astype(F)


def rectangle(width: float, depth: float, radius: float = 0.4, count: int = 96) -> np.ndarray:
    """A closed rectangle with rounded corners, densely drawn at the corners."""
    radius = min(radius, width / 2 - 1e-3, depth / 2 - 1e-3)
    a = np.linspace(0, np.pi / 2, 7)
    corners = []
    for k, (sx, sz) in enumerate(((1, 1), (-1, 1), (-1, -1), (1, -1))):
        angle = a + k * np.pi / 2
        cx, cz = sx * (width / 2 - radius), sz * (depth / 2 - radius)
        corners.append(np.stack([cx + radius * np.cos(angle), cz + radius * np.sin(angle)], 1))
    side = max(2, (count - 28) // 4)
    lines = []
    for k in range(4):
        start, end = corners[k][-1], corners[(k + 1) % 4][0]
        between = np.linspace(0, 1, side + 2)[1:-1, None]
        lines += [corners[k], start + (end - start) * between]
    return np.vstack([*lines, corners[0][:1]]).astype(F)


def closed(points: list[tuple[float, float]], count: int = 96) -> np.ndarray:
    """A smooth closed outline through the points (anticlockwise seen with z down the page)."""
    ring = [*points, points[0]]
    p = np.asarray(ring, np.float64)
    padded = np.vstack([p[-2], p, p[1]])
    t = np.linspace(0, 1, 12, endpoint=False)[:, None]
    pieces = [_segment(*padded[i : i + 4], t) for i in range(len(p) - 1)]
    return resampled(np.vstack([*pieces, p[-1:]]), count)
