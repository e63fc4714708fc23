"""What people type, made fit to be kept: no control signs, no invisible marks, single spaces."""

import re
import unicodedata

_SPACES = re.compile(r"\s+")


def clean_line(text: str) -> str:
    """One line without control or invisible formatting characters (a database refuses NUL), single spaces."""
    kept = (" " if sign.isspace() else sign for sign in text if sign.isspace() or _is_printable(sign))
    return _SPACES.sub(" ", "".join(kept)).strip()


def clean_text(text: str) -> str:
    """Like `clean_line`, keeping the line breaks."""
    return "\n".join(clean_line(line) for line in text.splitlines()).strip()


def _is_printable(sign: str) -> bool:
    # Cc control, Cs half a surrogate pair (cannot be stored), Cf invisible marks such as direction overrides.
    return unicodedata.category(sign) not in ("Cc", "Cs", "Cf")
