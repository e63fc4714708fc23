"""`expand[]`: whole objects in place of their ids."""

import copy

from . import lists
from .books import Books
from .errors import Refused

REFERENCES = {
    "checkout.session": ("payment_intent", "line_items"),
    "payment_intent": ("latest_charge",),
    "charge": ("payment_intent", "refunds"),
    "refund": ("payment_intent", "charge"),
}


def answer(books: Books, obj: dict, paths: list[str]) -> dict:
    """A copy of `obj` for the wire, with what `paths` name filled in. Raises Refused."""
    whole = copy.deepcopy(obj)
    for path in paths:
        _open(books, whole, path.split("."), path)
    return whole


def _open(books: Books, obj: dict, steps: list[str], path: str) -> None:
    step, rest = steps[0], steps[1:]
    if obj.get("object") == "list" and step == "data" and rest:
        for one in obj["data"]:
            _open(books, one, rest, path)
        return
    if step not in REFERENCES.get(obj.get("object", ""), ()):
        raise Refused(f"This property cannot be expanded ({path}).", param="expand")
    if isinstance(obj.get(step), str):
        obj[step] = copy.deepcopy(books.find(obj[step]))
    elif step in ("line_items", "refunds"):
        obj[step] = _contents(books, obj, step)
    if rest and obj.get(step):
        _open(books, obj[step], rest, path)


def _contents(books: Books, obj: dict, step: str) -> dict:
    if step == "line_items":
        return lists.listed(
            copy.deepcopy(books.items[obj["id"]]), False, f"/v1/checkout/sessions/{obj['id']}/line_items"
        )
    refunds = [copy.deepcopy(refund) for refund in books.all("refund") if refund["charge"] == obj["id"]]
    return lists.listed(refunds[::-1], False, f"/v1/charges/{obj['id']}/refunds")
