"""Pictures of the demonstration goods: drawn by our own code, written as WebP in the widths that pages ask for."""

import json
import os
import pickle
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict
from multiprocessing import get_context

from django.conf import settings
from django.db.models import QuerySet

from catalog.models import Category, Picture
from shop.demo import studio
from shop.demo.data import spread
from shop.demo.goods import Shelf
from shop.demo.pictures import PictureSpec
from shop.models import HomePage

#: The widest size that pages ask for (`PICTURES` in the settings), so that nothing is drawn in vain.
WIDTH, HEIGHT = 640, 800

#: How a row begins that is still to be drawn; the spec follows as JSON.
ORDERED = "demo:"
AT_ONCE = ("front",)
VIEWS = {
    "front": {"en": "{name}", "es": "{name}", "ru": "{name}"},
    "detail": {"en": "{name}, close up", "es": "{name}, de cerca", "ru": "{name}, крупным планом"},
    "scale": {"en": "{name} in a room", "es": "{name} en una habitación", "ru": "{name} в комнате"},
}


def hang_pictures(shelf: Shelf, progress: Callable[[int, int], None]) -> None:
    """Draw what a shopper sees first, in parallel: every front, in every colour, the categories and the home page.

    The close-ups and rooms are rows without a file: `draw_waiting` draws them while the shop is open.
    """
    pictures, jobs = _plan(shelf)
    Picture.objects.bulk_create(pictures)
    jobs += _group_jobs(shelf)
    # Spawned, not forked: a forked child would inherit our database connection.
    with ProcessPoolExecutor(min(4, os.cpu_count() or 1), mp_context=get_context("spawn")) as pool:
        for count, _ in enumerate(pool.map(studio.work, jobs, chunksize=8), 1):
            progress(count, len(jobs))


def waiting() -> QuerySet[Picture]:
    """Pictures that nobody has drawn yet; `source` says what they shall show."""
    return Picture.objects.filter(image="", source__startswith=ORDERED).order_by("pk")


def draw_waiting(many: int) -> list[int]:
    """Draw that many of the waiting pictures in a process of low priority; returns the products that changed."""
    pictures = list(waiting()[:many])
    jobs = []
    for picture in pictures:
        asked = json.loads(picture.source.removeprefix(ORDERED))
        picture.image.name, picture.width, picture.height = asked.pop("name"), WIDTH, HEIGHT
        jobs.append(_job(picture, PictureSpec(**asked)))
    if not jobs:
        return []
    # A process of its own at low priority: shoppers come first, and a worker may not start a pool.
    subprocess.run(
        [sys.executable, "-m", "shop.demo.studio"], input=pickle.dumps(jobs), check=True, cwd=settings.BASE_DIR
    )
    for picture in pictures:
        picture.is_ready = True
    Picture.objects.bulk_update(pictures, ["image", "width", "height", "is_ready"])
    return sorted({picture.product_id for picture in pictures})


def _plan(shelf: Shelf) -> tuple[list[Picture], list[studio.Single | studio.Group]]:
    pictures, jobs = [], []
    for number, (slug, row) in enumerate(shelf.data.items()):
        colours = row["values"].get("colour", []) if "colour" in row["options"] else []
        wanted = [(view, colours[0] if colours else None) for view in VIEWS]
        wanted[1:1] = [("front", colour) for colour in colours[1:]]
        for position, (view, colour) in enumerate(wanted):
            name = f"products/demo/{slug}-{view}{'-' + colour if colour else ''}.webp"
            spec = _spec(shelf, slug, view, colour, number)
            words = {language: text.format(name=row["name"][language]) for language, text in VIEWS[view].items()}
            picture = Picture(
                product=shelf.products[slug], position=position, value=shelf.values.get(("colour", colour)),
                **spread(alt=words),
            )  # fmt: skip
            pictures.append(picture)
            if view in AT_ONCE:
                picture.image.name, picture.width, picture.height, picture.is_ready = name, WIDTH, HEIGHT, True
                jobs.append(_job(picture, spec))
            else:
                picture.source = ORDERED + json.dumps({"name": name, **asdict(spec)}, separators=(",", ":"))
    return pictures, jobs


def _job(picture: Picture, spec: PictureSpec) -> studio.Single:
    smaller = tuple((p.width, str(p.path)) for p in picture.image.get_picture_files_list())
    return studio.Single(spec, picture.image.path, smaller)


def _spec(shelf: Shelf, slug: str, view: str, colour: str | None, seed: int) -> PictureSpec:
    row = shelf.data[slug]
    look = row["picture"]
    tint = shelf.values["colour", colour].swatch if colour else look.get("colour", "#c9b79c")
    return PictureSpec(
        shape=look["shape"], colour=tint, second=look.get("second"), material=look.get("material", ""),
        backdrop=shelf.backdrops[row["category"]], view=view, seed=seed, params=look.get("params", {}),
    )  # fmt: skip


def _group_jobs(shelf: Shelf) -> list[studio.Group]:
    """One composed still life for each category that the home page shows, and two for the home page itself."""
    jobs = []
    best = sorted(shelf.data, key=lambda slug: -shelf.data[slug]["popularity"])
    for seed, category in enumerate(Category.objects.get_root_nodes()):
        inside = [slug for slug in best if shelf.products[slug].category.path.startswith(category.path)]
        if specs := _different(shelf, inside, 4):
            category.image = f"categories/demo/{category.slug}.webp"
            category.save(update_fields=["image"])
            jobs.append(_group(category.image, specs, shelf.backdrops[category.slug], seed, (640, 800), (320,)))
    home = HomePage.objects.get()
    home.hero_image, home.story_image = "home/demo/hero.webp", "home/demo/story.webp"
    home.save()
    jobs.append(_group(home.hero_image, _different(shelf, best, 5), "#e6dccf", 900, (1440, 1080), (720,)))
    jobs.append(_group(home.story_image, _different(shelf, best[9:], 3), "#dfe3dc", 901, (960, 720), (480,)))
    return jobs


def _group(image, specs, backdrop: str, seed: int, size: tuple[int, int], widths: tuple[int, ...]) -> studio.Group:
    """The smaller copies lie beside the picture: `hero-720w.webp` beside `hero.webp`."""
    smaller = tuple((width, image.path.replace(".webp", f"-{width}w.webp")) for width in widths)
    return studio.Group(tuple(specs), backdrop, seed, size, image.path, smaller)


def _different(shelf: Shelf, slugs: list[str], wanted: int) -> list[PictureSpec]:
    """Specs of goods whose shapes differ, the most popular first."""
    chosen: dict[str, PictureSpec] = {}
    for slug in slugs:
        colours = shelf.data[slug]["values"].get("colour", [])
        spec = _spec(shelf, slug, "front", colours[len(chosen) % len(colours)] if colours else None, len(chosen))
        chosen.setdefault(spec.shape, spec)
    return list(chosen.values())[:wanted]
