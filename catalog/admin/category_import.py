"""Categories from a file: send it, see row by row what it would add, take it over."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _
from unfold.decorators import action

from catalog.actions import category_jobs as jobs
from catalog.actions.category_import import KNOWN, NEW, WRONG, Row

PER_PAGE = 100
# Seconds after which the page of a file at work asks again.
REFRESH = 2
LABELS = {NEW: gettext_lazy("new"), KNOWN: gettext_lazy("there already"), WRONG: gettext_lazy("refused")}
TONES = {NEW: "good", WRONG: "wrong"}


class CategoryFileForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy(
            "CSV with a column “path” such as Table > Cups, or JSON with a list of paths; perhaps packed with gzip."
        ),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.txt,.json,.gz,text/csv,application/json"}),
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > jobs.MAX_UPLOAD:
            raise forms.ValidationError(_("The file is larger than 20 MB. Please send it in parts."))
        return file


class CategoryImportPages:
    """For the admin of categories: two pages, for those who may add categories."""

    def get_urls(self):
        wrap = self.admin_site.admin_view
        return [
            path("import/", wrap(self.import_view), name="catalog_category_import"),
            path("import/<slug:job_id>/", wrap(self.import_job_view), name="catalog_category_import_job"),
            *super().get_urls(),
        ]

    @action(description=gettext_lazy("Import categories"), url_path="import-categories", permissions=["add"])
    def import_categories(self, request):
        return redirect("admin:catalog_category_import")

    def import_view(self, request):
        """The form, and the files that were sent before."""
        self._only_who_may(request)
        form = CategoryFileForm(request.POST or None, request.FILES or None)
        if request.method == "POST" and form.is_valid():
            file = form.cleaned_data["file"]
            return _to(_looked_at(jobs.keep(file.chunks(), file.name, str(request.user), get_language())))
        context = {**self._frame(request, _("Import categories")), "form": form, "jobs": jobs.latest()}
        return render(request, "office/category-import.html", context, status=422 if form.errors else 200)

    def import_job_view(self, request, job_id: str):
        """One file: being read, to be decided on, or done. A POST takes it over."""
        self._only_who_may(request)
        job = jobs.find(job_id)
        if job is None:
            raise Http404
        if request.method == "POST":
            return _take_over(request, job)
        verdict = request.GET.get("result", "")
        verdict = verdict if verdict in LABELS else ""
        page = Paginator(_Rows(job, verdict), PER_PAGE).get_page(request.GET.get("page"))
        context = {
            **self._frame(request, job.name),
            "job": job,
            "rows": [(row, LABELS[row.verdict], TONES.get(row.verdict, "")) for row in page],
            "page": page,
            "verdict": verdict,
            "tabs": _tabs(job, verdict),
        }
        response = render(request, "office/category-import-job.html", context)
        if job.is_busy and not job.is_silent:
            response.headers["Refresh"] = str(REFRESH)
        return response

    def _only_who_may(self, request) -> None:
        if not self.has_add_permission(request):
            raise PermissionDenied

    def _frame(self, request, title: str) -> dict:
        return {**self.admin_site.each_context(request), "title": title, "opts": self.opts}


def _looked_at(job: jobs.Job) -> jobs.Job:
    """At once when the file is small, else in the background."""
    from catalog.tasks import look_at_categories  # the tasks know the actions

    if job.is_small:
        jobs.look(job)
    else:
        look_at_categories.delay(job.id)
    return job


def _take_over(request, job: jobs.Job):
    from catalog.tasks import take_over_categories

    if not jobs.order(job):
        return _to(job)
    if not job.is_small:
        take_over_categories.delay(job.id)
        return _to(job)
    jobs.take_over(job)
    if job.state == jobs.DONE:
        words = ngettext("%(number)d category was added.", "%(number)d categories were added.", job.adds)
        messages.success(request, words % {"number": job.adds})
    return _to(job)


def _to(job: jobs.Job):
    return redirect("admin:catalog_category_import_job", job.id)


def _tabs(job: jobs.Job, chosen: str) -> list[dict]:
    every = [{"name": "", "title": _("all"), "count": sum(job.counts.values()), "chosen": not chosen}]
    return every + [
        {"name": name, "title": label, "count": job.counts[name], "chosen": chosen == name}
        for name, label in LABELS.items()
        if job.counts.get(name)
    ]


class _Rows:
    """The rows of a file as a paginator wants them: only those of the page are kept."""

    def __init__(self, job: jobs.Job, verdict: str) -> None:
        self.job, self.verdict = job, verdict

    def __len__(self) -> int:
        return self.job.counts.get(self.verdict, 0) if self.verdict else sum(self.job.counts.values())

    def __getitem__(self, place: slice) -> list[Row]:
        return list(jobs.rows(self.job, self.verdict, place.start, place.stop))
