"""What one sees through: glass and water, laid over the rest wall by wall, the far ones first."""

import numpy as np

from .colours import developed, linear
from .materials import material
from .raster import nearest, planes, triangles, weights
from .shade import Air, lobe

F = np.float32
_LEFT = np.array([-0.86, 0.42, 0.3], F)


def glazed(patches, plate, colours: np.ndarray) -> None:
    """Lay all glass over the colours (packed, premultiplied) of a plate, except behind what is nearer."""
    water = [k for k, p in enumerate(patches) if p.glassy and p.surface.material == "water"]
    glass = [k for k, p in enumerate(patches) if p.glassy and p.surface.material != "water"]
    for chosen, side in ((glass, -1), (water, -1), (water, 1), (glass, 1)):
        if chosen:
            faces = [triangles(patches[k].level.shape, int(plate.geometry.starts[k])) for k in chosen]
            corners = np.concatenate(faces)
            visible = planes(plate.screen, corners, np.full(len(corners), side, np.int8))
            _layer(plate, visible, _walls(patches, plate.geometry, plate.air, side), colours)


def _layer(plate, visible, walls: np.ndarray, colours: np.ndarray) -> None:
    pixels, which = nearest(visible, plate.screen, plate.width, plate.height)
    wb, wc = weights(visible, which, pixels, plate.width)
    plane = visible.depth[which]
    near = plane[:, 0] + wb * plane[:, 1] + wc * plane[:, 2]
    front = np.flatnonzero(near >= plate.depth[pixels] * F(0.999))
    pixels, which, wb, wc = pixels[front], which[front], wb[front], wc[front]
    corner = visible.corners[which]
    seen = walls[corner[:, 0]] * (1 - wb - wc)[:, None]
    seen += walls[corner[:, 1]] * wb[:, None] + walls[corner[:, 2]] * wc[:, None]
    cover = np.clip(seen[:, 3], 0, 0.97)
    under = colours[pixels].view(np.uint8).reshape(-1, 4).astype(F)
    under *= (1 - cover)[:, None]
    under[:, :3] += developed(seen[:, :3]) * cover[:, None]
    under[:, 3] += 255 * cover
    colours[pixels] = np.clip(under, 0, 255).astype(np.uint8).view(np.uint32).ravel()


def _walls(patches, geometry, air: Air, side: int) -> np.ndarray:
    """Light (3) and cover of glass at every vertex: clear seen straight through, denser towards its edges."""
    tints = np.array([linear(p.surface.colour) for p in patches], F)[geometry.owner]
    dense = np.array([p.surface.glow for p in patches], F)[geometry.owner]
    n = geometry.normals * F(side)
    towards, facing = np.clip(n @ air.view, 0, 1), n @ air.key
    edge = (1 - towards) ** 2.2
    lit = F(0.35 + 0.8 * air.ground)
    # Straight through it takes the tint of the glass; towards the edge it shows the dark and the light of the room.
    bright = np.clip(F(0.5) + F(0.9) * (n @ _LEFT), 0, 1)
    rim = F(0.13) + F(1.15) * bright**3
    body = tints * lit * ((F(0.78) * (1 - edge)) + rim * edge)[:, None]
    shine = lobe(material("glass"), n, facing, towards, air) * F(0.8 if side > 0 else 0.35)
    cover = F(0.1) + dense + F(0.66) * edge**1.4 + shine
    return np.concatenate([body + shine[:, None] * F(1.1), cover[:, None]], 1).astype(F)
