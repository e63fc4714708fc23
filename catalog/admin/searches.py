"""What people search for: the commonest searches, those in vain, and a box to try one."""

from django.conf import settings
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from unfold.admin import ModelAdmin

from catalog.models import SearchCount
from catalog.queries import searches
from catalog.queries.lists.rows import cards_of
from catalog.search import find

PERIODS = (7, 30, 90, 365)
LANGUAGES = dict(settings.LANGUAGES)
TRIED_AT_MOST = 8


@admin.register(SearchCount)
class SearchCountAdmin(ModelAdmin):
    """A report, not rows to edit: they are counts, and nobody is named in them."""

    def has_add_permission(self, request) -> bool:
        return False

    def has_change_permission(self, request, obj=None) -> bool:
        return False

    def has_delete_permission(self, request, obj=None) -> bool:
        return False

    def changelist_view(self, request, extra_context=None):
        if not self.has_view_permission(request):
            raise PermissionDenied
        days, language = _days(request), _language(request)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Searches"),
            "opts": self.opts,
            "report": searches.report(timezone.localdate(), days, language),
            "days": days,
            "periods": PERIODS,
            "language": language,
            "languages": LANGUAGES,
            "may_add": request.user.has_perm("catalog.add_synonym"),
            "tried": _tried(request, language),
        }
        return render(request, "office/searches.html", context)


def _days(request) -> int:
    typed = request.GET.get("days", "")
    return int(typed) if typed in map(str, PERIODS) else 30


def _language(request) -> str:
    return request.GET.get("language") if request.GET.get("language") in LANGUAGES else ""


def _tried(request, language: str) -> dict | None:
    """What a visitor would be shown first for the words in the box."""
    words = request.GET.get("words", "").replace("\x00", "")[:100].strip()
    if not words:
        return None
    found = find(words, language or settings.LANGUAGE_CODE)
    cards = cards_of(found.ids[:TRIED_AT_MOST], language or settings.LANGUAGE_CODE)
    return {"words": words, "found": found, "number": len(found.ids), "cards": cards}
