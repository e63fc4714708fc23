"""Textures that repeat without a seam: each a square of multipliers around 1, drawn once per process."""

from functools import lru_cache

import numpy as np

F = np.float32
SIZE = 512


def noise(seed: int, across: float, down: float | None = None) -> np.ndarray:
    """Smooth noise with features of the given size in pixels, mean 0 and deviation 1."""
    down = across if down is None else down
    white = np.random.default_rng(seed).standard_normal((SIZE, SIZE))
    fy, fx = np.fft.fftfreq(SIZE)[:, None], np.fft.rfftfreq(SIZE)[None, :]
    soft = np.exp(-2 * np.pi**2 * ((fx * across) ** 2 + (fy * down) ** 2))
    made = np.fft.irfft2(np.fft.rfft2(white) * soft, (SIZE, SIZE))
    return ((made - made.mean()) / made.std()).astype(F)


def lit(height: np.ndarray, strength: float) -> np.ndarray:
    """A relief as seen under a light from the upper left (rows run upwards)."""
    slope = np.roll(height, 1, 1) - height + 0.8 * (height - np.roll(height, -1, 0)) * -1
    return (1 + strength * slope / max(float(slope.std()), 1e-6)).astype(F)


def _grid() -> tuple[np.ndarray, np.ndarray]:
    return np.meshgrid(np.arange(SIZE) / SIZE, np.arange(SIZE) / SIZE)


def _mottle() -> np.ndarray:
    return 1 + 0.035 * noise(1, 14) + 0.03 * noise(2, 3) + 0.015 * noise(3, 0.8)


def _speckle() -> np.ndarray:
    spots = np.clip((noise(4, 1.5) - 2.15) * 2.2, 0, 1) + 0.8 * np.clip((noise(5, 2.6) - 2.7) * 2.4, 0, 1)
    return _mottle() * (1 - 0.62 * np.clip(spots, 0, 1))


def _clay() -> np.ndarray:
    rings = noise(6, 60, 1.4)
    return 1 + 0.05 * noise(7, 20) + 0.035 * rings + 0.04 * noise(8, 0.9)


def _smooth() -> np.ndarray:
    return 1 + 0.012 * noise(9, 18)


def _woven(threads: int, slub: float, seed: int, depth: float) -> np.ndarray:
    x, y = _grid()
    warp = 0.5 + 0.5 * np.cos(2 * np.pi * threads * x)
    weft = 0.5 + 0.5 * np.cos(2 * np.pi * threads * y)
    over = (np.floor(x * threads + 0.5) + np.floor(y * threads + 0.5)) % 2
    height = np.where(over > 0.5, warp, weft)
    uneven = slub * (noise(seed, 1.6, 36) + noise(seed + 1, 36, 1.6)) / 2
    return (1 + depth * (height - height.mean()) + uneven + 0.02 * noise(seed + 2, 30)).astype(F)


def _knit() -> np.ndarray:
    x, y = _grid()
    stitches = 22
    u, v = x * stitches % 1, y * stitches * 1.25
    lean = np.abs(u - 0.5) * 1.3
    height = 0.5 + 0.5 * np.cos(2 * np.pi * (v - lean))
    groove = np.exp(-(((u + 0.5) % 1 - 0.5) ** 2) / 0.012) + 0.5 * np.exp(-((u - 0.5) ** 2) / 0.006)
    return (0.87 + 0.26 * height - 0.22 * groove + 0.03 * noise(21, 1.5)).astype(F)


def _terry() -> np.ndarray:
    return lit(noise(22, 2.2) + 0.5 * noise(23, 4.5), 0.085) * (1 + 0.03 * noise(24, 24))


def _waffle() -> np.ndarray:
    x, y = _grid()
    cells = 16
    wall = np.maximum(np.abs(np.cos(np.pi * cells * x)), np.abs(np.cos(np.pi * cells * y))) ** 3
    return lit(wall + 0.05 * noise(25, 2), 0.13) * (0.9 + 0.16 * wall).astype(F)


def _felt() -> np.ndarray:
    return 1 + 0.03 * noise(26, 1.3) + 0.03 * noise(27, 5) + 0.025 * noise(28, 22)


def _wool() -> np.ndarray:
    return _woven(56, 0.03, 60, 0.1) * (1 + 0.05 * noise(29, 1.8) + 0.03 * noise(30, 8))


def _leather() -> np.ndarray:
    return lit(np.abs(noise(31, 4.2)) ** 0.5, 0.05) * (1 + 0.03 * noise(32, 30))


def _wood() -> np.ndarray:
    x, y = _grid()
    bend = 0.02 * noise(33, 110, 40)
    rings = np.sin(2 * np.pi * (9 * (y + bend) + 0.25 * noise(34, 150, 18)))
    fine = noise(35, 46, 0.9)
    pores = -np.clip(noise(36, 14, 0.7) - 1.6, 0, 2)
    return (1 + 0.07 * rings * (0.6 + 0.4 * noise(38, 90, 30)) + 0.055 * fine + 0.1 * pores).astype(F)


def _marble() -> np.ndarray:
    veins = np.abs(noise(40, 34) + 0.45 * noise(41, 9) + 0.15 * noise(42, 3))
    return (
        1 - 0.3 * np.exp(-((veins / 0.1) ** 2)) - 0.1 * np.exp(-((veins / 0.5) ** 2)) + 0.02 * noise(43, 30)
    ).astype(F)


def _wicker() -> np.ndarray:
    x, y = _grid()
    across, rows = 12, 26
    column, row = np.floor(x * across), np.floor(y * rows)
    over = (column + row) % 2
    u, v = (x * across) % 1, (y * rows) % 1
    round_rod = np.sqrt(np.clip(1 - (2 * v - 1) ** 2, 0, 1))
    bulge = np.sin(np.pi * u)
    height = np.where(over > 0.5, 0.45 + 0.55 * bulge, 0.45 - 0.35 * bulge) * round_rod
    tone = 1 + 0.07 * np.random.default_rng(44).standard_normal((rows, across))[row.astype(int), column.astype(int)]
    light = 0.42 + 0.72 * height + 0.22 * (v - 0.4) * round_rod
    return (light * tone * (1 + 0.04 * noise(45, 10, 0.8))).astype(F)


def _wax() -> np.ndarray:
    return 1 + 0.02 * noise(46, 26) + 0.008 * noise(47, 3)


def _paper() -> np.ndarray:
    return 1 + 0.014 * noise(48, 1.1) + 0.014 * noise(49, 9)


def _brushed() -> np.ndarray:
    return 1 + 0.03 * noise(50, 50, 0.7) + 0.03 * noise(51, 30)


def _cork() -> np.ndarray:
    return 1 + 0.1 * noise(52, 2.4) - 0.3 * np.clip(noise(53, 2.2) - 1.5, 0, 1) + 0.05 * noise(54, 9)


def _leaf() -> np.ndarray:
    return 1 + 0.08 * noise(55, 22) + 0.03 * noise(56, 2)


_MAKERS = {
    "mottle": _mottle,
    "speckle": _speckle,
    "clay": _clay,
    "smooth": _smooth,
    "linen": lambda: _woven(64, 0.075, 70, 0.15),
    "cotton": lambda: _woven(88, 0.025, 80, 0.1),
    "knit": _knit,
    "terry": _terry,
    "waffle": _waffle,
    "felt": _felt,
    "wool": _wool,
    "leather": _leather,
    "wood": _wood,
    "marble": _marble,
    "wicker": _wicker,
    "wax": _wax,
    "paper": _paper,
    "brushed": _brushed,
    "cork": _cork,
    "leaf": _leaf,
}


@lru_cache(maxsize=128)
def tile(name: str, blur: int = 0, amount: float = 1.0) -> np.ndarray:
    """The texture of this name, softened for a view from afar (blur 0 to 4, each halving the detail)."""
    if amount != 1:
        return (1 + F(amount) * (tile(name, blur) - 1)).astype(F)
    if not blur:
        return np.ascontiguousarray(_MAKERS[name]().astype(F))
    fy, fx = np.fft.fftfreq(SIZE)[:, None], np.fft.rfftfreq(SIZE)[None, :]
    across = 0.45 * 2 ** (blur - 1)
    soft = np.exp(-2 * np.pi**2 * (fx**2 + fy**2) * across**2)
    return np.fft.irfft2(np.fft.rfft2(tile(name)) * soft, (SIZE, SIZE)).astype(F)
