"""`make run`: prepare the embedded shop, then run web, worker and clock as three children until Ctrl-C."""

import argparse
import ctypes
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
READY_WITHIN = 90  # seconds; a cold disk may need most of it
SOUND_AFTER = 30  # seconds; what lived so long stopped by accident and is started again


class CannotStart(Exception):
    """Something that the reader can mend; the message says how."""


def main() -> int:
    parser = argparse.ArgumentParser(description="Run the shop on this machine.")
    parser.add_argument("--port", type=int, default=8000)
    port = parser.parse_args().port
    # SIGINT too: a shell that starts us in the background has told us to ignore it.
    for each in (signal.SIGINT, signal.SIGTERM):
        signal.signal(each, _interrupt)
    children: list[Child] = []
    try:
        refuse_taken_port(port)
        environment = embedded_environment(port)
        prepare(environment)
        commands = child_commands(environment, port)
        children += [start_child(name, command, environment) for name, command in commands.items()]
        wait_until_ready(port, children)
        print(last_screen(port, environment), flush=True)
        watch(children, commands, environment)
    except CannotStart as problem:
        print(f"\n{problem}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nClosing the shop …", flush=True)
    finally:
        stop(children)
    return 0


def _interrupt(*_) -> None:
    raise KeyboardInterrupt


def refuse_taken_port(port: int) -> None:
    """Raise CannotStart when somebody listens there already, or when it is no port."""
    if not 1 <= port <= 65535:
        raise CannotStart(f"{port} is not a port. Choose one from 1024 to 65535: make run PORT=8080")
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except PermissionError:
            raise CannotStart(
                f"Port {port} needs administrator rights. Choose a higher one: make run PORT=8080"
            ) from None
        except OSError:
            other = 8080 if port != 8080 else 8090
            raise CannotStart(
                f"Port {port} is taken by another program. Stop it, or choose another port: make run PORT={other}"
            ) from None


def embedded_environment(port: int) -> dict[str, str]:
    """What production would be told, for a shop on this machine; whatever is set already wins."""
    var = Path(os.environ.get("VAR_DIR", ROOT / "var"))
    var.mkdir(parents=True, exist_ok=True)
    (var / "log").mkdir(exist_ok=True)
    defaults = {
        "VAR_DIR": str(var),
        "SECRET_KEY": kept_secret(var / "secret_key"),
        "ALLOWED_HOSTS": "localhost,127.0.0.1,[::1]",
        "SITE_URL": f"http://localhost:{port}",
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "PYTHONUNBUFFERED": "1",
    }
    return {**defaults, **os.environ}


def kept_secret(path: Path) -> str:
    """A random key made at the first start and kept, so that sign-ins survive a restart."""
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(64))
    return path.read_text().strip()


def prepare(environment: dict[str, str]) -> None:
    """Bring the database up to date and fill an empty shop; both say what they are doing."""
    for words in (["migrate", "--verbosity", "0"], ["seed_demo"]):
        if words[0] == "migrate":
            print("Preparing the database …", flush=True)
        if subprocess.run([sys.executable, "manage.py", *words], cwd=ROOT, env=environment, check=False).returncode:
            raise CannotStart(f"`manage.py {' '.join(words)}` failed; the lines above say why.")


def child_commands(environment: dict[str, str], port: int) -> dict[str, list[str]]:
    """Web, worker and clock, by name."""
    celery = [sys.executable, "-m", "celery", "--app", "config"]
    return {
        "web": [
            *[sys.executable, "-m", "gunicorn", "config.wsgi", "--bind", f"127.0.0.1:{port}"],
            *["--workers", "1", "--threads", "8", "--access-logfile", "-", "--graceful-timeout", "5"],
        ],
        "worker": [
            *[*celery, "worker", "--pool", "threads", "--concurrency", "2", "--queues", "default"],
            *["--without-gossip", "--without-mingle", "--without-heartbeat", "--loglevel", "INFO"],
        ],
        "clock": [*celery, "beat", "--pidfile", f"{environment['VAR_DIR']}/beat.pid", "--loglevel", "WARNING"],
    }


@dataclass(frozen=True)
class Child:
    """One running part of the shop; it writes its own log below var/log."""

    name: str
    process: subprocess.Popen
    born: float  # time.monotonic()

    @property
    def dead(self) -> bool:
        return self.process.poll() is not None


def start_child(name: str, command: list[str], environment: dict[str, str]) -> Child:
    var = Path(environment["VAR_DIR"])
    if name == "clock":
        (var / "beat.pid").unlink(missing_ok=True)
    with (var / "log" / f"{name}.log").open("ab") as log:
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            # Its own session: Ctrl-C reaches us alone, and we stop the children in order.
            start_new_session=True,
            preexec_fn=_die_with_parent if sys.platform == "linux" else None,
        )
    return Child(name, process, time.monotonic())


def _die_with_parent() -> None:
    """Linux ends the child when we are killed without a chance to say goodbye (PR_SET_PDEATHSIG = 1)."""
    ctypes.CDLL(None).prctl(1, signal.SIGTERM)


def wait_until_ready(port: int, children: list[Child]) -> None:
    print("Opening the shop …", flush=True)
    until = time.monotonic() + READY_WITHIN
    while time.monotonic() < until:
        refuse_dead(children)
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=2):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    raise CannotStart("The web server did not answer in time; var/log/web.log says why.")


def refuse_dead(children: list[Child]) -> None:
    for child in children:
        if child.dead:
            raise CannotStart(f"The {child.name} process stopped; var/log/{child.name}.log says why.")


def watch(children: list[Child], commands: dict[str, list[str]], environment: dict[str, str]) -> None:
    while True:
        time.sleep(1)
        children[:] = [child if not child.dead else revived(child, commands, environment) for child in children]


def revived(child: Child, commands: dict[str, list[str]], environment: dict[str, str]) -> Child:
    """The same child again; CannotStart when it could not even live for `SOUND_AFTER` seconds."""
    if time.monotonic() - child.born < SOUND_AFTER:
        refuse_dead([child])
    print(f"The {child.name} process stopped and is started again; var/log/{child.name}.log says why.", flush=True)
    return start_child(child.name, commands[child.name], environment)


def stop(children: list[Child]) -> None:
    """Ask all children to finish, wait a little, then insist. Nothing is left behind."""
    for child in children:
        if not child.dead:
            child.process.terminate()
    until = time.monotonic() + 12
    for child in children:
        try:
            child.process.wait(max(0.1, until - time.monotonic()))
        except subprocess.TimeoutExpired:
            _kill_group(child.process)
            child.process.wait()


def _kill_group(process: subprocess.Popen) -> None:
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        return


def last_screen(port: int, environment: dict[str, str]) -> str:
    site = f"http://localhost:{port}"
    return f"""
  The shop is open.

    Shop            {site}/          also {site}/es/ and {site}/ru/
    Back office     {site}/admin/    owner@lumbre.example · lumbre-demo
    A customer      {site}/accounts/login/    ana@lumbre.example · lumbre-demo
    Outgoing mail   {site}/staff/mail/    (sign in to the back office first)

    Data and logs   {environment["VAR_DIR"]}
    Stop            Ctrl-C
"""


if __name__ == "__main__":
    sys.exit(main())
