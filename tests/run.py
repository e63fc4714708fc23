"""`make test`: the whole suite; browser tests wherever a Chromium is found.

Under CI (`CI=true`) a part that cannot run is a failure, never a skip.
"""

import os
import subprocess
import sys

from tests.chromium import chromium_path


def main(arguments: list[str]) -> int:
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-n",
        os.environ.get("TEST_WORKERS", "2"),
        "--dist",
        "worksteal",
    ]
    if chromium_path() is None:
        if os.environ.get("CI"):
            print("No Chromium was found, and under CI nothing may be left out.")
            return 1
        print("Browser tests are left out: no Chromium was found (set CHROMIUM to its path).", flush=True)
        command += ["-m", "not browser"]
    return subprocess.run([*command, *arguments], check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
