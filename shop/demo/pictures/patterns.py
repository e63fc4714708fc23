"""Where the second colour goes, as a share from 0 to 1 for every point of a surface."""

import numpy as np

from .tiles import SIZE, tile

F = np.float32


def share(pattern: str, u: np.ndarray, v: np.ndarray, level: np.ndarray, scale: float) -> np.ndarray | None:
    """The share of the second colour; None where the pattern has one colour only."""
    maker = _SHARES.get(pattern)
    return maker(u / scale, v / scale, level) if maker else None


def relief(pattern: str, u: np.ndarray, v: np.ndarray, scale: float) -> np.ndarray | None:
    """How much brighter or darker a raised pattern makes a point; None where it is flat."""
    if pattern == "rib":
        return 1 + F(0.17) * np.sin(u * F(2 * np.pi / (0.85 * scale)))
    return None


def _edge(x: np.ndarray, sharp: float) -> np.ndarray:
    return np.clip(x * F(sharp) + F(0.5), 0, 1)


def _wobble(u: np.ndarray) -> np.ndarray:
    row = tile("mottle")[64]
    return (row[(u * F(9)).astype(np.int32) % SIZE] - 1) * F(0.22)


def _dip(u: np.ndarray, v: np.ndarray, level: np.ndarray) -> np.ndarray:
    return _edge(F(0.4) - level + _wobble(u), 70)


def _band(u: np.ndarray, v: np.ndarray, level: np.ndarray) -> np.ndarray:
    return _edge(F(0.035) - np.abs(level - F(0.8)), 90)


def _stripe(u: np.ndarray, v: np.ndarray, level: np.ndarray) -> np.ndarray:
    return _edge(np.abs(v * F(1 / 5.2) % 1 - F(0.5)) - F(0.34), 26)


def _check(u: np.ndarray, v: np.ndarray, level: np.ndarray) -> np.ndarray:
    across = _edge(np.abs(u * F(1 / 6.4) % 1 - F(0.5)) - F(0.25), 26)
    down = _edge(np.abs(v * F(1 / 6.4) % 1 - F(0.5)) - F(0.25), 26)
    return (across + down) * F(0.5)


def _herringbone(u: np.ndarray, v: np.ndarray, level: np.ndarray) -> np.ndarray:
    zigzag = np.abs(u * F(1 / 3.2) % 1 - F(0.5)) * F(3.2)
    return _edge(np.abs((v + zigzag) * F(1 / 0.8) % 1 - F(0.5)) - F(0.25), 4) * F(0.75)


def _sheen(u: np.ndarray, v: np.ndarray, level: np.ndarray) -> np.ndarray:
    """What a mirror shows of a quiet room: a slow slope of light and the edge of a window."""
    across = (u - F(409.6) + (v - F(409.6)) * F(0.7)) * F(1 / 60)
    return np.clip(F(0.45) + across, 0, 1) * F(0.7) + F(0.3) * _edge(across + F(0.12), 9)


_SHARES = {"sheen": _sheen, "dip": _dip, "band": _band, "stripe": _stripe, "check": _check, "herringbone": _herringbone}
