"""Colours: written as sRGB hex, reckoned in linear light."""

from functools import lru_cache

import numpy as np

F = np.float32


@lru_cache(maxsize=512)
def linear(colour: str) -> np.ndarray:
    """A hex colour as three linear floats."""
    digits = colour.lstrip("#")
    srgb = np.array([int(digits[i : i + 2], 16) for i in (0, 2, 4)], F) / F(255)
    return np.where(srgb <= 0.04045, srgb / 12.92, ((srgb + 0.055) / 1.055) ** 2.4).astype(F)


def hexed(rgb: np.ndarray) -> str:
    """Three linear floats as a hex colour."""
    rgb = np.clip(rgb, 0, 1)
    srgb = np.where(rgb <= 0.0031308, rgb * 12.92, 1.055 * rgb ** (1 / 2.4) - 0.055)
    return "#" + "".join(f"{round(float(c) * 255):02x}" for c in srgb)


def mixed(first: str, other: str, amount: float) -> str:
    """A colour part of the way from one to the other."""
    return hexed(linear(first) * (1 - amount) + linear(other) * amount)


def darker(colour: str, amount: float) -> str:
    return mixed(colour, "#17140f", amount)


def lighter(colour: str, amount: float) -> str:
    return mixed(colour, "#fffdf8", amount)


def lightness(colour: str) -> float:
    """Relative luminance, 0 to 1."""
    return float(linear(colour) @ np.array([0.2126, 0.7152, 0.0722], F))


@lru_cache(maxsize=1)
def _curve() -> np.ndarray:
    x = np.linspace(0, 1, 4096, dtype=F) * F(1.6)
    # A soft shoulder, so that highlights roll off as on film instead of clipping.
    x = np.where(x < 0.7, x, 0.7 + 0.3 * (1 - np.exp(-(x - 0.7) / 0.3)))
    srgb = np.where(x <= 0.0031308, x * 12.92, 1.055 * np.maximum(x, 1e-6) ** (1 / 2.4) - 0.055)
    return np.clip(srgb * 255, 0, 255).astype(F)


def developed(rgb: np.ndarray) -> np.ndarray:
    """Linear light as display values, 0 to 255, in floats."""
    return _curve()[np.clip(rgb * F(4095 / 1.6), 0, 4095).astype(np.int32)]
