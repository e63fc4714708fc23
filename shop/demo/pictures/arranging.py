"""Several of a kind: side by side or one on another."""

import numpy as np

from .mesh import Patch, bounds, moved, turned

SPOTS = {
    1: [(0.0, 0.0)],
    2: [(-0.52, -0.18), (0.5, 0.3)],
    3: [(-0.85, -0.1), (0.12, -0.55), (0.55, 0.6)],
    4: [(-0.95, -0.25), (0.05, -0.75), (0.95, -0.1), (-0.12, 0.7)],
}


def grouped(one: list[Patch], count: int, chance: np.random.Generator, turn: float = 0.0) -> list[Patch]:
    """Up to four of them, standing loosely together."""
    low, high = bounds(one)
    reach = float(max(high[0] - low[0], high[2] - low[2])) * 1.06
    made: list[Patch] = []
    for x, z in SPOTS[min(count, 4)]:
        angle = float(chance.uniform(-turn, turn)) if turn else 0.0
        made += moved(turned(one, "y", angle), x * reach, 0, z * reach)
    return made


def stacked(one: list[Patch], count: int, rise: float, chance: np.random.Generator, slip: float = 0.0) -> list[Patch]:
    """One on another, each a little askew."""
    made: list[Patch] = []
    for k in range(count):
        x, z = chance.uniform(-slip, slip, 2) if k else (0.0, 0.0)
        made += moved(one, float(x), k * rise, float(z))
    return made


def row(things: list[list[Patch]], gap: float) -> list[Patch]:
    """Different things from left to right."""
    made: list[Patch] = []
    x = 0.0
    for thing in things:
        low, high = bounds(thing)
        made += moved(thing, x - float(low[0]), 0, 0)
        x += float(high[0] - low[0]) + gap
    return moved(made, -(x - gap) / 2)
