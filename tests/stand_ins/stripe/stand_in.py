"""The stand-in itself: a server with knobs."""

import threading
import time
from collections.abc import Callable, Iterable
from datetime import datetime

from . import cards, events, ids, intents, page, payments, server, sessions
from .books import API_VERSION, Books
from .courier import Courier
from .desk import Desk
from .events import DEFAULT_EVENTS, SignedEvent
from .faults import Fault
from .idempotency import Memory
from .views import Views


class StripeStandIn(Views):
    """Stripe on 127.0.0.1, between `with` and the end of the block. README.md tells what each knob does."""

    def __init__(
        self,
        *,
        secret_key: str = "sk_test_stand_in",
        webhook_secret: str = "whsec_stand_in",
        webhook_url: str | None = None,
        delivery: str = "before",
        port: int = 0,
        clock: Callable[[], float] = time.time,
        enabled_events: Iterable[str] = DEFAULT_EVENTS,
        verbose: bool = False,
    ):
        self.webhook_secret = webhook_secret
        self.enabled_events = frozenset(enabled_events)
        self.verbose = verbose
        self.tampered_amount: int | None = None
        self.closing = threading.Event()
        self.books = Books(clock)
        self.books.listens = self._listens
        self.desk = Desk(self.books, secret_key)
        self.courier = Courier()
        self.webhook_url = webhook_url
        self.delivery = delivery
        self._http = server.serve(self, port)
        self.url = f"http://127.0.0.1:{self._http.server_address[1]}"

    def __enter__(self) -> "StripeStandIn":
        threading.Thread(target=self._http.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        return self

    def __exit__(self, *exc_info) -> None:
        self.closing.set()
        self._http.shutdown()
        self._http.server_close()
        self.courier.wait()

    # Knobs

    @property
    def secret_key(self) -> str:
        """The only key the API accepts."""
        return self.desk.secret_key

    @property
    def clock(self) -> Callable[[], float]:
        """What tells the time here, in seconds since the epoch."""
        return self.books.clock

    @clock.setter
    def clock(self, clock: Callable[[], float]) -> None:
        self.books.clock = clock

    @property
    def webhook_url(self) -> str | None:
        """Where events are posted."""
        return self.courier.url

    @webhook_url.setter
    def webhook_url(self, url: str | None) -> None:
        self.courier.url = url

    @property
    def delivery(self) -> str:
        """When events are posted: before, after, twice, reversed, never."""
        return self._delivery

    @delivery.setter
    def delivery(self, name: str) -> None:
        if name not in page.DELIVERIES:
            raise ValueError(f"delivery must be one of {', '.join(page.DELIVERIES)}, not {name!r}")
        self._delivery = name

    def fail_next(self, path: str, how: int | str, *, method=None, times=1, done=None, kept=False) -> None:
        """Let the next `times` calls of a path (or pattern) fail: a status, "drop" or "timeout".

        A call whose answer is lost was carried out, one answered with a status was not, unless `done` says
        otherwise. `kept` remembers the status for the idempotency key.
        """
        happens = isinstance(how, str) if done is None else done
        self.desk.faults.add(Fault(path, how, method, times, happens, kept))

    def forget_idempotency(self) -> None:
        """As if a day had passed: every key is new again."""
        self.desk.memory = Memory()

    def reset(self) -> None:
        """Forget everything but address, keys and clock."""
        self.courier.wait()
        self.books.forget()
        self.forget_idempotency()
        self.desk.faults.waiting.clear()
        self.desk.calls.clear()
        self.courier.attempts.clear()
        self.tampered_amount = None
        self.delivery = "before"

    # Acting as the buyer, the bank and the clock. Nothing is posted; what would be is returned.

    def pay(
        self, session: str, card: str = cards.VISA, *, amount=None, currency=None, email=None, save=False, shipping=None
    ) -> list[SignedEvent]:
        """Pay, or try to: the signed events that came of it. Raises NotOpen, ValueError for no test card.

        `shipping` is what is typed where the page asks for an address; without it a house in Madrid.
        """
        if not cards.is_known(cards.normal(card)):
            raise ValueError(f"no such test card: {card}")
        amount = self.tampered_amount if amount is None else amount
        changes = {"amount": amount, "currency": currency, "email": email, "save": save, "shipping": shipping}
        return self._doing(payments.pay, session, card, **changes)

    def settle(self, session: str, succeed: bool = True) -> list[SignedEvent]:
        """Let a payment that is processing succeed or fail. Raises NotOpen when none is."""
        return self._doing(payments.settle, session, succeed)

    def expire(self, session: str) -> list[SignedEvent]:
        """Let the time of a session run out. Raises Refused when it is not open."""
        return self._doing(sessions.expire, session)

    def lapse_due(self) -> list[SignedEvent]:
        """Let the banks let go of what was not taken in time; each call of the API does the same."""
        return self._doing(intents.lapse_due)

    def expire_due(self) -> list[SignedEvent]:
        """Expire what the clock says is over; each call of the API does the same."""
        return self._doing(sessions.expire_due)

    def _doing(self, act: Callable, *args, **kwargs) -> list[SignedEvent]:
        with self.books.lock:
            mark = self.mark()
            act(self.books, *args, **kwargs)
            return [self._signed(event) for event in self.since(mark)]

    # Webhooks

    def sign(self, payload: bytes | str, at: float | datetime | None = None, secret: str | None = None) -> str:
        """The Stripe-Signature header for these bytes: now and with our secret, unless told otherwise."""
        raw = payload.encode() if isinstance(payload, str) else payload
        moment = self.clock() if at is None else at
        return events.signature(raw, self.webhook_secret if secret is None else secret, moment)

    def event(self, type: str, obj: dict, id: str | None = None, created: int | None = None) -> SignedEvent:
        """A signed event that the API does not know of: a forgery by somebody who has the secret."""
        envelope = {"id": id or ids.new("evt_1"), "object": "event", "api_version": API_VERSION}
        envelope |= {"created": self.books.now() if created is None else created, "data": {"object": obj}}
        envelope |= {
            "livemode": False,
            "pending_webhooks": 1,
            "request": {"id": None, "idempotency_key": None},
        }
        return self._signed(envelope | {"type": type})

    def signed(self, type: str | None = None) -> list[SignedEvent]:
        """The events an endpoint would have got so far, oldest first, signed now."""
        wanted = [event for event in self.events if self._listens(event["type"]) and type in (None, event["type"])]
        return [self._signed(event) for event in wanted]

    def deliver(self, *signed: SignedEvent) -> None:
        """Post these events in this order, or all that were not yet taken, and wait for the answers."""
        if not self.webhook_url:
            raise ValueError("there is no webhook_url to post to")
        waiting = [event for event in self.events if event["pending_webhooks"]]
        for one in signed or [self._signed(event) for event in waiting]:
            self._carry(one)

    def wait(self) -> None:
        """Return when nothing is being posted any more."""
        self.courier.wait()

    def mark(self) -> int:
        """A place in the history."""
        return len(self.books.all("event"))

    def since(self, mark: int) -> tuple[dict, ...]:
        """The events since then that an endpoint wants."""
        return tuple(event for event in self.books.all("event")[mark:] if self._listens(event["type"]))

    def post(self, news: Iterable[dict], delivery: str) -> None:
        """Post events the way `delivery` says."""
        if not self.webhook_url or delivery == "never":
            return
        news = [event for event in news if self._listens(event["type"])]
        for event in reversed(news) if delivery == "reversed" else news:
            for _ in range(2 if delivery == "twice" else 1):
                self._carry(self._signed(event))

    def _carry(self, signed: SignedEvent) -> None:
        if self.courier.carry(signed):
            with self.books.lock:
                known = self.books.find(signed.body["id"])
                if known is not None:
                    known["pending_webhooks"] = 0

    def _signed(self, event: dict) -> SignedEvent:
        # A repeated delivery is the same bytes as the first one.
        payload = events.payload_of(event | {"pending_webhooks": 1})
        return SignedEvent(payload, self.sign(payload))

    def _listens(self, type: str) -> bool:
        return "*" in self.enabled_events or type in self.enabled_events
