"""Keys under which an answer is remembered for a day."""

from typing import NamedTuple

from .errors import Refused

KEPT_FOR = 24 * 60 * 60


class Answer(NamedTuple):
    """A status and the JSON beside it."""

    status: int
    body: dict
    replayed: bool = False


class _Entry(NamedTuple):
    path: str
    params: dict
    answer: Answer
    at: float


class Memory:
    """What was answered to which key."""

    def __init__(self):
        self.entries: dict[str, _Entry] = {}

    def recall(self, key: str | None, path: str, params: dict, now: float) -> Answer | None:
        """The first answer to this very call, if any. Raises Refused when the key was for another call."""
        if key is None:
            return None
        if len(key) > 255:
            raise Refused("Idempotency keys can be at most 255 characters long.", type="idempotency_error")
        entry = self.entries.get(key)
        if entry is None or now - entry.at > KEPT_FOR:
            return None
        other = f"Try using a key other than '{key}' if you meant to execute a different request."
        if entry.path != path:
            message = "Keys for idempotent requests can only be used for the same endpoint they were first used for"
            raise Refused(f"{message} ('{path}' vs '{entry.path}'). {other}", type="idempotency_error")
        if entry.params != params:
            message = "Keys for idempotent requests can only be used with the same parameters they were first used"
            raise Refused(f"{message} with. {other}", type="idempotency_error")
        return entry.answer._replace(replayed=True)

    def keep(self, key: str | None, path: str, params: dict, answer: Answer, now: float) -> None:
        """Remember an answer."""
        if key is not None:
            self.entries[key] = _Entry(path, params, answer, now)
