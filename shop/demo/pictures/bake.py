"""How much light reaches each point: a soft key from the upper left and the room around it.

Light is taken from a few dozen directions; for each of them a coarse map of depths tells what stands in the way.
"""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

F = np.float32
CELLS = 80


@dataclass(frozen=True)
class Sky:
    """Directions of light with their weight: the first `keys` of them are the window, the rest the room."""

    directions: np.ndarray
    weight: np.ndarray
    keys: int
    frames: np.ndarray


@lru_cache(maxsize=4)
def sky(key: tuple[float, float, float], spread: float = 0.17, keys: int = 8, rooms: int = 18) -> Sky:
    towards = np.array(key, np.float64) / np.linalg.norm(key)
    a, b = _frame(towards)
    i = np.arange(keys)
    r, t = spread * np.sqrt((i + 0.5) / keys), i * 2.39996
    disc = towards + (r * np.cos(t))[:, None] * a + (r * np.sin(t))[:, None] * b
    j = np.arange(rooms)
    height = 0.06 + 0.94 * (j + 0.5) / rooms
    turn = j * 2.39996 + 0.7
    flat = np.sqrt(1 - height**2)
    dome = np.stack([flat * np.cos(turn), height, flat * np.sin(turn)], 1)
    directions = np.vstack([disc / np.linalg.norm(disc, axis=1, keepdims=True), dome])
    # The room is brighter towards the window and above than behind the viewer.
    glow = np.concatenate([np.ones(keys), 0.62 + 0.55 * np.maximum(0, dome @ towards) + 0.12 * dome[:, 2]])
    frames = np.stack([np.stack([*_frame(d), d]) for d in directions])
    return Sky(directions.astype(F), glow.astype(F), keys, frames.astype(F))


def _frame(d: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    a = np.cross(d, [0.0, 1.0, 0.0] if abs(d[1]) < 0.95 else [1.0, 0.0, 0.0])
    a /= np.linalg.norm(a)
    return a, np.cross(d, a)


def cell_of(low: np.ndarray, high: np.ndarray) -> float:
    """How coarse the maps of depth are, in cm, for blockers within these corners."""
    return max(float(np.linalg.norm(high - low)) / CELLS, 1e-3)


def received(
    light: Sky, blockers: np.ndarray, points: np.ndarray, normals: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Per point: the share of the window it sees, and the light of the room on it (1 = open ground)."""
    low, high = blockers.min(0), blockers.max(0)
    cell = cell_of(low, high)
    middle = (low + high) / 2
    lifted = points + normals * F(cell * 1.25) - middle
    blockers, lifted = (blockers - middle).T.copy(), lifted.T.copy()
    facing = np.maximum(normals @ light.directions.T, 0).T
    window, room = np.zeros(len(points), F), np.zeros(len(points), F)
    for k, frame in enumerate(light.frames):
        free = _free(frame @ blockers, frame @ lifted, cell)
        if k < light.keys:
            window += free
        else:
            room += free * (facing[k] * light.weight[k])
    up = np.maximum(light.directions[light.keys :, 1], 0) * light.weight[light.keys :]
    return window / light.keys, room / F(up.sum())


def _free(blocked: np.ndarray, reached: np.ndarray, cell: float) -> np.ndarray:
    half = CELLS // 2
    inverse = F(1 / cell)
    column = (blocked[0] * inverse + half).astype(np.int32)
    row = (blocked[1] * inverse + half).astype(np.int32)
    depth = np.full((CELLS + 2) * (CELLS + 2), -1e6, F)
    np.maximum.at(depth, row * (CELLS + 2) + column, blocked[2])
    x, y = reached[0] * inverse + F(half), reached[1] * inverse + F(half)
    np.clip(x, 0, CELLS + 1, out=x)
    np.clip(y, 0, CELLS + 1, out=y)
    at = y.astype(np.int32) * (CELLS + 2) + x.astype(np.int32)
    ahead = depth[at] - reached[2] - F(cell * 0.6)
    return 1 - np.clip(ahead * F(inverse * 0.9), 0, 1)


def open_room(light: Sky, normal: tuple[float, float, float]) -> float:
    """The light of the room on an open plane with this normal, in the measure of `received`."""
    rest, weight = light.directions[light.keys :], light.weight[light.keys :]
    facing = np.maximum(rest @ np.array(normal, F), 0) * weight
    return float(facing.sum() / (np.maximum(rest[:, 1], 0) * weight).sum())
