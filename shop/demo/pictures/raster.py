"""Which triangle is seen at each pixel: a depth buffer in numpy."""

from dataclasses import dataclass

import numpy as np

F = np.float32
_STEPS = np.array([1, 2, 3, 4, 5, 6, 8, 10, 12, 16, 20, 24, 32, 48, 64, 96, 128, 192, 256, 384, 512, 1024, 2048])


@dataclass(frozen=True)
class Planes:
    """Per triangle: its corners and the plane equations of its weights and inverse depth."""

    corners: np.ndarray
    first: np.ndarray
    edges: np.ndarray
    depth: np.ndarray


def triangles(shape: tuple[int, int], start: int) -> np.ndarray:
    """The two triangles of every cell of a grid whose first vertex is `start`."""
    index = np.arange(shape[0] * shape[1], dtype=np.int32).reshape(shape) + start
    a, b, c, d = index[:-1, :-1], index[:-1, 1:], index[1:, :-1], index[1:, 1:]
    return np.concatenate([np.stack([a, b, c], -1).reshape(-1, 3), np.stack([d, c, b], -1).reshape(-1, 3)])


def planes(seen: np.ndarray, corners: np.ndarray, side: np.ndarray) -> Planes:
    """Keep the triangles turned to the viewer (side 1), away (side -1) or both (side 0)."""
    a, b, c = seen[corners[:, 0]], seen[corners[:, 1]], seen[corners[:, 2]]
    ab, ac = b - a, c - a
    area = ab[:, 0] * ac[:, 1] - ab[:, 1] * ac[:, 0]
    keep = np.flatnonzero((np.abs(area) > 1e-7) & ((side == 0) | (area * side < 0)))
    a, ab, ac, area = a[keep], ab[keep], ac[keep], area[keep]
    edges = np.stack([ac[:, 1], -ac[:, 0], -ab[:, 1], ab[:, 0]], 1) / area[:, None]
    near = 1 / a[:, 2]
    depth = np.stack([near, 1 / (a[:, 2] + ab[:, 2]) - near, 1 / (a[:, 2] + ac[:, 2]) - near], 1)
    return Planes(corners[keep], a[:, :2], edges.astype(F), depth.astype(F))


def nearest(p: Planes, seen: np.ndarray, width: int, height: int) -> tuple[np.ndarray, np.ndarray]:
    """Pixels that show something and the triangle each one shows."""
    far = np.iinfo(np.int64).max
    buffer = np.full(width * height, far, np.int64)
    if len(p.corners):
        _fill(p, seen, width, height, buffer)
    pixels = np.flatnonzero(buffer != far)
    return pixels, (buffer[pixels] & 0xFFFFFF).astype(np.int32)


def _fill(p: Planes, seen: np.ndarray, width: int, height: int, buffer: np.ndarray) -> None:
    corner = seen[p.corners, :2]
    low = np.clip(np.ceil(corner.min(1) - 0.5), 0, [width, height]).astype(np.int32)
    high = np.clip(np.floor(corner.max(1) - 0.5), -1, [width - 1, height - 1]).astype(np.int32)
    extent = high - low + 1
    some = np.flatnonzero((extent > 0).all(1))
    nearest_possible, farthest = float(p.depth[:, 0].max()) * 1.01, 0.0
    scale = (1 << 30) / (nearest_possible - farthest)
    steps = np.searchsorted(_STEPS, extent[some])
    bucket = steps[:, 0] * len(_STEPS) + steps[:, 1]
    order = np.argsort(bucket, kind="stable")
    cuts = np.flatnonzero(np.diff(bucket[order])) + 1
    for group in np.split(some[order], cuts):
        if len(group):
            w, h = _STEPS[steps[np.searchsorted(some, group[0])]]
            for part in np.array_split(group, min(len(group), 1 + len(group) * int(w) * int(h) // 60_000)):
                _fill_group(p, part, low[part], (int(w), int(h)), (width, height), scale, buffer)


def _fill_group(p, group, low, box, size, scale, buffer) -> None:
    first, edges, depth = p.first[group], p.edges[group], p.depth[group]
    dx = (low[:, 0].astype(F) + F(0.5) - first[:, 0])[:, None] + np.arange(box[0], dtype=F)
    dy = (low[:, 1].astype(F) + F(0.5) - first[:, 1])[:, None] + np.arange(box[1], dtype=F)
    wb = (dx * edges[:, :1])[:, None, :] + (dy * edges[:, 1:2])[:, :, None]
    wc = (dx * edges[:, 2:3])[:, None, :] + (dy * edges[:, 3:])[:, :, None]
    least = 1 - wb
    least -= wc
    np.minimum(least, wb, out=least)
    np.minimum(least, wc, out=least)
    inside = np.flatnonzero(least.ravel() >= F(-1e-4))
    which = inside // (box[0] * box[1])
    cell = inside - which * (box[0] * box[1])
    offset = (np.arange(box[1])[:, None] * size[0] + np.arange(box[0])).ravel()
    plane = depth.take(which, axis=0, mode="clip")
    inverse = plane[:, 0] + wb.ravel().take(inside) * plane[:, 1] + wc.ravel().take(inside) * plane[:, 2]
    key = ((1 << 31) - (inverse * F(scale)).astype(np.int64)) << 24
    key |= group.take(which)
    pixel = (low[:, 1] * size[0] + low[:, 0]).take(which) + offset.take(cell)
    if (low[:, 0] + box[0]).max() > size[0] or (low[:, 1] + box[1]).max() > size[1]:
        column = low[:, 0].take(which) + cell % box[0]
        fits = (column < size[0]) & (pixel < size[0] * size[1])
        key, pixel = key[fits], pixel[fits]
    np.minimum.at(buffer, pixel, key)


def weights(p: Planes, which: np.ndarray, pixels: np.ndarray, width: int) -> tuple[np.ndarray, np.ndarray]:
    """The weights of the second and the third corner at each pixel."""
    pixels = pixels.astype(np.int32)
    y = pixels // np.int32(width)
    x = pixels - y * width
    first, edges = p.first.take(which, axis=0, mode="clip"), p.edges.take(which, axis=0, mode="clip")
    dx, dy = x.astype(F) + F(0.5) - first[:, 0], y.astype(F) + F(0.5) - first[:, 1]
    return dx * edges[:, 0] + dy * edges[:, 1], dx * edges[:, 2] + dy * edges[:, 3]
