"""From brightness to colour: every surface has a table of what it looks like at each strength of light."""

from functools import lru_cache

import numpy as np

from . import patterns
from .colours import developed, linear
from .materials import material
from .mesh import Surface
from .tiles import SIZE, tile

F = np.float32
LIGHTS, SHINES = 768, 48
BRIGHTEST = 1.8
WARM = np.array([1.025, 1.0, 0.965], F)
COOL = np.array([0.965, 1.0, 1.05], F)


@lru_cache(maxsize=256)
def table(colour: str, metal: bool = False) -> np.ndarray:
    """Packed colours (red lowest, opaque) by light and shine, flattened."""
    light = (np.linspace(0, 1, LIGHTS, dtype=F) ** 2 * F(BRIGHTEST))[:, None, None]
    shine = np.linspace(0, 1, SHINES, dtype=F)[None, :, None]
    # Shade is cool (the sky's), light is warm (the window's).
    tint = COOL + (WARM - COOL) * np.clip(light, 0, 1)
    base = linear(colour)
    rgb = base * (light + 1.5 * shine) + 0.12 * shine if metal else base * light * tint + shine
    return packed(developed(rgb)).ravel()


def packed(rgb: np.ndarray, cover: int = 255) -> np.ndarray:
    r, g, b = (np.rint(rgb[..., k]).astype(np.uint32) for k in range(3))
    return r | g << 8 | b << 16 | np.uint32(cover) << 24


def looked_up(colours: np.ndarray, light: np.ndarray, shine: np.ndarray | None) -> np.ndarray:
    at = np.sqrt(np.clip(light, 0, F(BRIGHTEST))) * F((LIGHTS - 1) / BRIGHTEST**0.5)
    index = at.astype(np.int32) * SHINES
    if shine is not None:
        index += np.clip(shine * F(SHINES - 1), 0, SHINES - 1).astype(np.int32)
    return colours.take(index, mode="clip")


def texture(surface: Surface, u: np.ndarray, v: np.ndarray, density: float) -> np.ndarray:
    """The material's own unevenness at these points, around 1."""
    m = material("waffle" if surface.pattern == "waffle" else surface.material)
    size = m.size * surface.scale
    texel = density * size / SIZE
    blur = int(np.clip(np.ceil(np.log2(max(1.0 / max(texel, 1e-4), 1e-4))), 0, 4))
    name = "speckle" if surface.pattern == "speckle" else m.tile
    if surface.turn:
        u, v = v, u
    grain = F(SIZE / size)
    row = (v * grain).astype(np.int32)
    row &= SIZE - 1
    row *= SIZE
    column = (u * grain).astype(np.int32)
    column &= SIZE - 1
    row += column
    return tile(name, blur, m.amount).ravel().take(row, mode="clip")


def painted(surface: Surface, rows: np.ndarray, density: float) -> np.ndarray:
    """Packed colours of points whose rows are light, shine, u, v, level."""
    m = material(surface.material)
    u, v = rows[:, 2], rows[:, 3]
    light = rows[:, 0] * texture(surface, u, v, density)
    raised = patterns.relief(surface.pattern, u, v, surface.scale)
    if raised is not None:
        light *= raised
    shine = rows[:, 1] if m.gloss > 0.01 else None
    first = looked_up(table(surface.colour, m.metal), light, shine)
    share = patterns.share(surface.pattern, u, v, rows[:, 4], surface.scale)
    if share is None:
        return first
    other = looked_up(table(surface.second, m.metal), light, shine)
    return _blended(first, other, share)


def _blended(first: np.ndarray, other: np.ndarray, share: np.ndarray) -> np.ndarray:
    a = first.view(np.uint8).reshape(-1, 4).astype(np.int16)
    b = other.view(np.uint8).reshape(-1, 4).astype(np.int16)
    part = (share * F(256)).astype(np.int16)[:, None]
    mixed = a + (((b - a).astype(np.int32) * part) >> 8)
    return mixed.astype(np.uint8).view(np.uint32).ravel()
