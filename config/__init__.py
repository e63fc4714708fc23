"""The fuse box: settings, root urls, the Celery app and the clock's schedule."""

from config.celery import app as celery_app

__all__ = ["celery_app"]
