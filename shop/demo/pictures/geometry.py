"""All patches of a scene in one table, with the light on every vertex."""

from dataclasses import dataclass, replace

import numpy as np

from .bake import cell_of, open_room, received, sky
from .mesh import Patch, normals
from .shade import Air, brightness

F = np.float32


@dataclass(frozen=True)
class Geometry:
    """Points and, per point, `rows` of light, shine, u, v and level; `starts` tells where each patch begins."""

    points: np.ndarray
    normals: np.ndarray
    rows: np.ndarray
    starts: np.ndarray
    owner: np.ndarray


def lit_geometry(patches, key, camera, air: Air, floor) -> tuple[Geometry, np.ndarray, np.ndarray]:
    """The geometry, and the window and room light on the points (and normals) of the floor."""
    starts = np.cumsum([0, *(p.level.size for p in patches)])
    points = np.concatenate([p.points.reshape(-1, 3) for p in patches])
    normal = np.concatenate([_normals(p, camera) for p in patches])
    light = sky(key)
    cell = cell_of(points.min(0), points.max(0))
    sampled = _Sampled(patches, starts, cell)
    solid = [p for p in patches if p.casts and not p.glassy]
    blockers = np.concatenate([_filled(p.points, cell) for p in solid] or [points[:1]])
    window, room = received(
        light,
        blockers,
        np.concatenate([points[sampled.index], floor[0]]),
        np.concatenate([normal[sampled.index], floor[1]]),
    )
    end = len(sampled.index)
    floor_window, floor_room = window[end:], room[end:]
    floor_room[floor[1][:, 2] > 0.5] /= open_room(light, (0, 0, 1))
    veil = [_filled(p.points, cell) for p in patches if p.glassy and p.casts]
    if veil:
        # A glass lets most of the light through: it dims as a thin veil over what the rest does.
        through, around = received(light, np.concatenate(veil), *floor)
        floor_window *= 1 - F(0.42) * (1 - through)
        floor_room *= 1 - F(0.3) * np.clip(1 - around, 0, 1)
    rows = _rows(patches, starts, normal, sampled.spread(window[:end]), sampled.spread(room[:end]), air)
    owner = np.repeat(np.arange(len(patches), dtype=np.int16), np.diff(starts))
    return Geometry(points, normal, rows, starts, owner), floor_window, floor_room


class _Sampled:
    """Every so manieth vertex of each patch, as far apart as the light can tell, and the way back."""

    def __init__(self, patches: list[Patch], starts: np.ndarray, cell: float) -> None:
        self.shapes = [p.level.shape for p in patches]
        self.axes = [_axes(p.points, cell) for p in patches]
        index = []
        for (rows, columns), shape, start in zip(self.axes, self.shapes, starts[:-1], strict=True):
            index.append((rows[:, None] * shape[1] + columns[None, :]).ravel() + int(start))
        self.index = np.concatenate(index)

    def spread(self, values: np.ndarray) -> np.ndarray:
        """Values at the chosen vertices, smoothed and spread over all of them."""
        parts, at = [], 0
        for (rows, columns), shape in zip(self.axes, self.shapes, strict=True):
            grid = _soft(values[at : at + len(rows) * len(columns)].reshape(len(rows), len(columns)))
            at += grid.size
            parts.append(_spread(_spread(grid, rows, shape[0]).T, columns, shape[1]).T.ravel())
        return np.concatenate(parts)


def _axes(points: np.ndarray, cell: float) -> tuple[np.ndarray, np.ndarray]:
    steps = _spacing(points)
    return tuple(
        _every(count, int(cell * 1.1 / max(step, 1e-4))) for count, step in zip(points.shape, steps, strict=False)
    )


def _spacing(points: np.ndarray) -> tuple[float, float]:
    """The mean distance between rows, and between columns."""
    down = points[1:, :: max(points.shape[1] // 8, 1)] - points[:-1, :: max(points.shape[1] // 8, 1)]
    across = points[:: max(points.shape[0] // 8, 1), 1:] - points[:: max(points.shape[0] // 8, 1), :-1]
    return tuple(float(np.sqrt(np.einsum("ijk,ijk->ij", d, d)).mean()) for d in (down, across))


def _every(count: int, stride: int) -> np.ndarray:
    stride = int(np.clip(stride, 1, max((count - 1) // 4, 1)))
    kept = np.arange(0, count, stride)
    return kept if kept[-1] == count - 1 else np.append(kept, count - 1)


def _spread(grid: np.ndarray, kept: np.ndarray, count: int) -> np.ndarray:
    """Rows at `kept` drawn out to `count` rows."""
    if len(kept) == count:
        return grid
    at = np.arange(count)
    low = np.clip(np.searchsorted(kept, at, side="right") - 1, 0, len(kept) - 2)
    part = ((at - kept[low]) / (kept[low + 1] - kept[low])).astype(F)[:, None]
    return grid[low] * (1 - part) + grid[low + 1] * part


def _filled(points: np.ndarray, cell: float) -> np.ndarray:
    """Points of a surface close enough to leave no hole in a map of depths."""
    rows, columns = (
        _every(count, int(cell * 0.8 / max(step, 1e-4)))
        for count, step in zip(points.shape, _spacing(points), strict=False)
    )
    kept = points[rows[:, None], columns[None, :]]
    if len(rows) < points.shape[0] and len(columns) < points.shape[1]:
        return kept.reshape(-1, 3)
    middles = (kept[1:, 1:] + kept[:-1, :-1]) / 2
    return np.concatenate([kept.reshape(-1, 3), middles.reshape(-1, 3)])


def thinned(patch: Patch, step: float) -> Patch:
    """The same patch with its vertices no closer than about `step` cm: as fine as the picture can show."""
    rows, columns = (
        _every(count, int(step / max(apart, 1e-4)))
        for count, apart in zip(patch.points.shape, _spacing(patch.points), strict=False)
    )
    if (len(rows), len(columns)) == patch.level.shape:
        return patch
    kept = np.ix_(rows, columns)
    return replace(patch, points=patch.points[kept], uv=patch.uv[kept], level=patch.level[kept])


def _rows(patches, starts, normal, window, room, air) -> np.ndarray:
    rows = np.empty((len(normal), 5), F)
    surfaces: dict = {}
    for p, a, b in zip(patches, starts[:-1], starts[1:], strict=True):
        surfaces.setdefault(p.surface, []).append((int(a), int(b)))
        rows[a:b, 2:4] = p.uv.reshape(-1, 2) + F(409.6)
        rows[a:b, 4] = p.level.ravel()
    for surface, spans in surfaces.items():
        some = np.concatenate([np.arange(a, b) for a, b in spans]) if len(spans) > 1 else slice(*spans[0])
        rows[some, 0], rows[some, 1] = brightness(surface, normal[some], window[some], room[some], air)
    return rows


def _normals(patch: Patch, camera) -> np.ndarray:
    n = normals(patch.points).reshape(-1, 3)
    if patch.two_sided:
        away = np.einsum("ij,ij->i", n, camera.place - patch.points.reshape(-1, 3)) < 0
        n[away] *= -1
    return n


def _soft(grid: np.ndarray) -> np.ndarray:
    padded = np.pad(grid, 1, mode="edge")
    across = padded[:, :-2] + 2 * padded[:, 1:-1] + padded[:, 2:]
    return (across[:-2] + 2 * across[1:-1] + across[2:]) / 16
