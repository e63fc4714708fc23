"""Reading what people wrote and deciding whether it is shown: one at a time, or many after one question."""

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from unfold.widgets import UnfoldAdminSelectWidget

from marketing.models import Grounds

STATES = {"pending": "warning", "published": "success", "rejected": "danger"}


class GroundsForm(forms.Form):
    """Why it is not shown; its author reads this."""

    grounds = forms.ChoiceField(
        label=gettext_lazy("Why"), choices=Grounds.choices, widget=UnfoldAdminSelectWidget(choices=Grounds.choices)
    )


def told(request, number: int) -> None:
    """Say how many changed."""
    words = ngettext("%(number)d changed.", "%(number)d changed.", number)
    (messages.success if number else messages.info)(request, words % {"number": number})


def ask_grounds(model_admin, request, queryset, reject: Callable, back: str = ""):
    """Ask why these are not to be shown, then reject them; `reject(row, grounds)` tells whether it did."""
    rows = list(queryset)
    form = GroundsForm(request.POST if "confirmed" in request.POST else None)
    if form.is_valid():
        told(request, sum(bool(reject(row, form.cleaned_data["grounds"])) for row in rows))
        return redirect(back) if back else None
    hidden = [("confirmed", "1")]
    if not back:
        hidden += [("action", request.POST.get("action", "")), *((ACTION_CHECKBOX_NAME, row.pk) for row in rows)]
    sentence = ngettext("Keep %(number)d out of the shop?", "Keep %(number)d out of the shop?", len(rows))
    context = {
        **model_admin.admin_site.each_context(request),
        "title": _("Reject"),
        "subtitle": model_admin.opts.verbose_name_plural,
        "opts": model_admin.opts,
        "sentence": sentence % {"number": len(rows)},
        "detail": _("A low rating alone is no reason. The author of a review gets a letter that says why."),
        "form": form,
        "button": _("Reject"),
        "danger": True,
        "hidden": hidden,
        "back": back or request.get_full_path(),
    }
    return render(request, "office/ask.html", context)


def ask(model_admin, request, title: str, sentence: str, detail: str, back: str):
    """One question; the answer is a POST to the same address."""
    context = {
        **model_admin.admin_site.each_context(request),
        "title": title,
        "subtitle": model_admin.opts.verbose_name_plural,
        "opts": model_admin.opts,
        "sentence": sentence,
        "detail": detail,
        "button": title,
        "back": back,
    }
    return render(request, "office/ask.html", context)
