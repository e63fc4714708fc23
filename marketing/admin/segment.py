"""Segments: begun from a ready-made one or from nothing, then put together on a page of their own."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.admin import ModelAdmin
from unfold.decorators import action, display

from catalog.moments import stamp
from marketing.actions import segments as desk
from marketing.admin import segment_page, segment_people
from marketing.models import Segment
from marketing.segments.starters import starters


@admin.register(Segment)
class SegmentAdmin(ModelAdmin):
    """Name and purpose here; the rule and the people stand on pages of their own."""

    list_display = ["called", "how", "size", "looked"]
    list_display_links = ["called"]
    list_filter = ["kind"]
    search_fields = ["name", "slug", "description"]
    search_help_text = gettext_lazy("Name, short name or purpose")
    list_per_page = 50
    fields = ["name", "description", "slug"]
    readonly_fields = ["slug"]
    actions = None
    actions_detail = ["to_rule", "to_people"]
    warn_unsaved_form = True

    @display(description=gettext_lazy("segment"), ordering="name")
    def called(self, segment: Segment) -> str:
        markup = '<span class="office-two"><strong>{}</strong><span>{}</span></span>'
        return format_html(markup, segment.name, segment.description or segment.slug)

    @display(description=gettext_lazy("put together"), label={"rule": "info", "list": "success", "empty": "warning"})
    def how(self, segment: Segment) -> tuple[str, str]:
        if segment.is_frozen:
            return "list", _("frozen list")
        return ("rule", _("by rule")) if segment.rule else ("empty", _("no rule yet"))

    @display(description=gettext_lazy("counted"), ordering="counted_at")
    def looked(self, segment: Segment) -> str:
        return stamp(segment.counted_at) or "–"

    def get_urls(self):
        ours = {"rule": self.rule_view, "people": self.people_view, "why": self.why_view, "file": self.file_view}
        ours["freeze"] = self.freeze_view
        wrap = self.admin_site.admin_view
        return [
            *(path(f"<int:pk>/{name}/", wrap(view), name=f"marketing_segment_{name}") for name, view in ours.items()),
            *super().get_urls(),
        ]

    def add_view(self, request, form_url="", extra_context=None):
        """A name, and what to start from; then its rule."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        name = request.POST.get("name", "").replace("\0", "").strip()[:120]
        chosen = next((one for one in starters() if one.code == request.POST.get("start")), None)
        if request.method == "POST" and (name or chosen):
            segment = Segment.objects.create(
                name=name or str(chosen.name)[:120], slug=desk.free_slug(name or (chosen.code if chosen else "")),
                description=str(chosen.what)[:300] if chosen else "",
            )  # fmt: skip
            if chosen:
                segment.rule = chosen.rule()
                segment.save(update_fields=["rule"])
                segment_page.settle_now_or_later(request, segment)
            return redirect("admin:marketing_segment_rule", segment.pk)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Add a segment"),
            "opts": self.opts,
            "starters": starters(),
            "lacks": request.method == "POST",
        }
        return render(request, "office/segment/add.html", context)

    @action(description=gettext_lazy("Rule"), url_path="see-rule", permissions=["view"])
    def to_rule(self, request, object_id: str):
        return redirect("admin:marketing_segment_rule", object_id)

    @action(description=gettext_lazy("People"), url_path="see-people", permissions=["view"])
    def to_people(self, request, object_id: str):
        return redirect("admin:marketing_segment_people", object_id)

    def rule_view(self, request, pk: int):
        segment = self._segment(request, pk, self.has_change_permission)
        if segment.is_frozen:
            return redirect("admin:marketing_segment_people", pk)
        return segment_page.show(request, self, segment)

    def people_view(self, request, pk: int):
        return segment_people.show(request, self, self._segment(request, pk, self.has_view_permission))

    def why_view(self, request, pk: int):
        return segment_people.why(request, self, self._segment(request, pk, self.has_view_permission))

    def file_view(self, request, pk: int):
        return segment_people.as_file(self._segment(request, pk, self.has_change_permission))

    def freeze_view(self, request, pk: int):
        return segment_people.freeze(request, self, self._segment(request, pk, self.has_view_permission))

    def _segment(self, request, pk: int, allowed) -> Segment:
        if not allowed(request):
            raise PermissionDenied
        return segment_people.segment_or_404(pk)

    def delete_view(self, request, object_id, extra_context=None):
        """What something names is not deleted: it is said what does."""
        segment = self.get_object(request, object_id)
        if segment and (users := desk.users_of(segment)):
            words = _("“%(name)s” is not deleted, for it is used by %(users)s.")
            messages.error(request, words % {"name": segment.name, "users": ", ".join(users)})
            return redirect("admin:marketing_segment_change", segment.pk)
        return super().delete_view(request, object_id, extra_context)

    def delete_model(self, request, obj) -> None:
        desk.remove(obj)
