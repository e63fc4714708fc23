"""How bright each point is: the light of window and room on it, and what it mirrors.

Brightness is reckoned at the vertices; colour comes last, from a table per surface (see `paint`).
"""

from dataclasses import dataclass

import numpy as np

from .materials import Material, material
from .mesh import Surface

F = np.float32
KEY, ROOM, BOUNCE = F(1.1), F(0.56), F(0.22)


@dataclass(frozen=True)
class Air:
    """The light of a scene: where the window is, where the eye is, how bright the ground is, pixels per cm."""

    key: np.ndarray
    view: np.ndarray
    ground: float
    density: float


def brightness(
    surface: Surface, n: np.ndarray, window: np.ndarray, room: np.ndarray, air: Air
) -> tuple[np.ndarray, np.ndarray]:
    """Diffuse light and mirrored light of vertices with these normals."""
    m = material(surface.material)
    facing, towards = n @ air.key, np.clip(n @ air.view, 0, 1)
    if m.metal:
        return _metal(m, n, facing, towards, window, room, air)
    soft = np.maximum((facing + F(m.wrap)) * F(1 / (1 + m.wrap)), 0) * window
    below = F(0.5) - F(0.5) * n[:, 1]
    light = KEY * soft + ROOM * room + BOUNCE * below * (F(0.35) + F(0.65) * room) * F(air.ground * 1.4)
    if m.fuzz:
        light *= 1 + F(m.fuzz * 2.2) * (1 - towards) ** 3
    if surface.glow:
        light += F(surface.glow) * (F(0.55) + F(0.45) * towards)
    shine = _mirror(m, n, facing, towards, window, room, air) * F(m.gloss) if m.gloss > 0.01 else light * 0
    return light, shine


def lobe(m: Material, n: np.ndarray, facing: np.ndarray, towards: np.ndarray, air: Air) -> np.ndarray:
    """The window mirrored: a tall pane when the glaze is smooth, a soft spot when it is not."""
    straight = 2 * towards * facing - F(air.view @ air.key)
    a, b = _frame(air.key)
    ahead = np.maximum(straight, F(0.05))
    x = (2 * towards * (n @ a) - F(air.view @ a)) / ahead
    y = (2 * towards * (n @ b) - F(air.view @ b)) / ahead
    soft = F(1 / max(m.rough, 0.03))
    across = np.clip((F(0.26) - np.abs(x)) * soft + F(0.5), 0, 1)
    along = np.clip((F(0.42) - np.abs(y)) * soft + F(0.5), 0, 1)
    strength = 0.85 if m.rough < 0.12 else 0.85 * min(1.0, 0.16 / m.rough)
    return across * along * (straight > 0) * F(strength)


def _frame(key: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    a = np.cross(np.array([0, 1, 0], F), key)
    a /= np.linalg.norm(a)
    return a.astype(F), np.cross(key, a).astype(F)


def _mirror(m, n, facing, towards, window, room, air) -> np.ndarray:
    grazing = (1 - towards) ** 4
    around = room * (F(0.3) + F(0.25) * (2 * towards * n[:, 1] - F(air.view[1])))
    return lobe(m, n, facing, towards, air) * window * (F(0.4) + grazing) + around * grazing * F(0.8)


def _metal(m, n, facing, towards, window, room, air) -> tuple[np.ndarray, np.ndarray]:
    up = 2 * towards * n[:, 1] - F(air.view[1])
    side = 2 * towards * n[:, 0] - F(air.view[0])
    # A metal shows the room: a bright ceiling, a dark band at the horizon, the paper it lies on.
    ceiling = np.clip(up * F(2.2) + F(0.42), 0, 1)
    floor = np.clip(-up * F(2.6) + F(0.1), 0, 1)
    shine = F(0.22) + F(0.55) * ceiling + F(0.42) * floor - F(0.2) * np.clip(side, 0, 1)
    shine = shine * (F(0.3) + F(0.7) * room) + F(0.25) * np.maximum(facing, 0) * window
    return shine, lobe(m, n, facing, towards, air) * window * F(0.9)
