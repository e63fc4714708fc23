"""`make run` as a person meets it: real processes, a real port, a real Ctrl-C."""

import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from contextlib import closing
from pathlib import Path

import pytest
from django.db import connection

from config import start
from tests.makers import make_product

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.fixture
def port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def environment(tmp_path) -> dict[str, str]:
    """A bare environment, without what the tests were told."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return {**kept, "VAR_DIR": str(tmp_path)}


@pytest.fixture
def shop_with_a_cup(transactional_db, tmp_path) -> None:
    """So that the start finds a shop and does not fill it, which has tests of its own. A copy of the tests' database
    saves the migrations; where that is not SQLite, the start makes and fills one, which takes longer.
    """
    if connection.vendor == "sqlite":
        make_product("Cup")
        with closing(sqlite3.connect(tmp_path / "shop.sqlite3")) as copy:
            connection.connection.backup(copy)


def test_a_taken_port_is_a_clear_sentence(environment):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        taken = other.getsockname()[1]

        done = subprocess.run(
            [sys.executable, "-m", "config.start", "--port", str(taken)],
            cwd=ROOT, env=environment, capture_output=True, text=True,
        )  # fmt: skip

    assert done.returncode == 1
    assert f"Port {taken} is taken" in done.stderr
    assert "make run PORT=" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("nonsense", [0, -1, 65536])
def test_what_is_no_port_is_refused(nonsense):
    with pytest.raises(start.CannotStart, match="is not a port"):
        start.refuse_taken_port(nonsense)


def test_the_secret_is_made_once_and_kept_for_its_owner_alone(tmp_path):
    first = start.kept_secret(tmp_path / "secret_key")

    assert start.kept_secret(tmp_path / "secret_key") == first
    assert (tmp_path / "secret_key").stat().st_mode & 0o077 == 0


def a_dead_worker(environment, tmp_path, age: float) -> start.Child:
    (tmp_path / "log").mkdir()
    process = start.start_child("worker", [sys.executable, "-c", "raise SystemExit(1)"], environment).process
    process.wait()
    return start.Child("worker", process, born=time.monotonic() - age)


def test_a_worker_that_stops_by_accident_is_started_again(environment, tmp_path):
    dead = a_dead_worker(environment, tmp_path, age=start.SOUND_AFTER + 1)

    again = start.revived(dead, {"worker": [sys.executable, "-c", "import signal; signal.pause()"]}, environment)

    assert not again.dead
    start.stop([again])
    assert again.dead


def test_a_worker_that_cannot_live_closes_the_shop_with_a_sentence(environment, tmp_path):
    dead = a_dead_worker(environment, tmp_path, age=start.SOUND_AFTER - 5)

    with pytest.raises(start.CannotStart, match="var/log/worker.log"):
        start.revived(dead, {}, environment)


def test_the_shop_opens_and_ctrl_c_leaves_no_process_behind(environment, port, tmp_path, shop_with_a_cup):
    shop = subprocess.Popen(
        [sys.executable, "-m", "config.start", "--port", str(port)],
        cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    )  # fmt: skip
    try:
        screen = _read_until(shop, "Ctrl-C")
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=20) as home:
            status = home.status
        family = _processes_with(str(tmp_path))
    finally:
        shop.send_signal(signal.SIGINT)
        shop.wait(30)

    assert status == 200
    assert f"http://localhost:{port}/admin/" in screen
    assert len(family) >= 4  # ourselves, web, worker and clock
    assert shop.returncode == 0
    assert _processes_with(str(tmp_path)) == []


def _read_until(process: subprocess.Popen, word: str) -> str:
    said = ""
    for line in process.stdout:
        said += line
        if word in line:
            return said
    raise AssertionError(f"The shop stopped before it opened:\n{said}")


def _processes_with(folder: str) -> list[int]:
    """Processes whose environment names the folder; each child of the shop inherits it."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if f"VAR_DIR={folder}\0".encode() in (process / "environ").read_bytes():
                found.append(int(process.name))
        except OSError:
            continue
    return found
