"""A real Celery worker in a process of its own, on the test database and the broker of this run."""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from celery import Celery
from django.conf import settings
from django.db import connection

ROOT = Path(__file__).resolve().parent.parent.parent


def eventually(look: Callable[[], object], within: float = 60.0) -> object:
    """What `look` returns as soon as it is true. Fails when it does not become true in time."""
    until, pause = time.monotonic() + within, threading.Event()
    while time.monotonic() < until:
        if found := look():
            return found
        pause.wait(0.1)
    raise AssertionError(f"{look} did not become true within {within} s")


@dataclass
class Clockwork:
    """The worker and the way to give it work."""

    app: Celery
    var: Path

    def ask(self, task: str, *arguments) -> None:
        self.app.send_task(task, args=arguments)

    def letters(self) -> list[str]:
        """What the worker has sent so far, as raw text."""
        return [path.read_text("utf-8") for path in (self.var / "mail").glob("*.log")]


def _test_database() -> str:
    database = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{database['NAME']}"
    user = database["USER"] + (f":{database['PASSWORD']}" if database["PASSWORD"] else "")
    return f"postgres://{user}@{database['HOST']}:{database['PORT'] or 5432}/{database['NAME']}"


def environment_of(var: Path) -> dict[str, str]:
    told = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST")}
    return told | {
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "DATABASE_URL": _test_database(),
        "VAR_DIR": str(var),
        "SECRET_KEY": settings.SECRET_KEY,
    }


@pytest.fixture
def clockwork(worker, transactional_db):
    """The one worker of this file, with an empty database before it."""
    return worker


@pytest.fixture(scope="module")
def worker(django_db_setup, tmp_path_factory):
    tmp_path = tmp_path_factory.mktemp("worker")
    environment = environment_of(tmp_path)
    queue = f"tests-{os.getpid()}"
    command = [sys.executable, "-m", "celery", "--app", "config", "worker", "--queues", queue]
    command += ["--concurrency", "2", "--without-gossip", "--without-mingle", "--without-heartbeat"]
    # What `make run` uses without Redis, and what production uses with it.
    command += ["--pool", "prefork" if settings.REDIS_URL else "threads"]
    # Not the current one: the tests that follow in this process go on with the shop's own.
    app = Celery(broker=settings.CELERY_BROKER_URL, set_as_current=False)
    app.conf.task_default_queue = queue
    if not settings.REDIS_URL:
        folder = str(tmp_path / "broker" / "queue")
        (tmp_path / "broker" / "queue").mkdir(parents=True)
        app.conf.broker_transport_options = {
            "data_folder_in": folder, "data_folder_out": folder, "control_folder": str(tmp_path / "broker" / "control"),
        }  # fmt: skip
    with (tmp_path / "worker.log").open("wb") as log:
        worker = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log)
    try:
        yield Clockwork(app, tmp_path)
    finally:
        worker.terminate()
        worker.wait(30)
