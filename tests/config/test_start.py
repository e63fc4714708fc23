"""`make run` as a person meets it: real processes, a real port, a real Ctrl-C."""

import os
import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from config import start

ROOT = Path(__file__).resolve().parent.parent.parent
ONE_PRODUCT = """
from django.utils import timezone
from catalog.models import Category, Product
home = Category.objects.add_root({"name": "Home", "slug": "home"})
Product.objects.create(name="Cup", slug="cup", category=home, status="published", published_at=timezone.now())
"""


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


def test_the_shop_opens_and_ctrl_c_leaves_no_process_behind(environment, port, tmp_path):
    _stock_one_product(environment)
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


def _stock_one_product(environment: dict[str, str]) -> None:
    """So that the start does not fill the shop, which has tests of its own."""
    told = environment | {"SECRET_KEY": "x1y2z" * 12, "ALLOWED_HOSTS": "localhost", "SITE_URL": "http://localhost"}
    for words in (["migrate", "--verbosity", "0"], ["shell", "--command", ONE_PRODUCT]):
        subprocess.run([sys.executable, "manage.py", *words], cwd=ROOT, env=told, check=True, capture_output=True)


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
