"""Clockwork of the counter."""

from celery import shared_task
from django.core.cache import cache

from catalog.actions import listing

AT_A_TIME = 12
AT_WORK = "drawing-demo-pictures"
FEEDS_AT_WORK = "writing-feeds"


@shared_task
def draw_demo_pictures() -> None:
    """Draw some of the demonstration pictures that wait, and ask for the next round while any is left."""
    from shop.demo import gallery  # numpy is slow to load, and a real shop never needs it

    if not gallery.waiting().exists() or not cache.add(AT_WORK, True, 600):
        return
    try:
        listing.refresh(gallery.draw_waiting(AT_A_TIME))
    finally:
        cache.delete(AT_WORK)
    draw_demo_pictures.delay()


@shared_task
def build_feeds() -> int:
    """Write the feeds of goods whose prices or stock have changed. One worker at a time."""
    from shop import feeds  # they know the whole shop, and most processes never write them

    if not cache.add(FEEDS_AT_WORK, True, 1800):
        return 0
    try:
        return feeds.build_all()
    finally:
        cache.delete(FEEDS_AT_WORK)
