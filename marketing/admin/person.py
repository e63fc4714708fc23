"""Everybody the shop knows: stage and why, how far he got, by which roads he came, and what he did, page by page."""

from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from unfold.decorators import display

from catalog.money import format_minor
from customers.admin.day_range import by_day
from customers.admin.read_only import ReadOnlyAdmin
from customers.consent import normal
from marketing.actions import merging, standing
from marketing.models import Measures, Profile, ProfileMerge
from marketing.models.merge import REVERSIBLE_FOR

PER_PAGE = 30
ROADS = 10
TONES = {"vip": "success", "repeat": "success", "new_buyer": "info", "at_risk": "warning", "lapsed": "danger"}


@admin.register(Profile)
class ProfileAdmin(ReadOnlyAdmin):
    """One person in one row, with or without an account."""

    list_display = ["email", "name", "in_stage", "orders_count", "brought", "last_order_at"]
    list_filter = ["stage", "recency", "frequency", "money", "language", by_day("last_order_at")]
    list_filter_submit = True
    search_fields = ["=email", "email__startswith", "name__icontains"]
    ordering = ["-id"]

    @display(description=gettext_lazy("stage"), ordering="stage", label=TONES)
    def in_stage(self, profile: Profile) -> tuple[str, str]:
        return profile.stage, profile.get_stage_display()

    @display(description=gettext_lazy("spent"), ordering="spent")
    def brought(self, profile: Profile) -> str:
        return _money(profile.spent)

    def get_urls(self):
        view = self.admin_site.admin_view
        return [
            path("<int:pk>/merge/", view(require_POST(self.merge)), name="marketing_profile_merge"),
            path("<int:pk>/apart/", view(require_POST(self.apart)), name="marketing_profile_apart"),
            *super().get_urls(),
        ]

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """The person's page: nothing to type, much to read."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        profile = get_object_or_404(Profile.objects.select_related("customer"), pk=_number(object_id))
        now = timezone.now()
        events = profile.events.select_related("product", "category", "order").order_by("-occurred_at", "-pk")
        context = {
            **self.admin_site.each_context(request),
            "title": profile.name or profile.email,
            "opts": self.opts,
            "profile": profile,
            "spent": _money(profile.spent),
            "why": standing.why(profile, now),
            "measures": Measures.objects.first(),
            "episodes": profile.episodes.order_by("-active_at")[:5],
            "touches": profile.touches.order_by("-occurred_at")[:ROADS],
            "page": Paginator(events, PER_PAGE).get_page(request.GET.get("page")),
            "merges": profile.merges.filter(undone_at=None, merged_at__gt=now - REVERSIBLE_FOR).select_related("gone"),
            "may_merge": _may_merge(request),
        }
        return render(request, "office/person.html", context)

    def merge(self, request, pk: int):
        """Take another profile in: two addresses of one person."""
        if not _may_merge(request):
            raise PermissionDenied
        profile = get_object_or_404(Profile, pk=pk)
        other = Profile.objects.filter(email=normal(request.POST.get("email", "").replace("\0", ""))[:254]).first()
        try:
            if other is None:
                raise Profile.DoesNotExist
            done = merging.merge(profile, other, "by staff", timezone.now(), request.user)
            messages.success(request, _("They are one person now. For thirty days this can be undone here."))
            return redirect("admin:marketing_profile_change", done.kept_id)
        except Profile.DoesNotExist:
            messages.error(request, _("Nobody is known by this address."))
        except merging.TwoAccounts:
            messages.error(request, _("Both have an account: they stay two."))
        except merging.SamePerson:
            messages.error(request, _("That is the same person."))
        return redirect("admin:marketing_profile_change", pk)

    def apart(self, request, pk: int):
        if not _may_merge(request):
            raise PermissionDenied
        done = get_object_or_404(ProfileMerge, pk=_number(request.POST.get("merge")), kept=pk)
        try:
            merging.undo(done, timezone.now())
            messages.success(request, _("They are two people again."))
        except merging.TooLate:
            messages.error(request, _("This can no longer be undone."))
        return redirect("admin:marketing_profile_change", pk)


def _may_merge(request) -> bool:
    return request.user.has_perm("marketing.change_profile")


def _number(typed) -> int:
    typed = str(typed or "")
    return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 19 else 0


def _money(minor: int) -> str:
    return format_minor(minor, settings.SHOP_CURRENCY, get_language() or "en")


def person_of(customer) -> str:
    """The line on the customer's page that leads to all of it."""
    profile = Profile.objects.filter(customer=customer).first()
    if profile is None:
        return format_html("{}", _("not known yet"))
    words = {"stage": profile.get_stage_display(), "day": f"{timezone.localtime(profile.stage_since):%Y-%m-%d}"}
    text = _("%(stage)s since %(day)s") % words
    address = reverse("admin:marketing_profile_change", args=[profile.pk])
    return format_html(
        '<a class="text-primary-600 dark:text-primary-500" href="{}">{}</a><br>{}',
        address, text, standing.why(profile, timezone.now()),
    )  # fmt: skip
