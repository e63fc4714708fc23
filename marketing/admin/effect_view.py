"""One flow or broadcast: what its people did beside those who were held back, and which variant did better."""

from collections.abc import Iterable

from django.conf import settings
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from catalog.money import format_minor
from marketing.models import Broadcast, Flow
from marketing.reports import effect
from marketing.reports.credits import Origin
from marketing.reports.effect import HELD, Effect
from marketing.reports.lift import Group, Interval


def names_of(origins: Iterable[Origin]) -> dict[Origin, str]:
    """Those that still exist, by name."""
    origins = set(origins)
    named = {}
    for kind, model in (("flow", Flow), ("broadcast", Broadcast)):
        numbers = {origin.number for origin in origins if origin.kind == kind}
        for number, name in model.objects.filter(pk__in=numbers).values_list("pk", "name"):
            named[Origin(kind, number)] = name
    return named


def page(request, model_admin):
    """GET with `of`, such as broadcast:3."""
    kind, _colon, number = request.GET.get("of", "").partition(":")
    model = {"flow": Flow, "broadcast": Broadcast}.get(kind)
    found = model.objects.filter(pk=int(number)).first() if model and number.isdecimal() and len(number) < 18 else None
    if found is None:
        raise Http404
    groups = effect.groups_of(effect.of_broadcast(found) if kind == "broadcast" else effect.of_flow(found))
    days = (timezone.now() - found.created_at).total_seconds() / 86400
    held = groups.pop(HELD, Group(0, 0))
    context = {
        **model_admin.admin_site.each_context(request),
        "title": _("What it achieved: %(name)s") % {"name": found.name},
        "opts": model_admin.opts,
        "name": found.name,
        "address": reverse(f"admin:marketing_{kind}_change", args=[found.pk]) if kind == "flow" else "",
        "days": effect.HORIZON.days,
        "held": _shown(_("Held back"), effect.compare(_all(groups), held, days)) if _all(groups).people else None,
        "arms": _arms(groups, days),
    }
    return render(request, "office/reports/effect.html", context)


def _all(groups: dict[str, Group]) -> Group:
    sums = [(group.people, group.buyers, group.money, group.squares) for group in groups.values()]
    return Group(*(sum(column) for column in zip(*sums, strict=True))) if sums else Group(0, 0)


def _arms(groups: dict[str, Group], days: float) -> list[dict]:
    """Each variant beside the first one."""
    arms = sorted(arm for arm in groups if arm)
    return [_shown(f"{arms[0].upper()} – {arm.upper()}", effect.compare(groups[arms[0]], groups[arm], days))
            for arm in arms[1:]]  # fmt: skip


def _shown(label: str, found: Effect) -> dict:
    return {
        "label": label,
        "one": found.one,
        "other": found.other,
        "one_percent": 100 * found.one.rate,
        "other_percent": 100 * found.other.rate,
        "rate": _between(found.rate.times(100), _points) if found.rate else "",
        "money": _between(found.money.times(found.one.people), _sum) if found.money else "",
        "verdict": _verdict(found),
    }


def _between(interval: Interval, say) -> str:
    return _("%(value)s (between %(low)s and %(high)s)") % {
        "value": say(interval.value), "low": say(interval.low), "high": say(interval.high),
    }  # fmt: skip


def _points(number: float) -> str:
    return f"{number:+.1f}".replace("-", "−")


def _sum(number: float) -> str:
    return format_minor(round(number), settings.SHOP_CURRENCY, get_language() or "en")


def _verdict(found: Effect) -> str:
    if not found.other.people or not found.one.people:
        return _("Nobody was held back, so nothing can be said.")
    if found.rate and found.rate.is_clear:
        return _("It is clear that more bought.") if found.rate.low > 0 else _("It is clear that fewer bought.")
    if found.days is None:
        return _("Too few people and orders to say anything yet.")
    if not found.is_measurable:
        return _("It cannot be measured here: with so few people it would take years to tell an effect from chance.")
    words = _("Not clear yet. An effect of a fifth would show after about %(days)d days in all.")
    return words % {"days": found.days}
