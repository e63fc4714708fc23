"""Texts by Twilio's REST API, or by a provider that speaks the same."""

from base64 import b64encode
from urllib.parse import quote, urlencode

from django.conf import settings

from customers.outcomes import Refused
from customers.texts.wire import ask

API = "https://api.twilio.com"
# It knows no keys of ours: what an earlier try left is found among the newest texts to the number.
NEWEST = 20
LOST = ("failed", "undelivered", "canceled")


class Twilio:
    """`TEXT_ACCOUNT` is the account's SID, `TEXT_TOKEN` its token, `TEXT_SENDER` a number, a name, or the SID of a
    messaging service (MG…). `TEXT_URL` names another server."""

    def send(self, to: str, words: str, key: str) -> str:
        sender = settings.TEXT_SENDER
        form = {"To": to, "Body": words, "MessagingServiceSid" if sender.startswith("MG") else "From": sender}
        if settings.HTTPS:
            # Where it tells us afterwards what became of it (`reports`).
            form["StatusCallback"] = f"{settings.SITE_URL}/webhooks/texts/"
        headers = self._headers() | {"Content-Type": "application/x-www-form-urlencoded"}
        told = ask("POST", self._messages(), headers, urlencode(form))
        if told.get("status") in LOST:
            raise Refused(f"{told.get('error_code') or ''} {told.get('error_message') or ''}".strip())
        return str(told.get("sid") or "")[:64]

    def found(self, to: str, words: str, key: str) -> str:
        asked = urlencode({"To": to, "PageSize": NEWEST})
        rows = ask("GET", f"{self._messages()}?{asked}", self._headers()).get("messages") or []
        same = (row for row in rows if row.get("body") == words and row.get("status") not in LOST)
        return next((str(row.get("sid") or "taken")[:64] for row in same), "")

    def _messages(self) -> str:
        base = (settings.TEXT_URL or API).rstrip("/")
        return f"{base}/2010-04-01/Accounts/{quote(settings.TEXT_ACCOUNT, safe='')}/Messages.json"

    def _headers(self) -> dict[str, str]:
        secret = b64encode(f"{settings.TEXT_ACCOUNT}:{settings.TEXT_TOKEN}".encode()).decode()
        return {"Authorization": f"Basic {secret}", "Accept": "application/json"}
