"""Wooden parts: planks, legs, rails."""

import numpy as np

from .curves import rectangle
from .forms import slab, tube
from .mesh import Patch, Surface


def plank(width: float, height: float, depth: float, surface: Surface, radius: float = 0.3) -> Patch:
    """A board lying on the ground, its edges barely broken."""
    return slab(rectangle(width, depth, max(radius, 0.25)), height, min(radius, height * 0.4), surface)


def upright(width: float, height: float, depth: float, surface: Surface, radius: float = 0.3) -> Patch:
    """A board standing on its long edge, its face to the viewer (depth is its thickness)."""
    return plank(width, depth, height, surface, radius).turned("x", 90).moved(y=height / 2, z=0)


def leg(foot: tuple[float, float, float], top: tuple[float, float, float], thick: float, surface: Surface) -> Patch:
    """A round tapered leg."""
    low, high = np.array(foot), np.array(top)
    t = np.linspace(0, 1, 20)
    path = low + (high - low) * t[:, None]
    turned = Surface(surface.material, surface.colour, surface.second, surface.pattern, turn=True)
    return tube(path, thick * (0.62 + 0.38 * t), turned, 16)


def bar(start: tuple[float, float, float], end: tuple[float, float, float], thick: float, surface: Surface) -> Patch:
    """A straight round rod."""
    low, high = np.array(start), np.array(end)
    path = low + (high - low) * np.linspace(0, 1, 14)[:, None]
    turned = Surface(surface.material, surface.colour, surface.second, surface.pattern, turn=True)
    return tube(path, thick, turned, 12)
