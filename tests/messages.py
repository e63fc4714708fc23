"""Words in other languages: collect them, compile them, and check that none is missing.

`python -m tests.messages` collects (needs GNU gettext) and compiles; `--check` only looks. Compiled catalogues are
kept in the repository, so that a bare machine shows every language.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from io import BytesIO
from pathlib import Path

from babel.messages import Catalog
from babel.messages.mofile import read_mo, write_mo
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parent.parent
LANGUAGES = ("es", "ru")
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")
COLLECT = [
    "--no-location",
    "--no-wrap",
    "--ignore",
    "tests/*",
    "--ignore",
    ".venv/*",
    "--ignore",
    "bench/*",
    "--ignore",
    "var/*",
]


def po_path(language: str, root: Path = ROOT) -> Path:
    return root / "locale" / language / "LC_MESSAGES" / "django.po"


def catalogue(path: Path) -> Catalog:
    return read_po(BytesIO(path.read_bytes()), locale=path.parts[-3])


def _one(words) -> str:
    """A message's source as one text, plural or not."""
    return words if isinstance(words, str) else " | ".join(words)


def _words(found: Catalog) -> dict[tuple, object]:
    return {(m.context, _one(m.id)): m.string for m in found if m.id}


def collect() -> None:
    """Gather new words from code and templates into the .po files."""
    words = [word for language in LANGUAGES for word in ("--locale", language)]
    environment = {**os.environ, "DEBUG": "1", "DJANGO_SETTINGS_MODULE": "config.settings"}
    subprocess.run(
        [sys.executable, "manage.py", "makemessages", *words, *COLLECT], cwd=ROOT, env=environment, check=True
    )


def compiled(language: str) -> bytes:
    out = BytesIO()
    write_mo(out, catalogue(po_path(language)))
    return out.getvalue()


def gaps(language: str) -> list[str]:
    """Sentences for each word that is missing, doubtful, or has other placeholders than the original."""
    found = []
    for message in catalogue(po_path(language)):
        if not message.id:
            continue
        sources = message.id if isinstance(message.id, tuple) else (message.id,)
        answers = message.string if isinstance(message.string, tuple) else (message.string,)
        if message.fuzzy or not all(answers):
            found.append(f"{language}: no translation for {sources[0]!r}")
        wanted = {mark for source in sources for mark in PLACEHOLDER.findall(source)}
        found += [
            f"{language}: {sources[0]!r} has other placeholders in {answer!r}"
            for answer in answers
            if answer and not set(PLACEHOLDER.findall(answer)) <= wanted
        ]
    return found


def stale(language: str) -> list[str]:
    """A sentence when the compiled catalogue says something else than its source."""
    mo = po_path(language).with_suffix(".mo")
    if not mo.exists():
        return [f"{language}: the compiled catalogue is missing; run `make messages`"]
    kept = _words(read_mo(BytesIO(mo.read_bytes())))
    fresh = _words(read_mo(BytesIO(compiled(language))))
    return [] if kept == fresh else [f"{language}: the compiled catalogue is stale; run `make messages`"]


def uncollected() -> list[str]:
    """Sentences for words in code or templates that the catalogues do not know. Needs GNU gettext."""
    if not shutil.which("xgettext"):
        return ["xgettext is missing"] if os.environ.get("CI") else []
    known = {language: po_path(language).read_bytes() for language in LANGUAGES}
    try:
        before = {language: {_one(m.id) for m in catalogue(po_path(language))} for language in LANGUAGES}
        with tempfile.TemporaryDirectory() as var:
            os.environ.setdefault("VAR_DIR", var)
            collect()
        after = {language: {_one(m.id) for m in catalogue(po_path(language))} for language in LANGUAGES}
    finally:
        for language, content in known.items():
            po_path(language).write_bytes(content)
    return [
        f"{language}: not collected yet: {message!r}"
        for language in LANGUAGES
        for message in sorted(map(str, after[language] - before[language]))
    ]


def main(arguments: list[str]) -> int:
    if "--check" in arguments:
        found = [line for language in LANGUAGES for line in gaps(language) + stale(language)] + uncollected()
        print("\n".join(found[:60]), f"{len(found)} to mend", sep="\n")
        return 1 if found else 0
    collect()
    for language in LANGUAGES:
        po_path(language).with_suffix(".mo").write_bytes(compiled(language))
        print(f"{language}: {len(gaps(language))} still to translate")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
