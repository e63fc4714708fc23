"""The saved views of the list of orders: what waits on the desk."""

from django.contrib import admin
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy

from orders.queries.office import VIEWS

TITLES = {
    "pack": gettext_lazy("To pack"),
    "partly": gettext_lazy("Partly sent"),
    "money": gettext_lazy("Waiting for money"),
    "overdue": gettext_lazy("Overdue on account"),
    "lapsing": gettext_lazy("Card lets go soon"),
    "late": gettext_lazy("Late"),
    "trouble": gettext_lazy("Needs a person"),
    "sent": gettext_lazy("Sent"),
    "cancelled": gettext_lazy("Cancelled"),
    "card": gettext_lazy("At the card page"),
}
# These carry their number: they are work.
COUNTED = ("pack", "partly", "money", "overdue", "lapsing", "late", "trouble")


class DeskFilter(admin.SimpleListFilter):
    title = gettext_lazy("on the desk")
    parameter_name = "view"

    def lookups(self, request, model_admin):
        return [(name, TITLES[name]) for name in VIEWS]

    def queryset(self, request, queryset):
        view = VIEWS.get(self.value() or "")
        return view(queryset, localdate()) if view else queryset


def tabs(chosen: str, counts) -> list[dict]:
    """What stands above the list."""
    every = {"name": "", "title": gettext_lazy("All"), "count": None, "chosen": chosen not in VIEWS}
    return [every] + [
        {
            "name": name,
            "title": TITLES[name],
            "count": getattr(counts, name) if name in COUNTED else None,
            "chosen": name == chosen,
        }
        for name in VIEWS
    ]
