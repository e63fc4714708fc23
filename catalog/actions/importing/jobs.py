"""Files that staff sent: kept below VAR_DIR until they are old, looked at, and taken over by the worker.

A job is a folder with a name of ours: the file as it came, `job.json` with what is known of it, and a list of rows per
look. A folder and no table: it must lie beside the file anyway, and goes with it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path
from secrets import token_hex

from django.utils import timezone, translation
from django.utils.dateparse import parse_datetime

from catalog.actions import job_folders
from catalog.actions.importing import mapping as mappings
from catalog.actions.importing import saved, sketch
from catalog.actions.importing.faults import Unreadable
from catalog.actions.importing.options import Options
from catalog.actions.importing.report import CHANGED, NEW, SAME, WRONG, Row, Sums
from catalog.actions.importing.run import preview, run
from catalog.actions.importing.shopify import is_shopify
from catalog.actions.importing.undo import Keeps, undo

FOLDER = "imports"
MAX_UPLOAD = 100 * 1024 * 1024
# A file as small as this is looked at while the merchant waits.
SMALL = 256 * 1024
KEPT = timedelta(days=30)
# Without news for so long, whoever worked on it has died.
SILENCE = timedelta(minutes=10)
# Former values of what an import touched; see `journal`.
JOURNAL = "journal.jsonl"
MAPPING, WAITING, READY, QUEUED = "mapping", "waiting", "ready", "queued"
RUNNING, DONE, FAILED = "running", "done", "failed"
UNDOING, UNDONE = "undoing", "undone"
PREVIEW, RESULT, UNDO = "preview", "result", "undo"


@dataclass(slots=True)
class Job:
    """What is known of a file. `sums` and `rows` are of the preview until it is taken over.

    With `has_costs` it was sent by somebody who sees costs, and is only for those who do.
    """

    id: str
    name: str
    state: str = WAITING
    actor: str = ""
    language: str = "en"
    category: str = ""
    keep_stock: bool = False
    only_new: bool = False
    has_costs: bool = False
    mapping: dict | None = None
    mapping_name: str = ""
    created: str = ""
    heard: str = ""
    lines: int = 0
    total: int = 0
    problem: str = ""
    sums: dict = field(default_factory=dict)

    @property
    def folder(self) -> Path:
        return job_folders.root(FOLDER) / self.id

    @property
    def is_busy(self) -> bool:
        return self.state in (WAITING, QUEUED, RUNNING, UNDOING)

    @property
    def is_silent(self) -> bool:
        """Whether nobody seems to work on it although somebody should."""
        heard = parse_datetime(self.heard)
        return self.is_busy and heard is not None and timezone.now() - heard > SILENCE

    @property
    def kind(self) -> str:
        """Which list of rows there is to read."""
        return next((kind for kind in (UNDO, RESULT) if (self.folder / f"{kind}.jsonl").exists()), PREVIEW)

    @property
    def wrong(self) -> int:
        """How many rows were refused."""
        return self.sums.get("counts", {}).get(WRONG, 0)

    @property
    def refuses_all(self) -> bool:
        """Whether no row can be taken over."""
        counts = self.sums.get("counts", {})
        return self.wrong > 0 and not any(counts.get(name) for name in (NEW, CHANGED, SAME))

    @property
    def can_be_undone(self) -> bool:
        return self.state == DONE and (self.folder / JOURNAL).exists() and not self.refuses_all

    def save(self, **changes: object) -> None:
        """Write the changes, so that a reader sees all of them or none."""
        for name, value in changes.items():
            setattr(self, name, value)
        self.heard = timezone.now().isoformat()
        job_folders.save(self)


def keep(chunks: Iterable[bytes], name: str, mapping: object = None, now: datetime | None = None, **told) -> Job:
    """Store a file that was sent; the oldest ones go. Raises Unreadable for a wrong mapping, and then keeps nothing."""
    if mapping is not None:
        mappings.of(mapping)
    now = now or timezone.now()
    forget_old(now)
    job = Job(job_folders.new_id(), name[:120], mapping=mapping, created=now.isoformat(), **told)
    job.folder.mkdir(parents=True, mode=0o700)
    with (job.folder / "file").open("wb") as file:
        for chunk in chunks:
            file.write(chunk)
    job.save()
    return job


def settle(job: Job) -> None:
    """Find out how the file is to be read: Shopify's, ours, as one before it, or by asking (the job is `mapping`)."""
    if job.mapping is not None:
        return
    try:
        seen = sketch.sketch(job.folder / "file")
    except Unreadable as fault:
        job.save(state=FAILED, problem=str(fault))
        return
    if seen.has_header and (is_shopify(seen.columns) or mappings.of_columns(seen.columns)):
        return
    if kept := saved.find(seen.columns, seen.has_header):
        job.save(mapping=kept.data, mapping_name=kept.name)
    else:
        job.save(state=MAPPING)


def read_by(job: Job, mapping: dict, name: str = "") -> bool:
    """Say which column is what; the file is to be looked at again. Raises Unreadable; False once it was taken over."""
    mappings.of(mapping)
    if job.state not in (MAPPING, READY, FAILED):
        return False
    (job.folder / f"{PREVIEW}.jsonl").unlink(missing_ok=True)
    job.save(mapping=mapping, mapping_name=name, state=WAITING, problem="", sums={}, lines=0)
    return True


def find(job_id: str) -> Job | None:
    """The job of that name; None when there is none, or no longer."""
    return job_folders.find(FOLDER, job_id, Job)


def latest(number: int = 10, sees_costs: bool = False) -> list[Job]:
    """The jobs last made, newest first; those with costs only for whoever sees them."""
    return [job for job in job_folders.latest(FOLDER, Job) if sees_costs or not job.has_costs][:number]


def is_small(job: Job) -> bool:
    return (job.folder / "file").stat().st_size <= SMALL


def look(job: Job) -> None:
    """Preview the file. Afterwards the job is ready, or failed with a sentence."""
    _go(job, preview, PREVIEW, READY)


def order(job: Job) -> bool:
    """Say once that the file is to be taken over; False when somebody has said so before."""
    if job.state not in (READY, QUEUED, RUNNING) or (job.state != READY and not job.is_silent):
        return False
    try:
        # The only thing that two presses of the button cannot both do.
        (job.folder / f"order-{job.state}-{re.sub('[^0-9]', '', job.heard)}").touch(exist_ok=False)
    except FileExistsError:
        return False
    job.save(state=QUEUED, total=job.total or job.lines, lines=0)
    return True


def take_over(job: Job) -> None:
    """Import the file. Done again, it changes nothing more."""
    if job.state in (QUEUED, RUNNING):
        job.save(state=RUNNING)
        _go(job, run, RESULT, DONE)


def order_undo(job: Job) -> bool:
    """Say once that the import is to be undone; False when it cannot be, or somebody has said so before."""
    if not job.can_be_undone and not (job.state == UNDOING and job.is_silent):
        return False
    try:
        (job.folder / f"undo-{job.state}-{re.sub('[^0-9]', '', job.heard)}").touch(exist_ok=False)
    except FileExistsError:
        return False
    job.save(state=UNDOING, lines=0)
    return True


def take_back(job: Job, keeps: Keeps) -> None:
    """Undo the import. Done again, it changes nothing more."""
    if job.state == UNDOING:
        told = {"document": job.name, "actor": job.actor}

        def act(_path, _options, tell, progress):
            return undo(job.folder / JOURNAL, tell, keeps, told, progress)

        _go(job, act, UNDO, UNDONE)


def rows(job: Job, verdict: str = "", start: int = 0, stop: int | None = None) -> Iterator[Row]:
    """What was found of each row, or of those with that verdict, in the order of the file."""
    path, mark = job.folder / f"{job.kind}.jsonl", f'"verdict": "{verdict}"'
    if path.exists():
        with path.open(encoding="utf-8") as file:
            # Reading a line costs nothing beside understanding it.
            lines = (line for line in file if not verdict or mark in line)
            for line in islice(lines, start, stop):
                yield Row(**json.loads(line))


def forget_old(now: datetime) -> None:
    """Remove files that were sent more than 30 days ago."""
    job_folders.forget_old(FOLDER, now, KEPT)


def _go(job: Job, act, kind: str, after: str) -> None:
    draft = job.folder / f"{kind}.{token_hex(4)}"
    try:
        with translation.override(job.language), draft.open("w", encoding="utf-8") as file:
            sums: Sums = act(
                job.folder / "file",
                _options(job),
                lambda row: print(json.dumps(asdict(row)), file=file),
                lambda lines: job.save(lines=lines),
            )
            told = sums.as_data()
    except Unreadable as fault:
        draft.unlink(missing_ok=True)
        job.save(state=FAILED, problem=str(fault))
        return
    draft.replace(job.folder / f"{kind}.jsonl")
    job.save(state=after, sums=told, lines=sums.lines, total=sums.lines)


def _options(job: Job) -> Options:
    return Options(
        mapping=mappings.of(job.mapping) if job.mapping is not None else None,
        category=job.category,
        keep_stock=job.keep_stock,
        only_new=job.only_new,
        with_costs=job.has_costs,
        document=job.name,
        actor=job.actor,
        journal=job.folder / JOURNAL,
    )
