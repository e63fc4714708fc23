"""Work for the background that staff asked for: a folder below VAR_DIR with `job.json` and the files that go with it.

No table: what is known of a file lies beside it and goes with it.
"""

import json
import re
import shutil
from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime, timedelta
from pathlib import Path
from secrets import token_hex
from typing import TypeVar

from django.conf import settings

Job = TypeVar("Job")


def root(kind: str) -> Path:
    """Where all jobs of that kind lie."""
    return settings.VAR_DIR / kind


def new_id() -> str:
    """A name that nobody guesses."""
    return token_hex(12)


def save(job) -> None:
    """Write what is known of the job, so that a reader sees all of it or none."""
    draft = job.folder / f"job.{token_hex(4)}"
    draft.write_text(json.dumps(asdict(job)), encoding="utf-8")
    draft.replace(job.folder / "job.json")


def find(kind: str, job_id: str, make: Callable[..., Job]) -> Job | None:
    """The job of that name; None when there is none, or no longer."""
    if not re.fullmatch(r"[0-9a-f]{24}", job_id):
        return None
    try:
        return make(**json.loads((root(kind) / job_id / "job.json").read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def latest(kind: str, make: Callable[..., Job]) -> list[Job]:
    """All jobs, newest first."""
    found = [job for path in root(kind).glob("*/job.json") if (job := find(kind, path.parent.name, make))]
    return sorted(found, key=lambda job: job.created, reverse=True)


def forget_old(kind: str, now: datetime, kept: timedelta) -> None:
    """Remove those that nothing was added to for so long."""
    for path in root(kind).glob("*"):
        if path.is_dir() and path.stat().st_mtime < (now - kept).timestamp():
            shutil.rmtree(path, ignore_errors=True)
