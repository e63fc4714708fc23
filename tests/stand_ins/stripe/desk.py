"""Where calls of the API arrive: the key is looked at, trouble happens, answers are remembered."""

import base64
import threading
from dataclasses import dataclass, field

from . import api, ids, intents, sessions
from .errors import Refused, outage
from .faults import Fault, Faults
from .idempotency import Answer, Memory


@dataclass
class Call:
    """One call of the API, as the log keeps it; status 0 when the answer was lost."""

    method: str
    path: str
    params: dict
    idempotency_key: str | None
    status: int = 0
    replayed: bool = False
    request_id: str = field(default_factory=lambda: ids.new("req_"))


class Desk:
    """Answers calls against the books."""

    def __init__(self, books, secret_key: str):
        self.books = books
        self.secret_key = secret_key
        self.memory = Memory()
        self.faults = Faults()
        self.calls: list[Call] = []
        self.lock = threading.Lock()

    def answer(self, call: Call, authorization: str, base: str) -> tuple[Answer, Fault | None, list[dict]]:
        """What to say, what shall go wrong with saying it, and the events that came of it."""
        try:
            self._check_key(authorization)
        except Refused as refusal:
            return self._log(call, Answer(refusal.status, refusal.body), None), None, []
        fault = self.faults.take(call.method, call.path)
        with self.books.lock:
            told = len(self.books.all("event"))
            sessions.expire_due(self.books)
            intents.lapse_due(self.books)
            answer = self._act(call, base, fault)
            news = self.books.all("event")[told:]
        return self._log(call, answer, fault), fault, news

    def _act(self, call: Call, base: str, fault: Fault | None) -> Answer:
        trouble = None
        if fault is not None and isinstance(fault.how, int):
            trouble = Answer(fault.how, outage(fault.how).body)
        if fault is not None and not fault.done:
            if fault.kept:
                self._keep(call, trouble)
            return trouble or Answer(0, {})
        answer = self._do(call, base)
        return trouble or answer

    def _do(self, call: Call, base: str) -> Answer:
        key = call.idempotency_key if call.method == "POST" else None
        self.books.request = {"id": call.request_id, "idempotency_key": key}
        try:
            known = self.memory.recall(key, call.path, call.params, self.books.clock())
            if known is not None:
                return known
            request = api.Request(call.method, call.path, call.params, base)
            answer = Answer(200, api.act(self.books, request))
        except Refused as refusal:
            answer = Answer(refusal.status, refusal.body)
            if not refusal.kept:
                return answer
        finally:
            self.books.request = {"id": None, "idempotency_key": None}
        self._keep(call, answer)
        return answer

    def _keep(self, call: Call, answer: Answer) -> None:
        if call.method == "POST":
            self.memory.keep(call.idempotency_key, call.path, call.params, answer, self.books.clock())

    def _log(self, call: Call, answer: Answer, fault: Fault | None) -> Answer:
        lost = fault is not None and isinstance(fault.how, str)
        call.status = 0 if lost else answer.status
        call.replayed = answer.replayed
        with self.lock:
            self.calls.append(call)
        return answer

    def _check_key(self, authorization: str) -> None:
        scheme, _, given = authorization.partition(" ")
        if scheme == "Basic":
            try:
                given = base64.b64decode(given).decode().partition(":")[0]
            except ValueError:
                given = ""
        if not given:
            raise Refused("You did not provide an API key.", status=401)
        if given != self.secret_key:
            raise Refused(f"Invalid API Key provided: {given[:8]}****{given[-4:]}", status=401)
