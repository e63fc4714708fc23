"""Lines of the front page, each with the address of the list behind it."""

from datetime import datetime, timedelta
from urllib.parse import urlencode

from django.db.models import Count, Sum
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from marketing.models import Event, Message
from marketing.queries.funnel import funnel
from marketing.queries.left_carts import left_behind, with_contents
from orders import providers

DAYS = 30


def need(name: str, count: int, list_name: str, query: str, grave: bool = False) -> dict:
    """A line that is shown whether or not there is anything: zero is good news."""
    tone = "is-calm" if not count else "office-wrong" if grave else ""
    return {"count": count, "text": _words(name, count), "url": f"{reverse(list_name)}?{query}", "tone": tone}


def alarm(name: str, count: int, list_name: str, query: str) -> dict | None:
    """A line that is shown only when there is something."""
    return need(name, count, list_name, query, grave=True) if count else None


def _words(name: str, count: int) -> str:
    return {
        "pack": lambda: ngettext("order to pack", "orders to pack", count),
        "overdue": lambda: ngettext("order on account is overdue", "orders on account are overdue", count),
        "lapsing": lambda: ngettext("card lets go of its money soon", "cards let go of their money soon", count),
        "late": lambda: ngettext("order is late", "orders are late", count),
        "trouble": lambda: ngettext("order needs a person", "orders need a person", count),
        "money": lambda: ngettext("order waits for money", "orders wait for money", count),
        "sold_out": lambda: ngettext("article is sold out", "articles are sold out", count),
        "low": lambda: ngettext("article runs low", "articles run low", count),
        "reviews": lambda: ngettext("review waits to be read", "reviews wait to be read", count),
        "questions": lambda: ngettext("question waits for an answer", "questions wait for an answer", count),
        "reported": lambda: ngettext("review was reported", "reviews were reported", count),
        "sums": lambda: ngettext("sum of money does not agree", "sums of money do not agree", count),
        "drift": lambda: ngettext("number of the stock books is wrong", "numbers of the stock books are wrong", count),
        "incoming": lambda: ngettext("consignment is overdue", "consignments are overdue", count),
        "words": lambda: ngettext("text lacks a translation", "texts lack a translation", count),
        "texts": lambda: ngettext("text could not be sent", "texts could not be sent", count),
        "mails": lambda: ngettext("letter could not be sent", "letters could not be sent", count),
        "events": lambda: (
            ngettext("message of %(provider)s needs a person", "messages of %(provider)s need a person", count)
            % {"provider": providers.title()}
        ),
        "doubt": lambda: ngettext(
            "reminder may or may not have gone out", "reminders may or may not have gone out", count
        ),
    }[name]()


def funnel_of(now: datetime) -> list[dict]:
    """Looks, additions, orders and payments of the last thirty days, with the share of the looks."""
    since = now - timedelta(days=DAYS)
    days = funnel(since, now)
    steps = [
        (_("Products looked at"), "views", _events(Event.Type.VIEWED, since)),
        (_("Put in a cart"), "adds", _events(Event.Type.ADDED, since)),
        (_("Checkouts begun"), "checkouts", _events(Event.Type.CHECKOUT, since)),
        (_("Orders placed"), "orders", _orders(placed_at__gte=since)),
        (_("Orders paid"), "paid", _orders(paid_at__gte=since)),
    ]
    rows = [
        {"title": title, "count": sum(getattr(day, part) for day in days), "url": url} for title, part, url in steps
    ]
    most = max((row["count"] for row in rows), default=0) or 1
    for row in rows:
        row["width"] = f"{100 * row['count'] / most:.1f}"
        row["share"] = 100 * row["count"] / rows[0]["count"] if rows[0]["count"] else None
    return rows


def carts_of(now: datetime) -> dict:
    """What nearly sold in the last thirty days, and how many reminders went out."""
    since = now - timedelta(days=DAYS)
    left = left_behind(with_contents(), now).filter(active_at__gte=since).order_by()
    summed = left.aggregate(number=Count("pk"), worth=Sum("value"))
    sent = Message.objects.filter(status=Message.Status.HANDED_OVER, handed_over_at__gte=since).count()
    carts = f"{reverse('admin:orders_cart_changelist')}?{urlencode({'active_at__gte': since.isoformat()})}"
    query = {"status__exact": "handed_over", "handed_over_at__gte": since.isoformat()}
    messages = f"{reverse('admin:marketing_message_changelist')}?{urlencode(query)}"
    return {"number": summed["number"], "worth": summed["worth"] or 0, "sent": sent, "url": carts, "messages": messages}


def _events(kind: str, since: datetime) -> str:
    query = {"type__exact": kind, "occurred_at__gte": since.isoformat()}
    return f"{reverse('admin:marketing_event_changelist')}?{urlencode(query)}"


def _orders(**since: datetime) -> str:
    query = {name: moment.isoformat() for name, moment in since.items()}
    return f"{reverse('admin:orders_order_changelist')}?{urlencode(query)}"
