"""What stands behind and under the goods: a sheet of paper, a table by a wall, a room."""

from dataclasses import dataclass

import numpy as np
from PIL import Image

from .camera import Camera
from .colours import developed, linear
from .mesh import Surface
from .paint import COOL, WARM, packed, texture
from .shade import KEY, ROOM

F = np.float32
STEP = 12


@dataclass(frozen=True)
class Stage:
    """A floor at height 0 and a wall at z = `back`; on paper (no `floor`) the two flow into one another."""

    backdrop: str
    back: float
    reach: float
    floor: Surface | None = None
    skirting: float = 0.0
    boards: float = 0.0
    window: bool = False
    hanging: bool = False

    @property
    def ground(self) -> str:
        return self.floor.colour if self.floor else self.backdrop


def coarse(stage: Stage, camera: Camera, size: tuple[int, int]) -> tuple[np.ndarray, np.ndarray, tuple[int, int]]:
    """Points of floor and wall every few pixels, with their normals, to reckon the light at."""
    columns, rows = size[0] // STEP + 1, size[1] // STEP + 1
    x, y = np.meshgrid((np.arange(columns, dtype=F) + 0.5) * STEP, (np.arange(rows, dtype=F) + 0.5) * STEP)
    points, wall = hits(stage, camera, x, y)
    normals = np.where(wall[..., None], np.array([0, 0, 1], F), np.array([0, 1, 0], F))
    return points.reshape(-1, 3), normals.reshape(-1, 3), (rows, columns)


def hits(stage: Stage, camera: Camera, x: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Where the rays through screen points meet floor or wall."""
    ray = camera.rays(x, y)
    place = camera.place
    floor = -place[1] / np.minimum(ray[..., 1], F(-0.02))
    wall = (stage.back - place[2]) / np.minimum(ray[..., 2], F(-1e-4))
    if stage.hanging or stage.floor is None:
        is_wall = np.full(floor.shape, stage.hanging)
    else:
        is_wall = wall < floor
    return place + ray * np.where(is_wall, wall, floor)[..., None], is_wall


def enlarged(grid: np.ndarray, size: tuple[int, int]) -> np.ndarray:
    """A coarse grid of light spread smoothly over a picture of this size."""
    image = Image.fromarray(grid.astype(F))
    box = (0, 0, size[0] / STEP, size[1] / STEP)
    return np.asarray(image.resize(size, Image.Resampling.BICUBIC, box=box))


def painted(stage, camera, size, window: np.ndarray, room: np.ndarray, key: np.ndarray) -> Image.Image:
    """The empty stage with the shadows of the goods on it."""
    window, room = _soft(window), _soft(room)
    if stage.floor is None:
        return _spread(_paper(stage, camera, size, window, room, key), size)
    return _room(stage, camera, size, window, room, key)


def _soft(grid: np.ndarray) -> np.ndarray:
    padded = np.pad(grid, 1, mode="edge")
    across = padded[:, :-2] + 2 * padded[:, 1:-1] + padded[:, 2:]
    return (across[:-2] + 2 * across[1:-1] + across[2:]) / 16


def _spread(light: np.ndarray, size: tuple[int, int]) -> Image.Image:
    """Coarse light (rows, columns, 3), developed and spread over the picture."""
    image = Image.fromarray(np.rint(developed(light)).astype(np.uint8))
    return image.resize(size, Image.Resampling.BICUBIC, box=(0, 0, size[0] / STEP, size[1] / STEP))


def _falloff(shape: tuple[int, int]) -> np.ndarray:
    x = np.linspace(-1, 1, shape[1], dtype=F)[None, :]
    y = np.linspace(-1, 1, shape[0], dtype=F)[:, None]
    return F(1.0) - F(0.075) * x - F(0.03) * y - F(0.07) * (x * x + F(0.8) * y * y)


def _strength(key: float, window: np.ndarray, room: np.ndarray) -> np.ndarray:
    """Light on one plane, such that an open plane shows its own colour."""
    return (KEY * F(key) * window + ROOM * room) / (KEY * F(key) + ROOM)


def _tinted(colour: str, strength: np.ndarray) -> np.ndarray:
    tint = COOL + (WARM - COOL) * np.clip(strength, 0, 1)[..., None]
    return linear(colour) * strength[..., None] * tint


def _paper(stage, camera, size, window, room, key) -> np.ndarray:
    y = (np.arange(window.shape[0], dtype=F)[:, None] + F(0.5)) * STEP
    points, _ = hits(stage, camera, np.full_like(y, size[0] / 2), y)
    away = np.clip((-points[..., 2] / stage.reach - F(1.1)) / F(2.6), 0, 1)
    sweep = away * away * (3 - 2 * away) if not stage.hanging else away * 0
    facing = key[2] if stage.hanging else key[1]
    strength = _strength(float(facing), window, room) * _falloff(window.shape) * (F(1.0) - F(0.1) * sweep)
    return _tinted(stage.backdrop, strength)


def _room(stage, camera, size, window, room, key) -> Image.Image:
    line = float(camera.project(np.array([[0, 0, stage.back]], F))[0, 1])
    top = int(np.clip(round(line), 0, size[1]))
    fall = _falloff(window.shape)
    x, y = np.meshgrid(
        (np.arange(window.shape[1], dtype=F) + 0.5) * STEP, (np.arange(window.shape[0], dtype=F) + 0.5) * STEP
    )
    wall, _ = hits(Stage("", stage.back, 1, hanging=True), camera, x, np.minimum(y, F(line)))
    picture = _spread(_wall(stage, wall, window, room, key, line - y) * fall[..., None], size)
    if top < size[1]:
        strength = enlarged(_strength(float(key[1]), window, room) * fall, size)[top:]
        picture.paste(_floor(stage, camera, size, top, strength), (0, top))
    return picture


def _wall(stage, points, window, room, key, above) -> np.ndarray:
    pane = _panes(stage, points) if stage.window else F(0.8)
    strength = _strength(float(max(key[2], 0.4)), window * pane, room)
    # The joint between floor and wall gathers a little shade.
    strength = strength * (1 - F(0.1) * np.exp(-np.maximum(above, 0) / F(16)))
    return _tinted(stage.backdrop, strength)


def _panes(stage: Stage, points: np.ndarray) -> np.ndarray:
    """Evening light through a window, thrown aslant on the wall."""
    s = F(1 / stage.reach)
    x, y = points[..., 0] * s, points[..., 1] * s
    u, v = x + F(0.34) * y, y - F(0.22) * x
    inside = _bump(u, -1.2, 1.25) * _bump(v, 0.45, 3.0)
    bars = (1 - F(0.75) * _line(u, 0.02)) * (1 - F(0.75) * _line(v, 1.65))
    return F(0.62) + F(0.42) * inside * bars


def _bump(t: np.ndarray, low: float, high: float) -> np.ndarray:
    return np.clip((t - F(low)) * 7, 0, 1) * np.clip((F(high) - t) * 7, 0, 1)


def _line(t: np.ndarray, at: float) -> np.ndarray:
    return np.exp(-(((t - F(at)) * 17) ** 2))


def _floor(stage, camera, size, top: int, strength: np.ndarray) -> Image.Image:
    """The rows of the picture below the wall."""
    surface = stage.floor
    y = np.arange(top, size[1], dtype=F)[:, None] + F(0.5)
    left, _ = hits(Stage("", -1e6, 1), camera, np.full_like(y, 0.5), y)
    right, _ = hits(Stage("", -1e6, 1), camera, np.full_like(y, size[0] - 0.5), y)
    across = np.linspace(0, 1, size[0], dtype=F)[None, :]
    u = left[..., 0] + (right[..., 0] - left[..., 0]) * across + F(4000)
    v = np.broadcast_to(left[..., 2] + F(4000), u.shape)
    density = camera.focal / float(np.linalg.norm(camera.place))
    if stage.boards:
        board = np.floor(v / F(stage.boards))
        u = u + board % 17 * F(37.7)
        seam = np.abs(v / F(stage.boards) - board - F(0.5)) * 2
        strength = strength * (1 - F(0.3) * np.clip((seam - F(0.96)) * 30, 0, 1))
        strength = strength * (1 + F(0.035) * np.sin(board * F(12.9)))
    tone = texture(surface, u.ravel(), v.ravel(), density * 0.7).reshape(u.shape)
    values = np.clip(np.sqrt(np.maximum(strength * tone, 0)) * F(255 / 1.2), 0, 255).astype(np.uint8)
    levels = (np.arange(256, dtype=F) * F(1.2 / 255)) ** 2
    pixels = packed(developed(_tinted(surface.colour, levels))).take(values, mode="clip")
    raw = np.ascontiguousarray(pixels).view(np.uint8).reshape(*u.shape, 4)
    return Image.frombuffer("RGBX", (u.shape[1], u.shape[0]), raw, "raw", "RGBX", 0, 1).convert("RGB")
