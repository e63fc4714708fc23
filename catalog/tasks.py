"""Clockwork of the shelves: find, then call an action."""

import logging

from celery import shared_task
from django.core.cache import caches
from django.utils import timezone

from catalog.actions import (
    avif,
    categories,
    category_jobs,
    collections,
    listing,
    pictures,
    price_clock,
    publishing,
    search_index,
    searches,
)
from catalog.actions.exporting import jobs as exports
from catalog.actions.importing import jobs
from catalog.models import Collection, Picture

# A quarter of a minute of work: the worker has letters to send as well.
AVIF_AT_ONCE = 12

log = logging.getLogger(__name__)


@shared_task
def refresh_listings() -> int:
    """Compare every listing row with its product and mend what drifted. Safe to run at any time, and twice."""
    mended = listing.refresh_all()
    log.log(logging.WARNING if mended else logging.INFO, "Listings checked, %d mended.", mended)
    strays = collections.mend(timezone.now())
    log.log(logging.WARNING if strays else logging.INFO, "Collections checked, %d mended.", strays)
    return mended + strays


@shared_task
def keep_collections() -> int:
    """Goods have grown older, or are wanted more or less: collections whose rules ask for that follow."""
    return collections.keep(timezone.now())


@shared_task
def follow_category(pk: int) -> int:
    """A category moved: search and collections of everything below it follow, with progress for its page."""
    cache, key = caches["shared"], "category-move-progress"
    try:
        return categories.catch_up(pk, lambda done, to_do: cache.set(key, (done, to_do), 60))
    finally:
        cache.delete(key)


@shared_task
def rebuild_collection(pk: int) -> int:
    """Bring one collection in step with its rule; nothing to do when it is gone."""
    collection = Collection.objects.filter(pk=pk).first()
    return collections.rebuild(collection) if collection else 0


@shared_task
def refresh_prices() -> int:
    """Sales and price lists that began or ended reach lists and price history."""
    return price_clock.refresh_due(timezone.now())


@shared_task
def check_prices() -> int:
    """Compare every effective price with what decides it, and mend what drifted: there should be nothing."""
    mended = price_clock.refresh_all(timezone.now())
    log.log(logging.WARNING if mended else logging.INFO, "Prices checked, %d mended.", mended)
    return mended


@shared_task
def publish_due() -> None:
    """Show what was scheduled, take down what was to be shown until now. Twice does no more than once."""
    now = timezone.now()
    publishing.take_down_due(now)
    gaps = publishing.publish_due(now)
    for pk, lacks in gaps.items():
        log.warning("Product %d was to be published, but: %s", pk, " ".join(map(str, lacks)))


@shared_task
def note_searches(found: list[list], chosen: list[list]) -> None:
    """Write down what a process has counted (see `catalog.actions.searches.write`)."""
    searches.write(found, chosen)


@shared_task
def send_to_search() -> None:
    """Tell the search server what changed; what it does not take waits for the next time."""
    try:
        search_index.send()
    except search_index.Unreachable as fault:
        log.warning("The search server did not take the changes, they wait: %s", fault)


@shared_task
def forget_searches() -> int:
    """Drop counts that nobody needs any more. Safe to run twice."""
    return searches.forget(timezone.localdate())


@shared_task
def derive_picture(pk: int) -> None:
    """Make the sizes of one picture; nothing to do when it is ready, or gone."""
    picture = Picture.objects.filter(pk=pk, is_ready=False).first()
    if picture:
        pictures.derive(picture)


@shared_task
def add_avif() -> int:
    """The smaller form of some pictures, where it is smaller; nobody waits for it."""
    return avif.add_due(AVIF_AT_ONCE)


@shared_task
def derive_pictures() -> None:
    """Whatever picture was forgotten by a worker that died. One broken file does not stop the others."""
    for pk in Picture.objects.filter(is_ready=False).exclude(image="").values_list("pk", flat=True)[:200]:
        try:
            derive_picture(pk)
        except OSError:
            log.exception("Picture %d cannot be made ready.", pk)


@shared_task
def write_export(job_id: str) -> None:
    """Write an export that staff asked for; nothing to do when it is gone."""
    if job := exports.find(job_id):
        exports.write(job)


@shared_task
def look_at_import(job_id: str) -> None:
    """Say what a file that staff sent would do; nothing to do when it is gone."""
    if job := jobs.find(job_id):
        jobs.look(job)


@shared_task
def take_over_import(job_id: str) -> None:
    """Import a file that staff sent and looked at. Twice does no more than once."""
    if job := jobs.find(job_id):
        jobs.take_over(job)


@shared_task
def look_at_categories(job_id: str) -> None:
    """Say what a file of categories would add; nothing to do when it is gone."""
    if job := category_jobs.find(job_id):
        category_jobs.look(job)


@shared_task
def take_over_categories(job_id: str) -> None:
    """Add the categories of a file that staff looked at. Twice does no more than once."""
    if job := category_jobs.find(job_id):
        category_jobs.take_over(job)


@shared_task
def take_back_import(job_id: str) -> None:
    """Undo an import that staff took over. Twice does no more than once."""
    from catalog.admin.panels import kept_goods  # where the floors above say what they need for their books

    if job := jobs.find(job_id):
        jobs.take_back(job, kept_goods.among)
