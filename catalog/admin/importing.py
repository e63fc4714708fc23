"""Import products: send a file, see what it would do row by row, take it over, read what became of it."""

import csv

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.text import slugify
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from unfold.decorators import action

from catalog.actions.importing import Unreadable, jobs, mapping, mend, report, saved
from catalog.actions.importing.lines import Reading
from catalog.actions.importing.sketch import Sketch, sketch
from catalog.admin.import_form import ImportForm
from catalog.admin.mapping_form import MappingForm

PER_PAGE = 100
EVERY = (*report.VERDICTS, report.WARNING, *report.UNDONE)
# Seconds after which the page of a job at work asks again.
REFRESH = 2
TONES = {
    **dict.fromkeys((report.NEW, report.RESTORED, report.REMOVED), "good"),
    **dict.fromkeys((report.CHANGED, report.WARNING, report.LEFT, report.ARCHIVED), "careful"),
    report.WRONG: "wrong",
}


class ImportPages:
    """For the admin of products: three pages, for those who may add products."""

    def get_urls(self):
        wrap = self.admin_site.admin_view
        return [
            path("import/", wrap(self.import_view), name="catalog_product_import"),
            path(
                "import/<slug:job_id>/mapping/", wrap(self.import_mapping_view), name="catalog_product_import_mapping"
            ),
            path("import/<slug:job_id>/mend.csv", wrap(self.import_mend_view), name="catalog_product_import_mend"),
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
            return _to(self._keep(request, form.cleaned_data))
        context = {
            **self._frame(request, _("Import products")),
            "form": form,
            "jobs": jobs.latest(sees_costs=_sees_costs(request)),
        }
        return render(request, "office/import.html", context, status=422 if form.errors else 200)

    def _keep(self, request, told: dict) -> jobs.Job:
        job = jobs.keep(
            told["file"].chunks(),
            told["file"].name,
            told["mapping"],
            actor=str(request.user),
            language=get_language(),
            category=told["category"].slug if told["category"] else "",
            keep_stock=told["keep_stock"],
            only_new=not self.has_change_permission(request),
            has_costs=_sees_costs(request),
        )
        jobs.settle(job)
        return _looked_at(job)

    def import_mapping_view(self, request, job_id: str):
        """Which column is what, for a file that does not say so itself."""
        job = self._job(request, job_id)
        header = {"yes": True, "no": False}.get(request.GET.get("header", ""))
        known = job.mapping
        if header is None and known:
            header = known.get("header", True) is not False
        try:
            seen = sketch(job.folder / "file", header, request.GET.get("tab", (known or {}).get("tab", "")))
        except Unreadable as fault:
            job.save(state=jobs.FAILED, problem=str(fault))
            return _to(job)
        form = MappingForm(seen, known, request.POST if request.method == "POST" else None)
        if form.is_bound and form.is_valid():
            return self._read_by(job, seen, form.cleaned_data)
        context = {**self._frame(request, job.name), "job": job, "form": form, "seen": seen}
        return render(request, "office/import-mapping.html", context, status=422 if form.errors else 200)

    def _read_by(self, job: jobs.Job, seen: Sketch, told: dict):
        name = told["keep_as"].strip()
        if name:
            saved.keep(name, seen.columns, told["mapping"])
        if jobs.read_by(job, told["mapping"], name):
            _looked_at(job)
        return _to(job)

    def import_job_view(self, request, job_id: str):
        """One file: at work, to be decided on, or done. A POST takes it over."""
        job = self._job(request, job_id)
        if request.method == "POST":
            return self._take_back(request, job) if "undo" in request.POST else self._take_over(request, job)
        if job.state == jobs.MAPPING:
            return _to(job)
        verdict = request.GET.get("result", "")
        verdict = verdict if verdict in EVERY else ""
        page = Paginator(_Rows(job, verdict), PER_PAGE).get_page(request.GET.get("page"))
        context = {
            **self._frame(request, job.name),
            "job": job,
            "rows": [(row, report.label(row.verdict), TONES.get(row.verdict, "")) for row in page],
            "page": page,
            "must_agree": job.state == jobs.READY and job.wrong,
            "is_mapped": job.mapping is not None and job.state in (jobs.READY, jobs.FAILED),
            "verdict": verdict,
            "tabs": _tabs(job, verdict),
        }
        response = render(request, "office/import-job.html", context)
        if job.is_busy and not job.is_silent:
            response.headers["Refresh"] = str(REFRESH)
        return response

    def _take_over(self, request, job: jobs.Job):
        from catalog.tasks import take_over_import

        if job.state == jobs.READY and job.wrong and "anyway" not in request.POST:
            messages.error(request, _("Nothing was taken over. Mend the refused rows, or say that the rest may land."))
        elif not job.refuses_all and jobs.order(job):
            take_over_import.delay(job.id)
        return _to(job)

    def _take_back(self, request, job: jobs.Job):
        from catalog.tasks import take_back_import

        if not self.has_change_permission(request):
            raise PermissionDenied
        if jobs.order_undo(job):
            take_back_import.delay(job.id)
        return _to(job)

    def import_mend_view(self, request, job_id: str):
        """The refused lines with the reason beside each, to be mended and sent again."""
        job = self._job(request, job_id)
        reading = mapping.of(job.mapping).reading if job.mapping is not None else Reading()
        lines = mend.table(job.folder / "file", reading, jobs.rows(job, report.WRONG))
        return _download(lines, f"{_stem(job)}-to-mend.csv")

    def import_report_view(self, request, job_id: str):
        """What was found of each row, as a CSV that spreadsheets take for no formula."""
        job = self._job(request, job_id)
        return _download(report.table(jobs.rows(job)), f"{_stem(job)}-{job.kind}.csv")

    def _job(self, request, job_id: str) -> jobs.Job:
        self._only_who_may(request)
        job = jobs.find(job_id)
        if job is None or (job.has_costs and not _sees_costs(request)):
            raise Http404
        return job

    def _only_who_may(self, request) -> None:
        if not self.has_add_permission(request):
            raise PermissionDenied

    def _frame(self, request, title: str) -> dict:
        return {**self.admin_site.each_context(request), "title": title, "opts": self.opts}


def _sees_costs(request) -> bool:
    return request.user.has_perm("catalog.view_cost")


def _tabs(job: jobs.Job, chosen: str) -> list[dict]:
    counts = job.sums.get("counts", {})
    every = [{"name": "", "title": _("all"), "count": sum(counts.values()), "chosen": not chosen}]
    return every + [
        {"name": name, "title": report.label(name), "count": counts[name], "chosen": chosen == name}
        for name in EVERY
        if counts.get(name)
    ]


def _to(job: jobs.Job):
    """To the page where the job goes on."""
    name = "import_mapping" if job.state == jobs.MAPPING else "import_job"
    return redirect(f"admin:catalog_product_{name}", job.id)


def _looked_at(job: jobs.Job) -> jobs.Job:
    """Look at the file: at once when it is small, else in the background."""
    from catalog.tasks import look_at_import  # the tasks know the actions

    if job.state == jobs.WAITING and jobs.is_small(job):
        jobs.look(job)
    elif job.state == jobs.WAITING:
        look_at_import.delay(job.id)
    return job


class _Rows:
    """The rows of a job as a paginator wants them: only those of the page are read."""

    def __init__(self, job: jobs.Job, verdict: str) -> None:
        self.job, self.verdict = job, verdict
        counts = job.sums.get("counts", {})
        self.number = counts.get(verdict, 0) if verdict else sum(counts.values())

    def __len__(self) -> int:
        return self.number

    def __getitem__(self, place: slice) -> list[report.Row]:
        return list(jobs.rows(self.job, self.verdict, place.start, place.stop))


def _stem(job: jobs.Job) -> str:
    return slugify(job.name.rpartition(".")[0]) or "import"


def _download(table, name: str) -> StreamingHttpResponse:
    lines = (_ECHO.writerow(cells) for cells in table)
    response = StreamingHttpResponse(_with_mark(lines), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _with_mark(lines):
    yield "\ufeff"  # so that spreadsheets know that it is UTF-8
    yield from lines


class _Echo:
    """A file that hands back what is written to it."""

    def write(self, text: str) -> str:
        return text


_ECHO = csv.writer(_Echo())
