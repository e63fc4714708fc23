"""A page for staff: what still has to be translated, with a way straight to each field."""

from django.contrib.admin.sites import site
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import ForeignKey, Model
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import strip_tags
from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext as _

from catalog.admin.languages import NAMES
from catalog.models import Fact
from catalog.words import languages
from shop import untranslated
from shop.untranslated import Kind

PER_PAGE = 50
LONGEST_WORDS = 100


def untranslated_view(request):
    """Languages and kinds of things with their counts; below, the texts of one kind that lack one language."""
    known = [kind for kind in untranslated.kinds() if _may_read(request, kind.model)]
    if not known:
        raise PermissionDenied
    others = languages()[1:]
    language = request.GET.get("language")
    language = language if language in others else others[0]
    found = untranslated.counts(known)
    kind = _chosen(request, known, found, language)
    words = request.GET.get("q", "").replace("\0", "").strip()[:LONGEST_WORDS]
    page = Paginator(_with_parents(untranslated.rows(kind, language, words), kind), PER_PAGE)
    context = {
        **site.each_context(request),
        "title": _("Missing translations"),
        "languages": [(code, NAMES[code], sum(found[one.code][code] for one in known)) for code in others],
        "language": language,
        "kinds": [(one.code, _name(one), found[one.code][language]) for one in known if found[one.code][language]],
        "kind": kind.code,
        "words": words,
        "page": page.get_page(request.GET.get("page")),
    }
    context["rows"] = [_line(row, kind, language) for row in context["page"]]
    return render(request, "office/untranslated.html", context)


def _chosen(request, known: list[Kind], found: dict, language: str) -> Kind:
    """The kind asked for, else the first with a gap, else the first."""
    asked = [kind for kind in known if kind.code == request.GET.get("kind")]
    open_ = [kind for kind in known if found[kind.code][language]]
    return (asked or open_ or known)[0]


def _name(kind: Kind) -> str:
    return capfirst(kind.model._meta.verbose_name_plural)


def _parent(model: type[Model]) -> ForeignKey | None:
    """The key to the thing on whose page this one is edited; None when it has a page of its own."""
    if model in site._registry:
        return None
    keys = [field for field in model._meta.fields if isinstance(field, ForeignKey)]
    return next((key for key in keys if key.related_model in site._registry), None)


def _may_read(request, model: type[Model]) -> bool:
    parent = _parent(model)
    page_of = parent.related_model if parent else model
    return page_of in site._registry and site._registry[page_of].has_view_permission(request)


def _with_parents(rows, kind: Kind):
    parent = _parent(kind.model)
    return rows.select_related(parent.name) if parent else rows


def _line(row: Model, kind: Kind, language: str) -> dict:
    parent = _parent(kind.model)
    page_of = getattr(row, parent.name) if parent else row
    name = f"admin:{page_of._meta.app_label}_{page_of._meta.model_name}_change"
    address = reverse(name, args=[page_of.pk])
    fields = [
        (capfirst(kind.model._meta.get_field(field).verbose_name), f"{address}#{_anchor(row, field, language, parent)}")
        for field in untranslated.gaps_of(row, kind, language)
    ]
    said = getattr(row, untranslated.column(kind.fields[0], languages()[0])) or str(row)
    return {
        "said": Truncator(strip_tags(said)).chars(120),
        "within": str(page_of) if parent else "",
        "fields": fields,
        "address": address,
    }


def _anchor(row: Model, field: str, language: str, parent: ForeignKey | None) -> str:
    """The name that the field has in the page; of a part of another thing, the part."""
    if isinstance(row, Fact):
        return f"id_fact_{row.attribute_id}_{language}"
    return f"{row._meta.model_name}s-group" if parent else f"id_{untranslated.column(field, language)}"
