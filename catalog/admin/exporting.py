"""Export products: all, or those chosen or filtered in the list; written in the background, then downloaded."""

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.decorators import action

from catalog.actions.exporting import jobs
from catalog.models import Product

REFRESH = 2
LABELS = {
    "xlsx": gettext_lazy("Excel workbook: everything, to edit and send back"),
    "csv": gettext_lazy("CSV: everything, to edit and send back"),
    "shopify": gettext_lazy("Shopify's product CSV"),
}
SHORT = {"xlsx": "XLSX", "csv": "CSV", "shopify": "Shopify"}


class ExportForm(forms.Form):
    kind = forms.ChoiceField(
        label=gettext_lazy("As"), choices=list(LABELS.items()), initial="xlsx", widget=forms.RadioSelect
    )


class ExportPages:
    """For the admin of products: for those who may see products."""

    def get_urls(self):
        wrap = self.admin_site.admin_view
        return [
            path("export/", wrap(self.export_view), name="catalog_product_export"),
            path("export/<slug:job_id>/", wrap(self.export_job_view), name="catalog_product_export_job"),
            path("export/<slug:job_id>/file/", wrap(self.export_file_view), name="catalog_product_export_file"),
            *super().get_urls(),
        ]

    def get_actions(self, request) -> dict:
        """One entry for each format; they take what is ticked, or all that the filters leave."""
        actions = super().get_actions(request)
        for kind in LABELS:
            words = _("Export as %(format)s") % {"format": SHORT[kind]}
            actions[f"export_{kind}"] = (_exporting(kind), f"export_{kind}", words)
        return actions

    @action(description=gettext_lazy("Export products"), url_path="export-products", permissions=["view"])
    def export_products(self, request):
        return redirect("admin:catalog_product_export")

    def export_view(self, request):
        """Which format, and the exports made before."""
        self._only_who_may_see(request)
        form = ExportForm(request.POST or None)
        if form.is_bound and form.is_valid():
            return _begin(_ordered(request, form.cleaned_data["kind"]))
        rows = [(job, SHORT[job.kind]) for job in jobs.latest(sees_costs=_sees_costs(request))]
        frame = {**self.admin_site.each_context(request), "title": _("Export products"), "opts": self.opts}
        context = {**frame, "form": form, "jobs": rows, "number": Product.objects.count()}
        return render(request, "office/export.html", context)

    def export_job_view(self, request, job_id: str):
        """One export: being written, or ready."""
        job = self._export(request, job_id)
        frame = {**self.admin_site.each_context(request), "title": job.name, "opts": self.opts}
        response = render(request, "office/export-job.html", {**frame, "job": job})
        if job.state != jobs.DONE:
            response.headers["Refresh"] = str(REFRESH)
        return response

    def export_file_view(self, request, job_id: str):
        """The file."""
        job = self._export(request, job_id)
        if not job.path.exists():
            raise Http404
        return FileResponse(job.path.open("rb"), as_attachment=True, filename=job.name)

    def _export(self, request, job_id: str) -> jobs.Job:
        self._only_who_may_see(request)
        job = jobs.find(job_id)
        if job is None or (job.has_costs and not _sees_costs(request)):
            raise Http404
        return job

    def _only_who_may_see(self, request) -> None:
        if not self.has_view_permission(request):
            raise PermissionDenied


def _exporting(kind: str):
    def act(model_admin, request, queryset):
        return _begin(_ordered(request, kind, queryset.order_by("pk").values_list("pk", flat=True)))

    return act


def _ordered(request, kind: str, ids=None) -> jobs.Job:
    return jobs.order(kind, ids, actor=str(request.user), has_costs=_sees_costs(request))


def _sees_costs(request) -> bool:
    return request.user.has_perm("catalog.view_cost")


def _begin(job: jobs.Job):
    from catalog.tasks import write_export  # the tasks know the actions

    if job.is_small:
        jobs.write(job)
    else:
        write_export.delay(job.id)
    return redirect("admin:catalog_product_export_job", job.id)
