"""Pictures of the demonstration goods: drawn by our own code, written as WebP in the widths that pages ask for."""

import os
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

from catalog.models import Category, Picture
from shop.demo import studio
from shop.demo.data import spread
from shop.demo.goods import Shelf
from shop.demo.pictures import PictureSpec
from shop.models import HomePage

#: The widest size that pages ask for (`PICTURES` in the settings), so that nothing is drawn in vain.
WIDTH, HEIGHT = 640, 800

VIEWS = {
    "front": {"en": "{name}", "es": "{name}", "ru": "{name}"},
    "detail": {"en": "{name}, close up", "es": "{name}, de cerca", "ru": "{name}, крупным планом"},
    "scale": {"en": "{name} in a room", "es": "{name} en una habitación", "ru": "{name} в комнате"},
}


def hang_pictures(shelf: Shelf, progress: Callable[[int, int], None]) -> None:
    """Make the rows and draw all pictures in parallel, those of goods first."""
    pictures, jobs = _plan(shelf)
    Picture.objects.bulk_create(pictures)
    jobs += _group_jobs(shelf)
    # Spawned, not forked: a forked child would inherit our database connection.
    with ProcessPoolExecutor(min(4, os.cpu_count() or 1), mp_context=get_context("spawn")) as pool:
        for count, _ in enumerate(pool.map(studio.work, jobs, chunksize=8), 1):
            progress(count, len(jobs))


def _plan(shelf: Shelf) -> tuple[list[Picture], list[studio.Single | studio.Group]]:
    pictures, jobs = [], []
    for number, (slug, row) in enumerate(shelf.data.items()):
        colours = row["values"].get("colour", []) if "colour" in row["options"] else []
        wanted = [(view, colours[0] if colours else None) for view in VIEWS]
        wanted[1:1] = [("front", colour) for colour in colours[1:]]
        for position, (view, colour) in enumerate(wanted):
            name = f"products/demo/{slug}-{view}{'-' + colour if colour else ''}.webp"
            words = {language: text.format(name=row["name"][language]) for language, text in VIEWS[view].items()}
            picture = Picture(
                product=shelf.products[slug], image=name, width=WIDTH, height=HEIGHT, position=position, is_ready=True,
                value=shelf.values["colour", colour] if colour else None, **spread(alt=words),
            )  # fmt: skip
            pictures.append(picture)
            smaller = tuple((p.width, str(p.path)) for p in picture.image.get_picture_files_list())
            jobs.append(studio.Single(_spec(shelf, slug, view, colour, number), picture.image.path, smaller))
    return pictures, jobs


def _spec(shelf: Shelf, slug: str, view: str, colour: str | None, seed: int) -> PictureSpec:
    row = shelf.data[slug]
    look = row["picture"]
    tint = shelf.values["colour", colour].swatch if colour else look.get("colour", "#c9b79c")
    return PictureSpec(
        shape=look["shape"], colour=tint, second=look.get("second"), material=look.get("material", ""),
        backdrop=shelf.backdrops[row["category"]], view=view, seed=seed, params=look.get("params", {}),
    )  # fmt: skip


def _group_jobs(shelf: Shelf) -> list[studio.Group]:
    """One composed still life for each category on the two upper levels, and two for the home page."""
    jobs = []
    best = sorted(shelf.data, key=lambda slug: -shelf.data[slug]["popularity"])
    for seed, category in enumerate(Category.objects.filter(depth__lte=2)):
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
