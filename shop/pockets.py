"""What a visitor's own browser keeps for him: a few short texts in a signed cookie, and nothing on our side.

Each pocket serves only the visitor who fills it by what he does, is read by this shop alone, and can be emptied.
"""

import json
from dataclasses import dataclass
from urllib.parse import quote, unquote

from django.conf import settings
from django.core.signing import BadSignature
from django.http import HttpRequest, HttpResponse

MAX_AGE = 90 * 24 * 3600
LONGEST_COOKIE = 2500


@dataclass(frozen=True)
class Pocket:
    """At most so many texts, the newest first, none of them longer than that."""

    name: str
    at_most: int
    longest: int

    @property
    def cookie(self) -> str:
        return f"__Host-{self.name}" if settings.HTTPS else self.name

    def read(self, request: HttpRequest) -> list[str]:
        """What is in it; nothing when somebody tampered with it."""
        try:
            texts = json.loads(unquote(request.get_signed_cookie(self.cookie, "[]", salt=self.name, max_age=MAX_AGE)))
        except (BadSignature, ValueError):
            return []
        return [text for text in texts if isinstance(text, str)][: self.at_most] if isinstance(texts, list) else []

    def write(self, response: HttpResponse, texts: list[str]) -> None:
        """Put these in, each once."""
        kept = [text for text in dict.fromkeys(texts) if 0 < len(text) <= self.longest][: self.at_most]
        value = quote(json.dumps(kept, ensure_ascii=False))
        while len(value) > LONGEST_COOKIE:
            kept.pop()
            value = quote(json.dumps(kept, ensure_ascii=False))
        response.set_signed_cookie(
            self.cookie, value, salt=self.name, max_age=MAX_AGE, secure=settings.HTTPS, httponly=True, samesite="Lax"
        )

    def add(self, request: HttpRequest, response: HttpResponse, text: str) -> None:
        """Put this on top; no new cookie when it lies there already."""
        texts = self.read(request)
        if texts[:1] != [text]:
            self.write(response, [text, *texts])

    def empty(self, response: HttpResponse) -> None:
        response.delete_cookie(self.cookie, samesite="Lax")


SEARCHES = Pocket("searches", at_most=6, longest=40)
VIEWED = Pocket("viewed", at_most=12, longest=12)
COMPARED = Pocket("compared", at_most=4, longest=255)
