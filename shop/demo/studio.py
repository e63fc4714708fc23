"""Draws pictures into files. Knows nothing of Django, so that helper processes start quickly."""

import os
import pickle
import sys
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

# Two processes draw at once; threads inside numpy would only get in each other's way.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from shop.demo.pictures import PictureSpec, compose, draw  # noqa: E402

SIZE = (640, 800)


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
        image = draw(job.spec, SIZE)
    else:
        image = compose(job.specs, job.backdrop, job.seed, job.size)
    content = _encode(image, 80)
    _write(job.path, content)
    for width, path in job.smaller:
        if width < image.width:
            height = width * image.height // image.width
            _write(path, _encode(image.resize((width, height), reducing_gap=2.0), 76))
        else:
            _write(path, content)


def _encode(image, quality: int) -> bytes:
    out = BytesIO()
    image.save(out, "WEBP", quality=quality, method=1)
    return out.getvalue()


def _write(path: str, content: bytes) -> None:
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    Path(path).write_bytes(content)


def main() -> None:
    """Work off the jobs that our own parent wrote to standard input."""
    os.nice(15)
    for job in pickle.load(sys.stdin.buffer):  # noqa: S301 - written by our parent process
        work(job)


if __name__ == "__main__":
    # By its name: the jobs were made of the classes of that module, not of `__main__`'s.
    from shop.demo import studio

    studio.main()
