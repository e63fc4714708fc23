"""How a code is read: people type it in small letters, with spaces, from a picture or a leaflet."""

import re
import secrets
import unicodedata

LONGEST = 40
# Without 0, O, 1, I and L, which are taken for one another on paper.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"


def key_of(text: str) -> str:
    """What counts of a typed code: its letters and digits in capitals; empty when it cannot be one."""
    plain = unicodedata.normalize("NFKC", text[: 4 * LONGEST]).upper()
    key = "".join(re.findall(r"[^\W_]", plain))
    return key if len(key) <= LONGEST else ""


def random_code(prefix: str = "", letters: int = 8) -> str:
    """A code that nobody guesses: so many letters in groups of four, such as `SPRING-7K4M-92QX`."""
    drawn = "".join(secrets.choice(ALPHABET) for _ in range(letters))
    groups = [drawn[start : start + 4] for start in range(0, letters, 4)]
    return "-".join([prefix, *groups] if prefix else groups)
