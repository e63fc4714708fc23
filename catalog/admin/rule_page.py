"""The page on which a rule is put together, row by row, with what it finds before it is kept. No script is needed."""

from dataclasses import dataclass

from django.conf import settings
from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from catalog import rules
from catalog.actions import collections
from catalog.actions.collections.rebuilding import AT_ONCE
from catalog.admin import rule_draft
from catalog.admin.choices import choices, is_short
from catalog.admin.rule_draft import Draft
from catalog.models import Collection
from catalog.queries.lists.rows import cards_of
from catalog.rules.fields import REFERENCES

SAMPLE = 8


@dataclass(frozen=True, slots=True)
class Row:
    """A node as the page draws it; `label` is the field's, `parts` those of a group."""

    path: str
    draft: Draft
    label: str
    operators: list[tuple[str, str]]
    choices: list[tuple[str, str]]
    is_searched: bool
    parts: list["Row"]

    @property
    def may_nest(self) -> bool:
        return self.path.count(".") + bool(self.path) < 2


def show(request, model_admin, collection: Collection):
    """The page; a POST presses one of its buttons."""
    draft = rule_draft.read(request.POST) if request.method == "POST" else rule_draft.of_rule(collection.rule)
    button = request.POST.get("do", "")
    if button == "save" and (answer := _save(request, collection, draft)):
        return answer
    if button == "clear":
        return _clear(request, collection)
    rule_draft.press(draft, button, request.POST)
    context = {
        **model_admin.admin_site.each_context(request),
        "title": _("Rule"),
        "subtitle": str(collection),
        "opts": model_admin.opts,
        "collection": collection,
        "root": _row(draft, ""),
        "fields": [(code, field.label) for code, field in rules.FIELDS.items()],
        "currency": settings.SHOP_CURRENCY,
        **_fits(draft),
    }
    return render(request, "office/collection/rule.html", context)


def _row(draft: Draft, path: str) -> Row:
    if draft.is_group:
        parts = [_row(part, f"{path}.{place}" if path else str(place)) for place, part in enumerate(draft.parts)]
        return Row(path, draft, "", [], [], False, parts)
    known = rules.FIELDS[draft.field]
    operators = [(code, operator.label) for code, operator in known.operators.items()]
    is_choice = known.kind in (*REFERENCES, "yes", "kind")
    offered = choices(known.kind, draft.find, draft.text) if is_choice else []
    return Row(path, draft, known.label, operators, offered, known.kind in REFERENCES and not is_short(known.kind), [])


def _fits(draft: Draft) -> dict:
    """What the draft would find, or why it is no rule yet."""
    try:
        rule = rules.read(rule_draft.as_data(draft))
    except rules.Unfit as unfit:
        return {"unfit": str(unfit) if draft.parts else ""}
    found = collections.count(rule)
    return {
        "found": found,
        "is_rule": True,
        "cards": cards_of(collections.sample(rule, SAMPLE), get_language() or "en"),
    }


def _save(request, collection: Collection, draft: Draft):
    try:
        rule = rules.read(rule_draft.as_data(draft))
    except rules.Unfit as unfit:
        messages.error(request, str(unfit))
        return None
    bring_in_step(request, collection, collections.save_rule(collection, rule))
    return redirect("admin:catalog_collection_goods", collection.pk)


def _clear(request, collection: Collection):
    bring_in_step(request, collection, collections.save_rule(collection, None))
    return redirect("admin:catalog_collection_goods", collection.pk)


def bring_in_step(request, collection: Collection, differing: int) -> None:
    """Write what differs now, or let a worker do so when it is much."""
    from catalog.tasks import rebuild_collection  # the tasks know the actions

    if differing > AT_ONCE:
        Collection.objects.filter(pk=collection.pk).update(to_do=differing, done=0)
        rebuild_collection.delay(collection.pk)
        messages.info(request, _("The rule is kept. Its goods are being put together; this page shows how far."))
        return
    changed = collections.rebuild(collection)
    words = ngettext(
        "The rule is kept: %(number)d product joined or left.",
        "The rule is kept: %(number)d products joined or left.",
        changed,
    )
    messages.success(request, words % {"number": changed})
