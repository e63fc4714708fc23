"""Make `.venv` from a hashed lock file. Needs Python 3.11 or newer and nothing else.

Run as a plain script by the Makefile, before anything is installed: standard library only.
"""

import re
import shutil
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HOME = ROOT / ".venv"
PYTHON = HOME / "bin" / "python"
OLDEST = (3, 11)


def main(lock: str, stamp: str) -> int:
    if sys.version_info[:2] < OLDEST:
        print(f"Python 3.11 or newer is needed; this is {sys.version.split()[0]}.")
        print("Name another one: make run PYTHON=python3.11")
        return 1
    if not works():
        print("Making an environment of our own in .venv …", flush=True)
        shutil.rmtree(HOME, ignore_errors=True)
        try:
            venv.create(HOME, with_pip=True)
        except (subprocess.CalledProcessError, OSError) as problem:
            print(f"No environment could be made ({problem}). On Debian: apt-get install python3-venv")
            return 1
    return install(ROOT / lock, ROOT / stamp)


def works() -> bool:
    """Whether the environment is there and its Python starts, so that a moved or half-made one is made anew."""
    return PYTHON.exists() and subprocess.run([PYTHON, "-m", "pip", "--version"], capture_output=True).returncode == 0


def install(lock: Path, stamp: Path) -> int:
    """Install what the lock names, counting aloud; 0 when all of it is there."""
    total = len(re.findall(r"^[a-z0-9]", lock.read_text(), re.M))
    # The lock names everything, so pip need not work out what belongs to what; and most of it is never imported.
    told = ["--require-hashes", "--no-deps", "--no-compile", "--disable-pip-version-check"]
    command = [PYTHON, "-m", "pip", "install", *told, "-r", lock]
    pip = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, cwd=ROOT)
    said, done = [], 0
    for line in pip.stdout:
        said.append(line)
        if line.startswith(("Collecting", "Requirement already satisfied")):
            done += 1
            show(f"Fetching libraries: {min(done, total)} of about {total}")
        elif line.startswith("Installing collected"):
            show("Installing libraries …")
    if pip.wait():
        print("\n" + "".join(said[-15:]) + "\nThe libraries could not be installed; the lines above say why.")
        return 1
    show("Libraries are in place.")
    print(flush=True)
    stamp.touch()
    return 0


def show(text: str) -> None:
    if sys.stdout.isatty():
        print(f"\r{text:<60}", end="", flush=True)
    elif not text.startswith("Fetching"):
        print(text, flush=True)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
