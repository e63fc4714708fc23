"""Everything that is planned, by day: a month as a table on a desk, a list of days on a phone."""

from datetime import date, timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import get_default_timezone, localdate
from django.utils.translation import gettext as _

from marketing.queries.broadcasts import days

LAST = date(2100, 1, 1)


def show(request: HttpRequest, model_admin) -> HttpResponse:
    month = _month(request.GET.get("month", ""))
    first = month - timedelta(days=month.weekday())
    after = _next(month)
    weeks = -(-(after - first).days // 7)
    found = days(first, weeks * 7, get_default_timezone())
    context = {
        **model_admin.admin_site.each_context(request),
        "title": _("Calendar"),
        "opts": model_admin.opts,
        "month": month,
        "before": _next(month, -1),
        "after": after,
        "today": localdate(),
        "weeks": [found[n : n + 7] for n in range(0, len(found), 7)],
        "may_add": model_admin.has_add_permission(request),
    }
    return render(request, "office/broadcast/calendar.html", context)


def _month(asked: str) -> date:
    try:
        found = date.fromisoformat(f"{asked}-01")
    except ValueError:
        return localdate().replace(day=1)
    return found if date(2000, 1, 1) <= found < LAST else localdate().replace(day=1)


def _next(month: date, by: int = 1) -> date:
    number = month.year * 12 + month.month - 1 + by
    return date(number // 12, number % 12 + 1, 1)
