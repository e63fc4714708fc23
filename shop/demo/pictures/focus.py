"""A shallow lens: what lies before and behind the focus is soft."""

import numpy as np
from PIL import Image, ImageFilter

from . import stage as stages

F = np.float32


def shallow(picture: Image.Image, scene, plate) -> Image.Image:
    """The picture with its far and near parts blurred."""
    at, softness = scene.focus
    size = picture.size
    x, y = np.full((size[1] // 4, 1), size[0] / 2, F), np.arange(2, size[1] + 2, 4, dtype=F)[: size[1] // 4, None]
    ground, _ = stages.hits(scene.stage, scene.camera, x, y)
    behind = (ground - scene.camera.place) @ scene.camera.forward
    far = np.broadcast_to(behind, (size[1] // 4, size[0] // 4)).copy()
    near = plate.depth.reshape(plate.height, plate.width)[::4, ::4]
    top, left = plate.corner[1] // 4, plate.corner[0] // 4
    part = far[top : top + near.shape[0], left : left + near.shape[1]]
    near = near[: part.shape[0], : part.shape[1]]
    part[near > 0] = 1 / near[near > 0]
    blur = np.clip(np.abs(far - F(at)) / F(softness) - F(0.3), 0, 1)
    mask = Image.fromarray((blur * 255).astype(np.uint8)).filter(ImageFilter.BoxBlur(2))
    half = (size[0] // 2, size[1] // 2)
    soft = picture.resize(half, Image.Resampling.BOX).filter(ImageFilter.BoxBlur(3)).filter(ImageFilter.BoxBlur(3))
    soft = soft.resize(size, Image.Resampling.BILINEAR)
    return Image.composite(soft, picture, mask.resize(size, Image.Resampling.BILINEAR))
