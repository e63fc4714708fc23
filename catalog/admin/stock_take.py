"""Stock-takes: the list of them, and the page on which one is done with a scanner in the hand."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, F, Q
from django.shortcuts import redirect, render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.admin import ModelAdmin
from unfold.decorators import display
from unfold.widgets import UnfoldAdminSelectWidget

from catalog.actions import stock_take
from catalog.admin import stock_take_page
from catalog.models import Location, StockTake
from catalog.moments import stamp


class StartForm(forms.Form):
    location = forms.ModelChoiceField(
        queryset=Location.objects.filter(is_active=True),
        label=gettext_lazy("Which place is counted?"),
        empty_label=None,
        widget=UnfoldAdminSelectWidget,
    )


@admin.register(StockTake)
class StockTakeAdmin(ModelAdmin):
    """Who may change stock may count it."""

    list_display = ["place", "state", "counted", "off", "started_by", "moment"]
    list_filter = ["status", "location"]
    list_select_related = ["location"]
    search_fields = ["location__name", "started_by"]
    list_display_links = ["place"]
    actions = None

    def get_queryset(self, request):
        differs = ~Q(lines__counted=F("lines__expected"))
        return super().get_queryset(request).annotate(number=Count("lines"), differing=Count("lines", filter=differs))

    @display(description=gettext_lazy("location"), ordering="location")
    def place(self, take: StockTake) -> str:
        return str(take.location)

    @display(
        description=gettext_lazy("status"),
        ordering="status",
        label={"open": "warning", "finished": "success", "abandoned": "info"},
    )
    def state(self, take: StockTake) -> tuple[str, str]:
        return take.status, take.get_status_display()

    @display(description=gettext_lazy("articles counted"), ordering="number")
    def counted(self, take: StockTake) -> int:
        return take.number

    @display(description=gettext_lazy("of them differ"), ordering="differing")
    def off(self, take: StockTake) -> int:
        return take.differing

    @display(description=gettext_lazy("begun"), ordering="started_at")
    def moment(self, take: StockTake) -> str:
        return stamp(take.started_at)

    def get_urls(self):
        pages = {"scan": stock_take_page.scan, "set": stock_take_page.set_counted, "close": stock_take_page.close}
        return [
            path(
                f"<int:take_id>/{verb}/",
                self.admin_site.admin_view(view),
                {"model_admin": self},
                name=f"catalog_stocktake_{verb}",
            )
            for verb, view in pages.items()
        ] + super().get_urls()

    def add_view(self, request, form_url="", extra_context=None):
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = StartForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            take = stock_take.start(form.cleaned_data["location"], timezone.now(), str(request.user))
            return redirect("admin:catalog_stocktake_change", take.pk)
        if not Location.objects.filter(is_active=True).exists():
            messages.warning(request, _("There is no place in use. Add a location first."))
        context = {
            **self.admin_site.each_context(request),
            "title": _("Start a stock-take"),
            "opts": self.opts,
            "sentence": _("Start a stock-take"),
            "detail": _("You may go on selling. Nothing changes in the books until you finish it."),
            "button": _("Start counting"),
            "form": form,
            "back": "../",
        }
        return render(request, "office/ask.html", context, status=422 if form.is_bound else 200)

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        take = self.get_object(request, object_id) if object_id else None
        if take is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        if not self.has_view_or_change_permission(request, take) or request.method != "GET":
            raise PermissionDenied
        return stock_take_page.show(request, self, take)

    def has_delete_permission(self, request, obj=None) -> bool:
        return False
