"""A scene photographed: geometry, light, colour, development."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from PIL import Image, ImageChops

from . import stage as stages
from .camera import Camera
from .colours import lightness
from .focus import shallow
from .geometry import Geometry, lit_geometry
from .glass import glazed
from .mesh import Patch
from .paint import painted
from .raster import nearest, planes, triangles, weights
from .shade import Air
from .tiles import noise

F = np.float32
LEFT_WINDOW = (-0.72, 0.6, 0.34)


@dataclass(frozen=True)
class Scene:
    """Everything a picture needs; `focus` (a depth in cm and a softness) gives a shallow lens."""

    patches: list[Patch]
    stage: stages.Stage
    camera: Camera
    key: tuple[float, float, float] = LEFT_WINDOW
    focus: tuple[float, float] | None = None


def photographed(scene: Scene, size: tuple[int, int]) -> Image.Image:
    """The finished picture."""
    key = np.array(scene.key, F) / F(np.linalg.norm(scene.key))
    # A shallow picture is soft by itself: it needs no finer plate to smooth its edges.
    plate = Plate(scene, size, 1.0 if scene.focus else 1.5)
    air = Air(key, -scene.camera.forward, lightness(scene.stage.ground), plate.density)
    floor, normals, grid = stages.coarse(scene.stage, scene.camera, size)
    geometry, window, room = lit_geometry(scene.patches, scene.key, scene.camera, air, (floor, normals))
    picture = stages.painted(scene.stage, scene.camera, size, window.reshape(grid), room.reshape(grid), key)
    plate.expose(geometry, air)
    layer = plate.layer()
    picture.paste(layer, plate.corner, layer)
    if scene.focus:
        picture = shallow(picture, scene, plate)
    return ImageChops.add(picture, _film(size), 1, -128)


class Plate:
    """The part of the picture that the goods cover, exposed on a finer grid than it is printed."""

    def __init__(self, scene: Scene, size: tuple[int, int], sharp: float) -> None:
        self.scene, self.size = scene, size
        points = np.concatenate([p.points.reshape(-1, 3) for p in scene.patches])
        seen = scene.camera.project(points)
        low = np.clip(np.floor(seen[:, :2].min(0) / 2) * 2 - 2, 0, size).astype(int)
        high = np.clip(np.ceil(seen[:, :2].max(0) / 2) * 2 + 2, 2, size).astype(int)
        self.corner = (int(low[0]), int(low[1]))
        self.extent = (max(int(high[0] - low[0]), 2), max(int(high[1] - low[1]), 2))
        self.width, self.height = (round(side * sharp) for side in self.extent)
        self.sharp = sharp
        self.density = scene.camera.focal * sharp / float(np.median(seen[:, 2]))
        self.seen = seen * np.array([sharp, sharp, 1], F)
        self.seen[:, :2] -= np.array(self.corner, F) * F(sharp)
        self.colours = np.zeros(self.width * self.height, np.uint32)
        self.depth = np.zeros(self.width * self.height, F)

    def expose(self, geometry: Geometry, air: Air) -> None:
        faces, sides = [], []
        for k, patch in enumerate(self.scene.patches):
            if not patch.glassy:
                faces.append(triangles(patch.level.shape, int(geometry.starts[k])))
                sides.append(np.full(len(faces[-1]), 0 if patch.two_sided else 1, np.int8))
        if faces:
            visible = planes(self.seen, np.concatenate(faces), np.concatenate(sides))
            self._solids(geometry, visible, air)
        glazed(self, geometry, air)

    def _solids(self, geometry: Geometry, visible, air: Air) -> None:
        pixels, which = nearest(visible, self.seen, self.width, self.height)
        belongs = _groups(self.scene.patches)[geometry.owner[visible.corners[:, 0]]]
        group = belongs.take(which)
        surfaces = list(dict.fromkeys(p.surface for p in self.scene.patches))
        for g, surface in enumerate(surfaces):
            some = np.flatnonzero(group == g)
            if len(some):
                rows, depth = _at(geometry, visible, which[some], pixels[some], self.width)
                self.depth[pixels[some]] = depth
                self.colours[pixels[some]] = painted(surface, rows, air.density)

    def layer(self) -> Image.Image:
        """What is seen of the goods, as printed: colour with coverage."""
        raw = self.colours.view(np.uint8).reshape(self.height, self.width, 4)
        image = Image.frombuffer("RGBa", (self.width, self.height), raw, "raw", "RGBa", 0, 1)
        if (self.width, self.height) != self.extent:
            image = image.resize(self.extent, Image.Resampling.BILINEAR)
        return image.convert("RGBA")


def _groups(patches: list[Patch]) -> np.ndarray:
    order = {surface: g for g, surface in enumerate(dict.fromkeys(p.surface for p in patches))}
    return np.array([order[p.surface] for p in patches], np.int16)


def _at(geometry: Geometry, visible, which, pixels, width) -> tuple[np.ndarray, np.ndarray]:
    """Rows of the geometry, and nearness, at each pixel."""
    wb, wc = weights(visible, which, pixels, width)
    corner = visible.corners.take(which, axis=0, mode="clip")
    rows = geometry.rows.take(corner[:, 0], axis=0, mode="clip")
    rows *= (1 - wb - wc)[:, None]
    for weight, column in ((wb, 1), (wc, 2)):
        part = geometry.rows.take(corner[:, column], axis=0, mode="clip")
        part *= weight[:, None]
        rows += part
    plane = visible.depth.take(which, axis=0, mode="clip")
    return rows, plane[:, 0] + wb * plane[:, 1] + wc * plane[:, 2]


@lru_cache(maxsize=4)
def _film(size: tuple[int, int]) -> Image.Image:
    """A breath of grain around the middle grey."""
    rows, columns = -(-size[1] // 512), -(-size[0] // 512)
    film = np.tile(noise(99, 0.6), (rows, columns))[: size[1], : size[0]]
    grey = np.clip(128 + np.round(film * 1.2), 0, 255).astype(np.uint8)
    return Image.merge("RGB", [Image.fromarray(grey)] * 3)
