"""Surfaces as grids of points, in centimetres: x to the right, y up, z towards the viewer."""

from dataclasses import dataclass, replace

import numpy as np

F = np.float32


@dataclass(frozen=True)
class Surface:
    """What a patch is made of."""

    material: str = "stoneware"
    colour: str = "#c9beb0"
    second: str = "#8a7f72"
    pattern: str = "plain"
    glow: float = 0.0
    scale: float = 1.0
    turn: bool = False


@dataclass(frozen=True)
class Patch:
    """A rectangular grid of points with its texture coordinates.

    `uv` is in centimetres along the surface; `level` runs from 0 to 1 (foot to rim) and tells dips and bands.
    """

    points: np.ndarray
    uv: np.ndarray
    level: np.ndarray
    surface: Surface
    two_sided: bool = False
    glassy: bool = False
    casts: bool = True

    def moved(self, x: float = 0, y: float = 0, z: float = 0) -> "Patch":
        return replace(self, points=self.points + np.array([x, y, z], F))

    def scaled(self, x: float, y: float | None = None, z: float | None = None) -> "Patch":
        factors = np.array([x, x if y is None else y, x if z is None else z], F)
        return replace(self, points=self.points * factors)

    def turned(self, axis: str, degrees: float) -> "Patch":
        return replace(self, points=self.points @ rotation(axis, degrees).T)

    def dressed(self, surface: Surface) -> "Patch":
        return replace(self, surface=surface)


def rotation(axis: str, degrees: float) -> np.ndarray:
    c, s = np.cos(np.radians(degrees)), np.sin(np.radians(degrees))
    i, j = {"x": (1, 2), "y": (2, 0), "z": (0, 1)}[axis]
    turn = np.eye(3, dtype=F)
    turn[i, i], turn[i, j], turn[j, i], turn[j, j] = c, -s, s, c
    return turn


def moved(patches: list[Patch], x: float = 0, y: float = 0, z: float = 0) -> list[Patch]:
    return [patch.moved(x, y, z) for patch in patches]


def turned(patches: list[Patch], axis: str, degrees: float) -> list[Patch]:
    return [patch.turned(axis, degrees) for patch in patches]


def scaled(patches: list[Patch], x: float, y: float | None = None, z: float | None = None) -> list[Patch]:
    return [patch.scaled(x, y, z) for patch in patches]


def bounds(patches: list[Patch]) -> tuple[np.ndarray, np.ndarray]:
    """The lowest and the highest corner of what casts a shadow or is seen."""
    low = np.min([p.points.reshape(-1, 3).min(0) for p in patches], axis=0)
    high = np.max([p.points.reshape(-1, 3).max(0) for p in patches], axis=0)
    return low, high


def grounded(patches: list[Patch]) -> list[Patch]:
    """The same, standing on the ground."""
    return moved(patches, y=-float(bounds(patches)[0][1]))


def normals(points: np.ndarray) -> np.ndarray:
    """Unit normals of a grid; where a row shrinks to a point, those of its neighbour."""
    du, dv = np.empty_like(points), np.empty_like(points)
    du[1:-1], du[0], du[-1] = points[2:] - points[:-2], points[1] - points[0], points[-1] - points[-2]
    dv[:, 1:-1] = points[:, 2:] - points[:, :-2]
    if np.abs(points[:, 0] - points[:, -1]).max() < 1e-4:
        dv[:, 0] = dv[:, -1] = points[:, 1] - points[:, -2]
    else:
        dv[:, 0], dv[:, -1] = points[:, 1] - points[:, 0], points[:, -1] - points[:, -2]
    cross = np.empty_like(points)
    cross[..., 0] = dv[..., 1] * du[..., 2] - dv[..., 2] * du[..., 1]
    cross[..., 1] = dv[..., 2] * du[..., 0] - dv[..., 0] * du[..., 2]
    cross[..., 2] = dv[..., 0] * du[..., 1] - dv[..., 1] * du[..., 0]
    length = np.sqrt(np.einsum("ijk,ijk->ij", cross, cross))[..., None]
    flat = length[:, :, 0].max(1) < 1e-7
    unit = cross / np.maximum(length, F(1e-12))
    if flat.any():
        rows = np.flatnonzero(~flat)
        nearest = rows[np.argmin(np.abs(rows[None, :] - np.flatnonzero(flat)[:, None]), axis=1)]
        unit[flat] = unit[nearest].mean(1, keepdims=True)
    return unit.astype(F)
