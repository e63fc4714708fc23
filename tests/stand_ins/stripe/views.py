"""Looking inside a stand-in: copies and sums, for assertions."""

import copy

from .books import Books
from .courier import Attempt, Courier
from .desk import Call, Desk


class Views:
    """What happened so far."""

    books: Books
    desk: Desk
    courier: Courier

    def _copies(self, kind: str) -> dict[str, dict]:
        with self.books.lock:
            return copy.deepcopy(self.books.shelves[kind])

    @property
    def sessions(self) -> dict[str, dict]:
        """Checkout Sessions by id."""
        return self._copies("checkout.session")

    @property
    def intents(self) -> dict[str, dict]:
        """Payment intents by id."""
        return self._copies("payment_intent")

    @property
    def charges(self) -> dict[str, dict]:
        """Charges by id, failed attempts included."""
        return self._copies("charge")

    @property
    def refunds(self) -> dict[str, dict]:
        """Refunds by id."""
        return self._copies("refund")

    @property
    def events(self) -> list[dict]:
        """Every event, oldest first, wanted by an endpoint or not."""
        return list(self._copies("event").values())

    @property
    def calls(self) -> list[Call]:
        """Each call of the API, oldest first."""
        return list(self.desk.calls)

    @property
    def deliveries(self) -> list[Attempt]:
        """Each try to post an event, oldest first."""
        return list(self.courier.attempts)

    def calls_to(self, method: str, path: str) -> list[Call]:
        """The calls of one address."""
        return [call for call in self.calls if (call.method, call.path) == (method, path)]

    def captured(self, session: str | None = None) -> int:
        """Money taken, in minor units; of one session or of all. Raises ValueError for mixed currencies."""
        return sum(charge["amount_captured"] for charge in self._charges(session))

    def refunded(self, session: str | None = None) -> int:
        """Money given back, in minor units; as `captured`. What was held and never taken is none."""
        charges = self._charges(session)
        return sum(one["amount_refunded"] - (one["amount"] - one["amount_captured"]) for one in charges)

    def held(self) -> int:
        """Money that banks hold for the shop, in minor units."""
        return sum(intent["amount_capturable"] for intent in self.intents.values())

    def _charges(self, session: str | None) -> list[dict]:
        charges = [charge for charge in self.charges.values() if charge["amount_captured"]]
        if session is not None:
            intent = self.sessions[session]["payment_intent"]
            charges = [charge for charge in charges if charge["payment_intent"] == intent]
        if len({charge["currency"] for charge in charges}) > 1:
            raise ValueError("money of several currencies has no sum")
        return charges
