"""`make check`: what must be in order before any test is worth running. Prints each step and its verdict."""

import os
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PRODUCTION = {
    "DJANGO_SETTINGS_MODULE": "config.settings",
    "SECRET_KEY": "check-only-0123456789-abcdefghijklmnopqrstuvwxyz-ABCDEFGHIJ",
    "ALLOWED_HOSTS": "shop.example",
    "SITE_URL": "https://shop.example",
}
STEPS = {
    "the lock names every library": ["-m", "pip", "check"],
    "formatting": ["ruff", "format", "--check", "."],
    "lint": ["ruff", "check", "."],
    "template formatting and lint": ["djlint", "--lint", "--quiet", "templates"],
    "migrations are complete": ["manage.py", "makemigrations", "--check", "--dry-run"],
    "production settings are safe": ["manage.py", "check", "--deploy", "--fail-level", "WARNING"],
    "translations are complete": ["-m", "tests.messages", "--check"],
    "the house": ["-m", "pytest", "tests/test_house.py"],
}


def command_for(words: list[str]) -> list[str]:
    if words[0] in ("ruff", "djlint"):
        return [sys.executable, "-m", *words]
    return [sys.executable, *words]


def main() -> int:
    failed = []
    with tempfile.TemporaryDirectory() as var, ThreadPoolExecutor(os.cpu_count()) as pool:
        production = {**os.environ, **PRODUCTION, "VAR_DIR": var}
        production.pop("DATABASE_URL", None)
        # Under CI the whole suite follows, and the house is in it.
        steps = [step for step in STEPS.items() if step[0] != "the house" or not os.environ.get("CI")]
        for name, seconds, done in pool.map(lambda step: run(*step, production), steps):
            print(f"{'FAILED' if done.returncode else 'ok    '}  {name} ({seconds:.1f} s)", flush=True)
            if done.returncode:
                failed.append(name)
                print(done.stdout[-6000:], done.stderr[-4000:], sep="\n", flush=True)
    return 1 if failed else 0


def run(name: str, words: list[str], production: dict[str, str]) -> tuple[str, float, subprocess.CompletedProcess]:
    began = time.monotonic()
    environment = production if words[0] == "manage.py" else dict(os.environ)
    done = subprocess.run(command_for(words), cwd=ROOT, env=environment, capture_output=True, text=True)
    return name, time.monotonic() - began, done


if __name__ == "__main__":
    sys.exit(main())
