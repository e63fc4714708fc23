"""The buyer at the hosted page: what a click on Pay leads to."""

from typing import TYPE_CHECKING, NamedTuple

from . import page, payments, sessions

if TYPE_CHECKING:
    from .stand_in import StripeStandIn


class Reply(NamedTuple):
    """An HTML page, or a place to go; and events to post once the buyer is on the way."""

    status: int
    html: str = ""
    location: str = ""
    later: tuple[dict, ...] = ()
    delivery: str = "after"


def show(stand_in: "StripeStandIn", id: str, query: dict) -> Reply:
    """The page of a session."""
    books = stand_in.books
    with books.lock:
        sessions.expire_due(books)
        session = books.find(id)
        if session is None:
            return Reply(404, page.nothing())
        if session["status"] != "open":
            return Reply(200, page.closed(session))
        return Reply(200, page.form(session, books.items[id], _delivery(stand_in, query)))


def submit(stand_in: "StripeStandIn", id: str, form: dict) -> Reply:
    """A click on Pay: a sentence of the bank, or the way back to the shop."""
    number, delivery = str(form.get("card", "")), _delivery(stand_in, form)
    with stand_in.books.lock:
        session = stand_in.books.find(id)
        if session is None:
            return Reply(404, page.nothing())
        mark = stand_in.mark()
        sessions.expire_due(stand_in.books)
        try:
            changes = {"amount": _amount(stand_in, form), "email": form.get("email") or None}
            changes["shipping"] = {name: form[name] for name in (*page.LINES, "country") if form.get(name)}
            decline = payments.pay(stand_in.books, id, number, **changes)
        except payments.NotOpen:
            return _too_late(session, stand_in.since(mark), delivery)
        news = stand_in.since(mark)
        if decline is not None:
            items = stand_in.books.items[id]
            html = page.form(session, items, delivery, decline.message, number)
            return Reply(200, html, later=news, delivery=delivery)
    return _thanks(stand_in, session, news, delivery)


def _thanks(stand_in: "StripeStandIn", session: dict, news: tuple[dict, ...], delivery: str) -> Reply:
    place = _success(session)
    if delivery == "after":
        return Reply(303, location=place, later=news)
    # Outside the lock: the shop may ask the API while it takes the event.
    stand_in.post(news, delivery)
    return Reply(303, location=place)


def _too_late(session: dict, news: tuple[dict, ...], delivery: str) -> Reply:
    """A second click on Pay follows the first one; an expired session goes nowhere."""
    if session["status"] == "complete":
        return Reply(303, location=_success(session), later=news, delivery=delivery)
    return Reply(200, page.closed(session), later=news, delivery=delivery)


def _success(session: dict) -> str:
    return session["success_url"].replace("{CHECKOUT_SESSION_ID}", session["id"])


def _delivery(stand_in: "StripeStandIn", values: dict) -> str:
    chosen = values.get("delivery")
    return chosen if chosen in page.DELIVERIES else stand_in.delivery


def _amount(stand_in: "StripeStandIn", form: dict) -> int | None:
    typed = str(form.get("amount", "")).strip()
    return int(typed) if typed.isdecimal() else stand_in.tampered_amount
