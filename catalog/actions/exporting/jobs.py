"""Exports that staff asked for: written by the worker into a folder below VAR_DIR, to be downloaded for a week."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from secrets import token_hex

from django.utils import timezone

from catalog.actions import job_folders
from catalog.actions.exporting.run import KINDS, export
from catalog.models import Product

FOLDER = "exports"
KEPT = timedelta(days=7)
WAITING, RUNNING, DONE = "waiting", "running", "done"
# So few products are written while the merchant waits.
SMALL = 200


@dataclass(slots=True)
class Job:
    """One export; `total` and `done` count products. With `has_costs` it is only for those who may see costs."""

    id: str
    kind: str
    state: str = WAITING
    actor: str = ""
    created: str = ""
    total: int = 0
    done: int = 0
    has_costs: bool = False

    @property
    def folder(self) -> Path:
        return job_folders.root(FOLDER) / self.id

    @property
    def path(self) -> Path:
        """The finished file."""
        return self.folder / f"products.{KINDS[self.kind]}"

    @property
    def name(self) -> str:
        """What the file is called for whoever downloads it."""
        stem = "shopify-products" if self.kind == "shopify" else "products"
        return f"{stem}-{self.created[:10]}.{KINDS[self.kind]}"

    @property
    def is_small(self) -> bool:
        return self.total <= SMALL

    def save(self, **changes: object) -> None:
        """Write the changes, so that a reader sees all of them or none."""
        for name, value in changes.items():
            setattr(self, name, value)
        job_folders.save(self)


def order(
    kind: str,
    ids: Iterable[int] | None = None,
    actor: str = "",
    now: datetime | None = None,
    has_costs: bool = False,
) -> Job:
    """Ask for an export of these products, or of all. Raises KeyError for an unknown kind."""
    now = now or timezone.now()
    KINDS[kind]
    forget_old(now)
    job = Job(job_folders.new_id(), kind, actor=actor, created=now.isoformat(), has_costs=has_costs)
    job.folder.mkdir(parents=True, mode=0o700)
    if ids is None:
        job.total = Product.objects.count()
    else:
        chosen = list(ids)
        job.total = len(chosen)
        (job.folder / "ids.json").write_text(json.dumps(chosen), encoding="utf-8")
    job.save()
    return job


def find(job_id: str) -> Job | None:
    """The job of that name; None when there is none, or no longer."""
    return job_folders.find(FOLDER, job_id, Job)


def latest(number: int = 10, sees_costs: bool = False) -> list[Job]:
    """The jobs last made, newest first; those with costs only for whoever sees them."""
    found = [job for job in job_folders.latest(FOLDER, Job) if sees_costs or not job.has_costs]
    return found[:number]


def write(job: Job) -> None:
    """Write the file. Done again, it is written anew."""
    chosen = job.folder / "ids.json"
    ids = json.loads(chosen.read_text(encoding="utf-8")) if chosen.exists() else None
    draft = job.folder / f"draft.{token_hex(4)}"
    job.save(state=RUNNING, done=0)
    done = export(draft, job.kind, ids, lambda number: job.save(done=number), job.has_costs)
    draft.replace(job.path)
    job.save(state=DONE, done=done)


def forget_old(now: datetime) -> None:
    """Remove what was asked for more than a week ago."""
    job_folders.forget_old(FOLDER, now, KEPT)
