"""Import products: send a file, see what it would do row by row, take it over, read what became of it."""

import csv

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.text import slugify
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from unfold.decorators import action

from catalog.actions.importing import jobs, report
from catalog.admin.import_form import ImportForm

PER_PAGE = 100
# Seconds after which the page of a job at work asks again.
REFRESH = 2
TONES = {report.NEW: "good", report.CHANGED: "careful", report.WRONG: "wrong", report.WARNING: "careful"}


class ImportPages:
    """For the admin of products: three pages, for those who may add products."""

    actions_list = ["import_products"]

    def get_urls(self):
        wrap = self.admin_site.admin_view
        return [
            path("import/", wrap(self.import_view), name="catalog_product_import"),
            path("import/<slug:job_id>/", wrap(self.import_job_view), name="catalog_product_import_job"),
            path(
                "import/<slug:job_id>/report.csv", wrap(self.import_report_view), name="catalog_product_import_report"
            ),
            *super().get_urls(),
        ]

    @action(description=gettext_lazy("Import products"), url_path="import-products", permissions=["add"])
    def import_products(self, request):
        return redirect("admin:catalog_product_import")

    def import_view(self, request):
        """The form, and the files that were sent before."""
        self._only_who_may(request)
        is_sent = request.method == "POST"
        form = ImportForm(request.POST, request.FILES) if is_sent else ImportForm()
        if is_sent and form.is_valid():
            return redirect("admin:catalog_product_import_job", self._keep(request, form.cleaned_data).id)
        context = {**self._frame(request, _("Import products")), "form": form, "jobs": jobs.latest()}
        return render(request, "office/import.html", context, status=422 if form.errors else 200)

    def _keep(self, request, told: dict) -> jobs.Job:
        from catalog.tasks import look_at_import  # the tasks know the actions

        job = jobs.keep(
            told["file"].chunks(),
            told["file"].name,
            told["mapping"],
            actor=str(request.user),
            language=get_language(),
            category=told["category"].slug if told["category"] else "",
            keep_stock=told["keep_stock"],
            only_new=not self.has_change_permission(request),
        )
        if jobs.is_small(job):
            jobs.look(job)
        else:
            look_at_import.delay(job.id)
        return job

    def import_job_view(self, request, job_id: str):
        """One file: at work, to be decided on, or done. A POST takes it over."""
        job = self._job(request, job_id)
        if request.method == "POST":
            return self._take_over(job)
        verdict = request.GET.get("result", "")
        verdict = verdict if verdict in report.VERDICTS or verdict == report.WARNING else ""
        rows = Paginator(list(jobs.rows(job, verdict)), PER_PAGE).get_page(request.GET.get("page"))
        context = {
            **self._frame(request, job.name),
            "job": job,
            "rows": [(row, report.label(row.verdict), TONES.get(row.verdict, "")) for row in rows],
            "page": rows,
            "verdict": verdict,
            "tabs": _tabs(job, verdict),
        }
        response = render(request, "office/import-job.html", context)
        if job.is_busy and not job.is_silent:
            response.headers["Refresh"] = str(REFRESH)
        return response

    def _take_over(self, job: jobs.Job):
        from catalog.tasks import take_over_import

        if jobs.order(job):
            take_over_import.delay(job.id)
        return redirect("admin:catalog_product_import_job", job.id)

    def import_report_view(self, request, job_id: str):
        """What was found of each row, as a CSV that spreadsheets take for no formula."""
        job = self._job(request, job_id)
        lines = (_ECHO.writerow(cells) for cells in report.table(jobs.rows(job)))
        response = StreamingHttpResponse(_with_mark(lines), content_type="text/csv; charset=utf-8")
        name = slugify(job.name.rpartition(".")[0]) or "import"
        response.headers["Content-Disposition"] = f'attachment; filename="{name}-{job.kind}.csv"'
        return response

    def _job(self, request, job_id: str) -> jobs.Job:
        self._only_who_may(request)
        job = jobs.find(job_id)
        if job is None:
            raise Http404
        return job

    def _only_who_may(self, request) -> None:
        if not self.has_add_permission(request):
            raise PermissionDenied

    def _frame(self, request, title: str) -> dict:
        return {**self.admin_site.each_context(request), "title": title, "opts": self.opts}


def _tabs(job: jobs.Job, chosen: str) -> list[dict]:
    counts = job.sums.get("counts", {})
    every = [{"name": "", "title": _("all"), "count": sum(counts.values()), "chosen": not chosen}]
    return every + [
        {"name": name, "title": report.label(name), "count": counts[name], "chosen": chosen == name}
        for name in (*report.VERDICTS, report.WARNING)
        if counts.get(name)
    ]


def _with_mark(lines):
    yield "\ufeff"  # so that spreadsheets know that it is UTF-8
    yield from lines


class _Echo:
    """A file that hands back what is written to it."""

    def write(self, text: str) -> str:
        return text


_ECHO = csv.writer(_Echo())
