"""Transfers from the bank's file: send it, say which column is what, confirm what fits."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST
from unfold.decorators import action, display
from unfold.widgets import UnfoldAdminFileFieldWidget, UnfoldAdminSelectWidget

from customers.admin.read_only import ReadOnlyAdmin
from orders import bank
from orders.actions import bank as actions
from orders.admin.columns import link_to, written
from orders.models import BankFile, BankLine

Status = BankLine.Status
SHOWN = 200
ROLES = {
    "date": gettext_lazy("Day"),
    "amount": gettext_lazy("Amount"),
    "text": gettext_lazy("Text, where the order number stands"),
    "payer": gettext_lazy("Who paid"),
    "currency": gettext_lazy("Currency"),
}


class FileForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("Statement of the bank, as CSV"),
        help_text=gettext_lazy("The same file, or one that overlaps it, pays nothing twice."),
        widget=UnfoldAdminFileFieldWidget,
    )


class ColumnsForm(forms.Form):
    """A choice of column for each thing that is needed, with the first row as an example."""

    def __init__(self, *args, table: bank.Table, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        first = table.rows[0]
        choices = [
            (at, f"{name or at + 1}: {first[at] if at < len(first) else ''}"[:80])
            for at, name in enumerate(table.headings)
        ]
        for role, label in ROLES.items():
            needed = role in bank.NEEDED
            self.fields[role] = forms.TypedChoiceField(
                label=label,
                coerce=int,
                empty_value=None,
                required=needed,
                choices=choices if needed else [("", _("not in the file")), *choices],
                widget=UnfoldAdminSelectWidget,
            )

    def columns(self) -> dict[str, int]:
        return {role: at for role, at in self.cleaned_data.items() if at is not None}


@admin.register(BankLine)
class BankLineAdmin(ReadOnlyAdmin):
    """Every transfer that the bank told of, with the order it paid or why it paid none."""

    list_display = ["booked_on", "sum", "payer", "state", "of_order"]
    list_filter = ["status", "reason"]
    list_select_related = ["order"]
    search_fields = ["payer", "text", "order__number"]
    fields = ["booked_on", "sum", "payer", "text", "status", "reason", "of_order", "file"]
    readonly_fields = ["sum", "of_order"]
    actions_list = ["open_desk"]

    @display(description=gettext_lazy("amount"), ordering="amount")
    def sum(self, line: BankLine) -> str:
        return written(line.amount, line.currency)

    @display(description=gettext_lazy("order"))
    def of_order(self, line: BankLine) -> str:
        return link_to(line.order)

    @display(
        description=gettext_lazy("status"),
        ordering="status",
        label={"exact": "success", "open": "warning", "paid": "success", "aside": "info"},
    )
    def state(self, line: BankLine) -> tuple[str, str]:
        return line.status, line.get_reason_display() if line.reason else line.get_status_display()

    @action(description=gettext_lazy("Match transfers"), url_path="open-desk", permissions=["match"])
    def open_desk(self, request):
        return redirect("admin:orders_bankline_desk")

    def has_match_permission(self, request) -> bool:
        return request.user.has_perm("orders.change_order")

    def get_urls(self):
        view, more = self.admin_site.admin_view, {"model_admin": self}
        own = [
            path("desk/", view(desk), more, name="orders_bankline_desk"),
            path("desk/<int:pk>/columns/", view(columns), more, name="orders_bankline_columns"),
            path("desk/again/", view(again), more, name="orders_bankline_again"),
            path("desk/confirm/", view(confirm), more, name="orders_bankline_confirm"),
            path("desk/aside/", view(put_aside), more, name="orders_bankline_aside"),
        ]
        return [*own, *super().get_urls()]


def desk(request, model_admin):
    """What fits, what does not and why; POST takes a file in."""
    _refuse_others(request)
    form = FileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        sent = form.cleaned_data["file"]
        try:
            file = actions.keep(sent.read(bank.table.LARGEST + 1), sent.name, request.user, timezone.now())
            found = actions.columns_of(bank.read(file.text))
            if not actions.is_complete(found):
                return redirect("admin:orders_bankline_columns", file.pk)
            return _taken_in(request, file, found)
        except bank.Unreadable as refusal:
            form.add_error("file", str(refusal))
    lines = BankLine.objects.select_related("order")
    others = lines.filter(status=Status.OPEN)
    context = {
        **model_admin.admin_site.each_context(request),
        "title": _("Match transfers"),
        "opts": model_admin.opts,
        "form": form,
        "exact": lines.filter(status=Status.EXACT)[:SHOWN],
        "exact_number": lines.filter(status=Status.EXACT).count(),
        "others": others[:SHOWN],
        "others_number": others.count(),
    }
    return render(request, "office/bank.html", context, status=422 if form.is_bound and form.errors else 200)


def columns(request, pk: int, model_admin):
    """Which column is what, asked once for each kind of file."""
    _refuse_others(request)
    file = get_object_or_404(BankFile, pk=pk)
    if not file.text:
        return redirect("admin:orders_bankline_desk")
    table = bank.read(file.text)
    form = ColumnsForm(request.POST or None, table=table, initial=actions.columns_of(table))
    if request.method == "POST" and form.is_valid():
        return _taken_in(request, file, form.columns())
    context = {
        **model_admin.admin_site.each_context(request),
        "title": _("Which column is what?"),
        "subtitle": file.name,
        "opts": model_admin.opts,
        "sentence": _("Which column is what?"),
        "detail": _("It is remembered for files with the same headings. Each choice shows the first row."),
        "button": _("Read the file"),
        "back": reverse("admin:orders_bankline_desk"),
        "form": form,
    }
    return render(request, "office/ask.html", context, status=422 if form.errors else 200)


@require_POST
def again(request, model_admin):
    """Orders were placed or paid since: match what is still to look at anew."""
    _refuse_others(request)
    number = actions.look_again()
    words = ngettext("%(number)d transfer fits an order.", "%(number)d transfers fit an order.", number)
    messages.info(request, words % {"number": number})
    return redirect("admin:orders_bankline_desk")


@require_POST
def confirm(request, model_admin):
    """Mark as paid: one line, or all that fit exactly."""
    _refuse_others(request)
    chosen = BankLine.objects.filter(status=Status.EXACT)
    if "line" in request.POST:
        chosen = BankLine.objects.filter(pk=_number(request, "line"))
    done, left = actions.confirm(chosen.order_by("booked_on", "pk"), request.user, timezone.now())
    if done:
        words = ngettext("%(number)d order is paid.", "%(number)d orders are paid.", done)
        messages.success(request, words % {"number": done})
    if left:
        words = ngettext(
            "%(number)d line no longer fits its order; look at it again.",
            "%(number)d lines no longer fit their orders; look at them again.",
            left,
        )
        messages.warning(request, words % {"number": left})
    return redirect("admin:orders_bankline_desk")


@require_POST
def put_aside(request, model_admin):
    """It is no payment of an order, or was dealt with by hand."""
    _refuse_others(request)
    lines = BankLine.objects.filter(pk=_number(request, "line"), status__in=[Status.OPEN, Status.EXACT])
    if lines.update(status=Status.PUT_ASIDE):
        messages.success(request, _("Put aside. It stays in the list of bank lines."))
    return redirect("admin:orders_bankline_desk")


def _taken_in(request, file: BankFile, found: dict[str, int]):
    came = actions.read(file, found)
    words = _("%(new)d new transfers, %(known)d known before, %(outgoing)d lines without money coming in.")
    messages.success(request, words % {"new": came.new, "known": came.known, "outgoing": came.outgoing})
    if came.faults:
        rows = ", ".join(map(str, came.faults))
        messages.warning(
            request, _("Rows that could not be read: %(rows)s. Is each column what you said?") % {"rows": rows}
        )
    return redirect("admin:orders_bankline_desk")


def _number(request, name: str) -> int:
    value = request.POST.get(name, "")
    return int(value) if value.isascii() and value.isdecimal() and len(value) < 18 else 0


def _refuse_others(request) -> None:
    if not request.user.has_perm("orders.change_order"):
        raise PermissionDenied
