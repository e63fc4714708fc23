"""The shop as it is, with one page more: the floor."""

from config.settings import *  # noqa: F403

ROOT_URLCONF = "bench.urls"
LOGGING["root"]["level"] = "ERROR"  # noqa: F405
