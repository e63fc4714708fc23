"""Clockwork of the shelves: find, then call an action."""

import logging

from celery import shared_task

from catalog.actions import listing

log = logging.getLogger(__name__)


@shared_task
def refresh_listings() -> int:
    """Compare every listing row with its product and mend what drifted. Safe to run at any time, and twice."""
    mended = listing.refresh_all()
    log.log(logging.WARNING if mended else logging.INFO, "Listings checked, %d mended.", mended)
    return mended
