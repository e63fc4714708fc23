"""Numbers of the front page: sales beside sales, and the drawing of a year."""

from datetime import datetime
from urllib.parse import urlencode

from babel.dates import format_date, get_month_names
from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from catalog.money import format_minor
from orders.queries.sales import Month, Sales

# The drawing, in units of its own.
WIDTH, HEIGHT, FOOT = 720, 200, 30


def rows(day: Sales, last: Sales, earlier: Sales, since: dict[str, datetime]) -> list[dict]:
    """Today and the last seven days, the latter beside the seven before."""
    week, before = _orders(since["week"]), _orders(since["before"], since["week"])
    pairs = [
        (_("Last 7 days"), _money(last.turnover), _money(earlier.turnover), last.turnover, earlier.turnover),
        (_("Orders in 7 days"), str(last.orders), str(earlier.orders), last.orders, earlier.orders),
        (_("Average order"), _money(last.average), _money(earlier.average), last.average, earlier.average),
    ]
    orders = ngettext("%(number)d order", "%(number)d orders", day.orders) % {"number": day.orders}
    today = {"title": _("Today"), "value": _money(day.turnover), "url": _orders(since["midnight"]), "note": orders}
    return [today] + [
        {
            "title": title,
            "value": value,
            "url": week,
            "note": _("%(sum)s in the 7 days before") % {"sum": sum_before},
            "before": before,
            "change": _change(now, then),
        }
        for title, value, sum_before, now, then in pairs
    ]


def _change(now: int, before: int) -> str:
    """The difference in signs that need no colour; empty when there is nothing to compare."""
    if not before:
        return ""
    percent = round(100 * (now - before) / before)
    return f"{'+' if percent > 0 else '−' if percent < 0 else '±'}{abs(percent)} %"


def bars(months: list[Month]) -> dict:
    """A bar for each month, ready to be drawn as SVG."""
    most = max((month.turnover for month in months), default=0) or 1
    step = WIDTH / max(len(months), 1)
    names = get_month_names("abbreviated", locale=get_language() or "en", context="stand-alone")
    drawn = []
    for number, month in enumerate(months):
        height = round((HEIGHT - FOOT - 4) * month.turnover / most, 1)
        drawn.append(
            {
                "x": round(number * step + step * 0.14, 1),
                "y": round(HEIGHT - FOOT - height, 1),
                "width": round(step * 0.72, 1),
                "height": height,
                "middle": round((number + 0.5) * step, 1),
                "label": names[month.begins_on.month],
                "running": number == len(months) - 1,
            }
        )
    return {"width": WIDTH, "height": HEIGHT, "ground": HEIGHT - FOOT, "label_y": HEIGHT - 8, "bars": drawn}


def months(rows_of_months: list[Month]) -> list[dict]:
    """The same as a table, newest first; each month leads to its orders."""
    language = get_language() or "en"
    return [
        {
            "name": format_date(month.begins_on, "LLLL y", locale=language),
            "orders": month.orders,
            "turnover": _money(month.turnover),
            "url": f"{reverse('admin:orders_order_changelist')}?"
            + urlencode({"placed_at__year": month.begins_on.year, "placed_at__month": month.begins_on.month}),
        }
        for month in reversed(rows_of_months)
    ]


def _orders(since: datetime, until: datetime | None = None) -> str:
    query = {"status__exact": "placed", "placed_at__gte": since.isoformat()}
    if until:
        query["placed_at__lt"] = until.isoformat()
    return f"{reverse('admin:orders_order_changelist')}?{urlencode(query)}"


def _money(minor: int) -> str:
    return format_minor(minor, settings.SHOP_CURRENCY, get_language() or "en")
