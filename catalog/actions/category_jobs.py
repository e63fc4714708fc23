"""Files of categories that staff send: kept, looked at, taken over. Rows and state lie beside the file."""

import json
import re
import shutil
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path
from secrets import token_hex

from django.conf import settings
from django.utils import timezone, translation
from django.utils.dateparse import parse_datetime

from catalog.actions.category_import import NEW, Row, Unreadable, run

MAX_UPLOAD = 20 * 1024 * 1024
# A file as small as this is read while the merchant waits.
SMALL = 256 * 1024
KEPT = timedelta(days=30)
# Without news for so long, whoever worked on it has died.
SILENCE = timedelta(minutes=10)
WAITING, READY, QUEUED, DONE, FAILED = "waiting", "ready", "queued", "done", "failed"


@dataclass(slots=True)
class Job:
    """What is known of a file. `counts` by verdict and `adds` are of the preview until it is taken over."""

    id: str
    name: str
    state: str = WAITING
    actor: str = ""
    language: str = "en"
    created: str = ""
    heard: str = ""
    problem: str = ""
    counts: dict = field(default_factory=dict)
    adds: int = 0

    @property
    def folder(self) -> Path:
        return _root() / self.id

    @property
    def file(self) -> Path:
        return next(self.folder.glob("file*"))

    @property
    def is_small(self) -> bool:
        return self.file.stat().st_size <= SMALL

    @property
    def is_busy(self) -> bool:
        return self.state in (WAITING, QUEUED)

    @property
    def is_silent(self) -> bool:
        """Whether nobody seems to work on it although somebody should."""
        heard = parse_datetime(self.heard)
        return self.is_busy and heard is not None and timezone.now() - heard > SILENCE

    def save(self, **changes: object) -> None:
        """Write the changes, so that a reader sees all of them or none."""
        for name, value in changes.items():
            setattr(self, name, value)
        self.heard = timezone.now().isoformat()
        draft = self.folder / f"job.{token_hex(4)}"
        draft.write_text(json.dumps(asdict(self)), encoding="utf-8")
        draft.replace(self.folder / "job.json")


def keep(chunks: Iterable[bytes], name: str, actor: str, language: str, now: datetime | None = None) -> Job:
    """Store a file that was sent; those of more than 30 days ago go."""
    now = now or timezone.now()
    _forget_old(now)
    job = Job(token_hex(12), name[:120], actor=actor, language=language, created=now.isoformat())
    job.folder.mkdir(parents=True, mode=0o700)
    content = b"".join(chunks)
    # Told by what it is, not by what it is called.
    path = job.folder / ("file.gz" if content[:2] == b"\x1f\x8b" else "file")
    path.write_bytes(content)
    job.save()
    return job


def find(job_id: str) -> Job | None:
    """The job of that name; None when there is none, or no longer."""
    if not re.fullmatch(r"[0-9a-f]{24}", job_id):
        return None
    try:
        return Job(**json.loads((_root() / job_id / "job.json").read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def latest(number: int = 10) -> list[Job]:
    """The jobs last made, newest first."""
    found = [job for path in _root().glob("*/job.json") if (job := find(path.parent.name))]
    return sorted(found, key=lambda job: job.created, reverse=True)[:number]


def look(job: Job) -> None:
    """Say of each row what it would add. Afterwards the job is ready, or failed with a sentence."""
    _go(job, READY, dry=True)


def order(job: Job) -> bool:
    """Ask for it to be taken over; False when it was, or cannot be."""
    if job.state != READY and not (job.is_silent and job.state == QUEUED):
        return False
    job.save(state=QUEUED)
    return True


def take_over(job: Job) -> None:
    """Add what is missing. What came into the shop meanwhile is known then, and not added twice."""
    if job.state == QUEUED:
        _go(job, DONE, dry=False)


def rows(job: Job, verdict: str = "", start: int = 0, stop: int | None = None) -> Iterator[Row]:
    """What was found of each row, or only of those with that verdict."""
    path = job.folder / "rows.jsonl"
    if path.exists():
        with path.open(encoding="utf-8") as file:
            found = (Row(**json.loads(line)) for line in file)
            yield from islice((row for row in found if not verdict or row.verdict == verdict), start, stop)


def _go(job: Job, after: str, dry: bool) -> None:
    try:
        with translation.override(job.language):
            told = run(job.file, dry)
    except Unreadable as fault:
        job.save(state=FAILED, problem=str(fault))
        return
    draft = job.folder / f"rows.{token_hex(4)}"
    with draft.open("w", encoding="utf-8") as file:
        file.writelines(f"{json.dumps(asdict(row))}\n" for row in told)
    draft.replace(job.folder / "rows.jsonl")
    counts = Counter(row.verdict for row in told)
    job.save(state=after, counts=dict(counts), adds=sum(row.adds for row in told if row.verdict == NEW))


def _forget_old(now: datetime) -> None:
    for path in _root().glob("*"):
        if path.is_dir() and path.stat().st_mtime < (now - KEPT).timestamp():
            shutil.rmtree(path, ignore_errors=True)


def _root() -> Path:
    return settings.VAR_DIR / "category-imports"
