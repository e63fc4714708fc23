"""Product pictures of the demonstration shop, drawn as still lifes by our own small renderer."""

from .composing import compose
from .draw import SHAPES, draw
from .spec import PictureSpec

__all__ = ["SHAPES", "PictureSpec", "compose", "draw"]
