"""Draws pictures into files. Knows nothing of Django, so that helper processes start quickly."""

from dataclasses import dataclass
from pathlib import Path

from shop.demo.pictures import PictureSpec, compose, draw


@dataclass(frozen=True)
class Single:
    """One product picture: where it goes, and its smaller copies by width."""

    spec: PictureSpec
    path: str
    smaller: tuple[tuple[int, str], ...]


@dataclass(frozen=True)
class Group:
    """Several goods on one table, and its smaller copies by width."""

    specs: tuple[PictureSpec, ...]
    backdrop: str
    seed: int
    size: tuple[int, int]
    path: str
    smaller: tuple[tuple[int, str], ...] = ()


def work(job: Single | Group) -> None:
    """Draw one job and write all its files as WebP."""
    if isinstance(job, Single):
        image = draw(job.spec)
    else:
        image = compose(job.specs, job.backdrop, job.seed, job.size)
    _save(image, job.path, 80)
    for width, path in job.smaller:
        _save(image.resize((width, width * image.height // image.width)), path, 76)


def _save(image, path: str, quality: int) -> None:
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    image.save(path, "WEBP", quality=quality, method=2)
