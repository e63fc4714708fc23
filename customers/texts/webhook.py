"""Texts by any server that takes them as JSON: a gateway of one's own, or a few lines before another provider."""

import json

from django.conf import settings

from customers.texts.wire import ask


class Webhook:
    """Posts `{"to", "from", "text", "key"}` to `TEXT_URL`, with `TEXT_TOKEN` as a bearer token.

    The server answers 2xx when it has taken the text, perhaps with `{"id"}`, and takes one key once (it comes as
    `Idempotency-Key`, too); 4xx when it never will, 429 when it may later.
    """

    def send(self, to: str, words: str, key: str) -> str:
        headers = {"Content-Type": "application/json", "Accept": "application/json", "Idempotency-Key": key}
        if settings.TEXT_TOKEN:
            headers["Authorization"] = f"Bearer {settings.TEXT_TOKEN}"
        told = {"to": to, "from": settings.TEXT_SENDER, "text": words, "key": key}
        return str(ask("POST", settings.TEXT_URL, headers, json.dumps(told)).get("id") or "")[:64]

    def found(self, to: str, words: str, key: str) -> str:
        # Sending the same key again changes nothing.
        return ""
