"""All patches of a scene in one table, with the light on every vertex."""

from dataclasses import dataclass

import numpy as np

from .bake import received, sky
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
    blockers = np.concatenate([_dense(p.points) for p in patches if p.casts and not p.glassy] or [points[:1]])
    window, room = received(light, blockers, np.concatenate([points, floor[0]]), np.concatenate([normal, floor[1]]))
    floor_window, floor_room = window[len(points) :], room[len(points) :]
    veil = [_dense(p.points) for p in patches if p.glassy and p.casts]
    if veil:
        # A glass lets most of the light through: it dims as a thin veil over what the rest does.
        through, around = received(light, np.concatenate(veil), *floor)
        floor_window *= 1 - F(0.42) * (1 - through)
        floor_room *= 1 - F(0.3) * np.clip(1 - around, 0, 1)
    rows = _rows(patches, starts, normal, window, room, air)
    owner = np.repeat(np.arange(len(patches), dtype=np.int16), np.diff(starts))
    return Geometry(points, normal, rows, starts, owner), floor_window, floor_room


def _rows(patches, starts, normal, window, room, air) -> np.ndarray:
    rows = np.empty((len(normal), 5), F)
    for p, a, b in zip(patches, starts[:-1], starts[1:], strict=True):
        w, r = (_soft(values[a:b].reshape(p.level.shape)).ravel() for values in (window, room))
        rows[a:b, 0], rows[a:b, 1] = brightness(p.surface, normal[a:b], w, r, air)
        rows[a:b, 2:4] = p.uv.reshape(-1, 2) + F(409.6)
        rows[a:b, 4] = p.level.ravel()
    return rows


def _normals(patch: Patch, camera) -> np.ndarray:
    n = normals(patch.points).reshape(-1, 3)
    if patch.two_sided:
        away = np.einsum("ij,ij->i", n, camera.place - patch.points.reshape(-1, 3)) < 0
        n[away] *= -1
    return n


def _dense(points: np.ndarray) -> np.ndarray:
    middles = (points[1:, 1:] + points[:-1, :-1]) / 2
    return np.concatenate([points.reshape(-1, 3), middles.reshape(-1, 3)])


def _soft(grid: np.ndarray) -> np.ndarray:
    padded = np.pad(grid, 1, mode="edge")
    across = padded[:, :-2] + 2 * padded[:, 1:-1] + padded[:, 2:]
    return (across[:-2] + 2 * across[1:-1] + across[2:]) / 16
