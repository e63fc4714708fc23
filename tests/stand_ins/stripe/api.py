"""The street map of the API."""

import re
from typing import NamedTuple

from . import expand, intents, lists, refunds, sessions
from .books import KINDS, Books
from .errors import Refused
from .params import Params

SHELVES = {
    "checkout/sessions": "checkout.session",
    "payment_intents": "payment_intent",
    "charges": "charge",
    "refunds": "refund",
    "events": "event",
    "customers": "customer",
    "payment_methods": "payment_method",
}
ADDRESS = re.compile(
    rf"/v1/({'|'.join(SHELVES)})(?:/([A-Za-z0-9_]+))?(?:/(expire|line_items|capture|cancel|payment_methods|detach))?"
)


class Request(NamedTuple):
    """A call after its form was read."""

    method: str
    path: str
    values: dict
    base: str


def act(books: Books, request: Request) -> dict:
    """Do what is asked and give the object to answer with. Raises Refused."""
    params = Params(request.values)
    found = ADDRESS.fullmatch(request.path)
    if found is None:
        raise _unknown(request)
    shelf, id, verb = found.groups()
    obj = _read(books, request, params, SHELVES[shelf], id, verb) if request.method == "GET" else None
    if request.method == "POST":
        obj = _write(books, request, params, SHELVES[shelf], id, verb)
    if obj is None:
        raise _unknown(request)
    return expand.answer(books, obj, params.words("expand"))


def _read(books: Books, request: Request, params: Params, kind: str, id: str | None, verb: str | None) -> dict | None:
    if id is None:
        return lists.page(kind, books.all(kind), params, request.path)
    obj = books.get(kind, id, "session" if kind == KINDS["cs_"] else None)
    if verb is None:
        params.only("expand")
        return obj
    if verb == "payment_methods" and kind == KINDS["cus_"]:
        params.only("type", "limit")
        kept = [one for one in books.all("payment_method") if one["customer"] == id]
        return lists.listed(kept[::-1], False, request.path)
    if verb == "line_items" and kind == KINDS["cs_"]:
        return lists.listed(books.items[id], False, request.path)
    return None


def _write(books: Books, request: Request, params: Params, kind: str, id: str | None, verb: str | None) -> dict | None:
    if kind == KINDS["cs_"]:
        if id is None:
            return sessions.create(books, params, request.base)
        if verb == "expire":
            params.only("expand")
            return sessions.expire(books, id)
    if kind == KINDS["pi_"] and id is not None and verb in ("capture", "cancel"):
        return (intents.capture if verb == "capture" else intents.cancel)(books, params, id)
    if kind == KINDS["pm_"] and id is not None and verb == "detach":
        card = books.get(kind, id, "payment_method")
        card["customer"] = None
        return card
    if kind == KINDS["re_"] and id is None:
        return refunds.create(books, params)
    return None


def _unknown(request: Request) -> Refused:
    message = f"Unrecognized request URL ({request.method}: {request.path})."
    return Refused(message, status=404)
