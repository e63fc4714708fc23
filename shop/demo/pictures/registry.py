"""The shapes by name."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from .mesh import Patch, Surface
from .spec import PictureSpec

Builder = Callable[["Order"], list[Patch]]


@dataclass(frozen=True)
class Shape:
    """How a thing is built and where it belongs: on a "table", in a "room", on a "wall" or laid "flat"."""

    name: str
    build: Builder
    material: str
    second: str
    place: str
    pitch: float
    turn: float
    fill: tuple[float, float]
    close: tuple[float, float, float]


@dataclass(frozen=True)
class Order:
    """A spec as its builder sees it: materials settled, chance fixed."""

    spec: PictureSpec
    shape: Shape
    chance: np.random.Generator

    def param(self, name: str, default):
        return self.spec.param(name, default)

    @property
    def width(self) -> float:
        return float(np.clip(self.param("width", 1.0), 0.4, 2.2))

    @property
    def height(self) -> float:
        return float(np.clip(self.param("height", 1.0), 0.4, 2.2))

    def count(self, default: int, most: int) -> int:
        return int(np.clip(int(self.param("count", default)), 1, most))

    @property
    def material(self) -> str:
        return self.spec.material or self.shape.material

    @property
    def second(self) -> str:
        return self.spec.second or self.shape.second

    def main(self, **more) -> Surface:
        """The surface of the thing itself."""
        pattern = str(self.param("pattern", "plain"))
        return Surface(self.material, self.spec.colour, self.second, pattern)

    def plain(self, material: str, colour: str, **more) -> Surface:
        """A surface without a pattern."""
        return Surface(material, colour, colour, **more)


_shapes: dict[str, Shape] = {}


def shape(
    name: str,
    material: str,
    second: str = "#efe8da",
    place: str = "table",
    pitch: float = 17,
    turn: float = 0,
    fill: tuple[float, float] = (0.6, 0.56),
    close: tuple[float, float, float] = (-0.1, 0.72, 0.46),
) -> Callable[[Builder], Builder]:
    """Enter a builder under a name. `close` is where the detail looks (x, y within the bounds, share of size)."""

    def enter(build: Builder) -> Builder:
        _shapes[name] = Shape(name, build, material, second, place, pitch, turn, fill, close)
        return build

    return enter


def known() -> dict[str, Shape]:
    return _shapes
