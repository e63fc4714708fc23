"""What marketing brought, on one page with a view for each question. Nothing here is stored; it is read each time."""

from datetime import date, datetime, time, timedelta

from django import forms
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q
from django.shortcuts import render
from django.utils.timezone import localdate, make_aware
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalog.models import Variant
from marketing.admin import effect_view
from marketing.models import Message
from marketing.queries.funnel import funnel
from marketing.reports import episodes, reading
from marketing.reports.attribution import MODELS
from marketing.reports.credits import Credit, Credits, Origin, arrivals, credits_of
from orders.admin.tax_report_page import SpanForm

VIEWS = {
    "way": gettext_lazy("The way to the order"),
    "roads": gettext_lazy("Where people come from"),
    "messages": gettext_lazy("Flows and broadcasts"),
    "reading": gettext_lazy("Read before ordering"),
}
DAYS = 90
LONGEST = 3 * 366


class ReportForm(SpanForm):
    model = forms.ChoiceField(
        label=gettext_lazy("An order is credited to"),
        choices=[(code, label) for code, (label, _weights) in MODELS.items()],
        required=False,
        initial="last",
    )

    def clean(self) -> dict:
        data = super().clean()
        if data.get("first") and data.get("last") and (data["last"] - data["first"]).days > LONGEST:
            raise forms.ValidationError(_("Choose three years at the most."))
        return data


def page(request, model_admin):
    """GET with `view`, `first`, `last` and `model`. Without days the last ninety."""
    if not request.user.has_perm("marketing.view_event"):
        raise PermissionDenied
    today = localdate()
    chosen = {"first": today - timedelta(days=DAYS - 1), "last": today, "model": "last"}
    asked = "first" in request.GET
    form = ReportForm(request.GET if asked else None, initial=chosen)
    if asked and form.is_valid():
        chosen |= {name: value for name, value in form.cleaned_data.items() if value}
    if request.GET.get("view") == "effect":
        return effect_view.page(request, model_admin)
    view = request.GET.get("view") if request.GET.get("view") in VIEWS else "way"
    span = _moment(chosen["first"]), _moment(chosen["last"] + timedelta(days=1))
    query = f"first={chosen['first']}&last={chosen['last']}&model={chosen['model']}"
    context = {
        **model_admin.admin_site.each_context(request),
        "title": _("What marketing brought"),
        "opts": model_admin.opts,
        "form": form,
        "view": view,
        "tabs": [{"code": code, "title": title, "url": f"?view={code}&{query}"} for code, title in VIEWS.items()],
        "with_model": view in ("roads", "messages"),
        "sees_margin": request.user.has_perm("catalog.view_cost"),
        "currency": settings.SHOP_CURRENCY,
        **PARTS[view](*span, chosen["model"]),
    }
    return render(request, "office/reports/page.html", context)


def _moment(day: date) -> datetime:
    return make_aware(datetime.combine(day, time()))


def _way(since: datetime, until: datetime, model: str) -> dict:
    steps = episodes.reached(since, until)
    most = max((number for _label, number in steps), default=0)
    drawn = [
        {
            "label": label,
            "number": number,
            "width": f"{100 * number / most:.1f}" if most else "0",
            "share": 100 * number / steps[place - 1][1] if place and steps[place - 1][1] else None,
        }
        for place, (label, number) in enumerate(steps)
    ]
    return {"steps": drawn if most else [], "weeks": list(reversed(funnel(since, until, by_week=True)))}


def _roads(since: datetime, until: datetime, model: str) -> dict:
    credits, came = credits_of(since, until, model), arrivals(since, until)
    roads = {origin for origin in (*came, *credits.by_origin) if origin.kind == "road"}
    rows = [_row(_road(origin), came.get(origin, 0), credits.by_origin[origin]) for origin in roads]
    letters = Credit()
    for origin, part in credits.by_origin.items():
        if origin.kind != "road":
            letters.add(part.orders, part.turnover, part.margin, part.unknown)
    if letters.orders:
        rows.append(_row(_("Our own messages"), None, letters))
    return _drawn(rows, credits)


def _road(origin: Origin) -> str:
    return f"{origin.source} · {origin.medium}" if origin.medium else origin.source


def _messages(since: datetime, until: datetime, model: str) -> dict:
    credits = credits_of(since, until, model)
    within = {"handed_over_at__gte": since, "handed_over_at__lt": until}
    left = Message.objects.filter(status=Message.Status.HANDED_OVER, **within).order_by()
    counted = left.values_list("flow", "broadcast").annotate(
        sent=Count("pk"), clicks=Count("pk", filter=Q(clicked_at__isnull=False))
    )
    numbers = {_of(flow, broadcast): told for flow, broadcast, *told in counted}
    origins = {origin for origin in (*numbers, *credits.by_origin) if origin.kind != "road"}
    rows = []
    for origin, name in effect_view.names_of(origins).items():
        sent, clicks = numbers.get(origin, (0, 0))
        row = _row(name, sent, credits.by_origin.get(origin, Credit()))
        rows.append(row | {"clicks": clicks, "url": f"?view=effect&of={origin.kind}:{origin.number}"})
    return _drawn(rows, credits)


def _of(flow: int | None, broadcast: int | None) -> Origin:
    return Origin("broadcast", broadcast) if broadcast else Origin("flow", flow or 0)


def _row(name: str, came: int | None, part: Credit) -> dict:
    return {"name": name, "came": came, "orders": part.orders, "turnover": part.turnover, "margin": part.margin,
            "unknown": part.unknown}  # fmt: skip


def _drawn(rows: list[dict], credits: Credits) -> dict:
    rows.sort(key=lambda row: (-row["turnover"], -(row["came"] or 0), row["name"]))
    most = max((row["turnover"] for row in rows), default=0)
    for row in rows:
        row["width"] = f"{max(0, 100 * row['turnover'] / most):.1f}" if most else "0"
    rest = credits.whole.turnover - sum(part.turnover for part in credits.by_origin.values())
    return {
        "rows": rows,
        "whole": credits.whole,
        "by_itself": rest,
        "costs_known": Variant.objects.exclude(cost=None).exists(),
    }


def _reading(since: datetime, until: datetime, model: str) -> dict:
    pages = reading.pages_read(since, until)
    most = max((page.readers for page in pages), default=0)
    drawn = [
        {"page": page, "percent": 100 * page.rate, "width": f"{100 * page.readers / most:.1f}"} for page in pages[:100]
    ]
    everybody = reading.everybody(since, until)
    return {"pages": drawn, "everybody": everybody, "everybody_percent": 100 * everybody.rate}


PARTS = {"way": _way, "roads": _roads, "messages": _messages, "reading": _reading}
