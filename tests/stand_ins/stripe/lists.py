"""Lists, a page at a time, newest first."""

from collections.abc import Callable

from .errors import missing
from .params import Params

PAGING = ("limit", "starting_after", "ending_before", "created", "expand")
TRUTHS = ("true", "false")
FILTERS: dict[str, tuple[str, ...]] = {
    "checkout.session": ("payment_intent", "status"),
    "payment_intent": (),
    "charge": ("payment_intent",),
    "refund": ("payment_intent", "charge"),
    "event": ("type",),
    "customer": (),
    "payment_method": ("customer",),
}
EXTRAS = {"checkout.session": ("customer_details",), "event": ("types", "delivery_success")}


def page(kind: str, objects: list[dict], params: Params, url: str) -> dict:
    """The part of `objects` (oldest first) that is asked for. Raises Refused."""
    params.only(*PAGING, *FILTERS[kind], *EXTRAS.get(kind, ()))
    tests = [_same(name, params.text(name)) for name in FILTERS[kind]] + _created(params) + _extras(kind, params)
    found = [obj for obj in reversed(objects) if all(test(obj) for test in tests)]
    limit = params.integer("limit", least=1) or 10
    return listed(*_window(found, params, min(limit, 100)), url)


def listed(data: list[dict], has_more: bool, url: str) -> dict:
    """The envelope of a list."""
    return {"object": "list", "data": data, "has_more": has_more, "url": url}


def _same(name: str, wanted: str | None) -> Callable[[dict], bool]:
    return lambda obj: wanted is None or obj[name] == wanted


def _created(params: Params) -> list[Callable[[dict], bool]]:
    if isinstance(params.values.get("created"), str):
        at = params.integer("created")
        return [lambda obj: obj["created"] == at]
    span = params.inner("created")
    span.only("gt", "gte", "lt", "lte")
    compare = {"gt": "__gt__", "gte": "__ge__", "lt": "__lt__", "lte": "__le__"}
    limits = [(compare[name], span.integer(name)) for name in span.values]
    return [lambda obj: all(getattr(obj["created"], name)(limit) for name, limit in limits)]


def _extras(kind: str, params: Params) -> list[Callable[[dict], bool]]:
    if kind == "checkout.session":
        email = params.inner("customer_details").text("email")
        return [lambda obj: email is None or (obj["customer_details"] or {}).get("email") == email]
    if kind == "event":
        types = params.words("types")
        delivered = params.choice("delivery_success", TRUTHS)
        return [
            lambda obj: not types or obj["type"] in types,
            lambda obj: delivered is None or (delivered == "true") == (obj["pending_webhooks"] == 0),
        ]
    return []


def _window(found: list[dict], params: Params, limit: int) -> tuple[list[dict], bool]:
    ids = [obj["id"] for obj in found]

    def place(name: str) -> int | None:
        cursor = params.text(name)
        if cursor is not None and cursor not in ids:
            raise missing("object", cursor, name)
        return None if cursor is None else ids.index(cursor)

    before, after = place("ending_before"), place("starting_after")
    if before is not None:
        start = max(0, before - limit)
        return found[start:before], start > 0
    start = 0 if after is None else after + 1
    return found[start : start + limit], start + limit < len(found)
