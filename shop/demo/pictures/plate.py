"""What the camera saw, before colour: which surface is at each pixel, and how much light is on it.

The last plate is kept: the same thing in another colour needs no second exposure.
"""

import hashlib
from dataclasses import dataclass, replace

import numpy as np

from . import stage as stages
from .colours import lightness
from .geometry import Geometry, lit_geometry, thinned
from .mesh import Patch
from .raster import Planes, nearest, planes, triangles, weights
from .shade import Air

F = np.float32
FINE = 1.4
CLOSEST = 3.4


@dataclass(frozen=True)
class Plate:
    """`seen_parts` are (surface number, pixels, rows of light, shine, u, v, level) on a grid `width` by `height`."""

    patches: list[Patch]
    geometry: Geometry
    air: Air
    screen: np.ndarray
    corner: tuple[int, int]
    extent: tuple[int, int]
    width: int
    height: int
    depth: np.ndarray
    seen_parts: list[tuple[int, np.ndarray, np.ndarray]]
    window: np.ndarray
    room: np.ndarray


_kept: dict[str, Plate] = {}


def exposed(scene, size: tuple[int, int]) -> Plate:
    """The plate of a scene, from the last exposure if only colours differ."""
    name = _named(scene, size)
    if name not in _kept:
        _kept.clear()
        _kept[name] = _expose(scene, size)
    return _kept[name]


def _named(scene, size: tuple[int, int]) -> str:
    """All that the light depends on: forms and materials, not their colours."""
    digest = hashlib.blake2b(digest_size=16)
    for patch in scene.patches:
        digest.update(np.ascontiguousarray(patch.points).tobytes())
    kinds = [replace(p.surface, colour="", second="") for p in scene.patches]
    flags = [(p.two_sided, p.glassy, p.casts) for p in scene.patches]
    groups = _groups(scene.patches).tolist()
    place = (scene.camera.place.tolist(), scene.camera.focal, scene.camera.pitch, scene.camera.centre)
    digest.update(repr((kinds, flags, groups, place, scene.stage, scene.key, scene.focus, size)).encode())
    return digest.hexdigest()


def _groups(patches: list[Patch]) -> np.ndarray:
    """Per patch, the number of its surface among the different ones."""
    order = {surface: g for g, surface in enumerate(dict.fromkeys(p.surface for p in patches))}
    return np.array([order[p.surface] for p in patches], np.int16)


def _expose(scene, size: tuple[int, int]) -> Plate:
    # A shallow picture is soft by itself: it needs no finer plate to smooth its edges.
    fine = 1.0 if scene.focus else FINE
    middle = float(np.median(np.concatenate([scene.camera.project(p.points[:, 0])[:, 2] for p in scene.patches])))
    per_cm = scene.camera.focal / middle
    patches = [thinned(p, CLOSEST / per_cm) for p in scene.patches]
    key = np.array(scene.key, F) / F(np.linalg.norm(scene.key))
    air = Air(key, -scene.camera.forward, lightness(scene.stage.ground), per_cm * fine)
    floor, normals, grid = stages.coarse(scene.stage, scene.camera, size)
    geometry, window, room = lit_geometry(patches, scene.key, scene.camera, air, (floor, normals))
    seen = scene.camera.project(geometry.points)
    low = np.clip(np.floor(seen[:, :2].min(0) / 2) * 2 - 2, 0, size).astype(int)
    high = np.clip(np.ceil(seen[:, :2].max(0) / 2) * 2 + 2, 2, size).astype(int)
    extent = (max(int(high[0] - low[0]), 2), max(int(high[1] - low[1]), 2))
    width, height = (round(side * fine) for side in extent)
    screen = (seen * np.array([fine, fine, 1], F) - np.array([low[0] * fine, low[1] * fine, 0], F)).astype(F)
    depth, parts = _solids(patches, geometry, screen, width, height)
    corner = (int(low[0]), int(low[1]))
    lights = (window.reshape(grid), room.reshape(grid))
    return Plate(patches, geometry, air, screen, corner, extent, width, height, depth, parts, *lights)


def _solids(patches, geometry: Geometry, screen: np.ndarray, width: int, height: int):
    """The nearness of what is seen at each pixel, and the lit points of each surface."""
    depth = np.zeros(width * height, F)
    solid = [k for k, p in enumerate(patches) if not p.glassy]
    if not solid:
        return depth, []
    faces = [triangles(patches[k].level.shape, int(geometry.starts[k])) for k in solid]
    sides = [np.full(len(f), 0 if patches[k].two_sided else 1, np.int8) for k, f in zip(solid, faces, strict=True)]
    visible = planes(screen, np.concatenate(faces), np.concatenate(sides))
    pixels, which = nearest(visible, screen, width, height)
    group = _groups(patches)[geometry.owner[visible.corners[:, 0]]].take(which)
    parts = []
    for g in np.unique(group):
        some = np.flatnonzero(group == g)
        rows, near = _at(geometry, visible, which[some], pixels[some], width)
        depth[pixels[some]] = near
        parts.append((int(g), pixels[some], rows))
    return depth, parts


def _at(geometry: Geometry, visible: Planes, which, pixels, width) -> tuple[np.ndarray, np.ndarray]:
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
