"""The page of a product follows its type: which facts it asks for, and what a new one begins with."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import render
from django.urls import path
from django.utils.html import format_html, format_html_join
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from unfold.decorators import display

from catalog.actions.files import read
from catalog.admin.fact_fields import Asked, asked_of, name_of
from catalog.admin.facts_form import form_for
from catalog.admin.first_variants import axes_of, axis_fields
from catalog.admin.languages import tabs
from catalog.admin.sending import as_download
from catalog.models import Attribute, Fact, Product, ProductType
from catalog.queries.product import facts_of
from catalog.words import languages

# Fields that are narrow enough to stand two in a row.
SHORT = (Attribute.Kind.NUMBER, Attribute.Kind.YES_NO, Attribute.Kind.DATE)


class TypedPages:
    """For the admin of products. On a new product the type is asked first: `?type=`."""

    def get_urls(self):
        view = self.admin_site.admin_view(self.file_view)
        return [path("<int:product_id>/file/<int:pk>/", view, name="catalog_product_file"), *super().get_urls()]

    def add_view(self, request, form_url="", extra_context=None):
        """Which type of thing is it? Without types, or after the answer: the form."""
        asks = request.method == "GET" and "type" not in request.GET and self.has_add_permission(request)
        types = list(ProductType.objects.all()) if asks else []
        if not types:
            return super().add_view(request, form_url, extra_context)
        context = {
            **self.admin_site.each_context(request),
            "title": _("What kind of thing is it?"),
            "opts": self.opts,
            "types": types,
        }
        return render(request, "office/choose-type.html", context)

    def get_changeform_initial_data(self, request) -> dict:
        initial = super().get_changeform_initial_data(request)
        if type_ := type_by(request.GET.get("type")):
            initial |= {"type": type_.pk, "kind": type_.kind, "tax_class": type_.tax_class_id}
            initial["options"] = [option.pk for option in axes_of(request, type_)]
        return initial

    def get_form(self, request, obj=None, change=False, **kwargs):
        kwargs["form"] = form_for(self.form, asked_on(request, obj), axis_fields(axes_on(request, obj)))
        return super().get_form(request, obj, change, **kwargs)

    def fact_fieldsets(self, request, obj) -> list[tuple]:
        """The facts of its type; texts stand in the tabs of their languages, see `language_tabs`."""
        if not self._may_write(request, obj):
            return [(_("Facts"), {"fields": ["facts_said"]})]
        asked = asked_on(request, obj)
        short = [name_of(attribute) for attribute in asked.others if attribute.kind in SHORT]
        wide = [name_of(attribute) for attribute in asked.others if attribute.kind not in SHORT]
        return [(_("Facts"), {"fields": [*_in_pairs(short), *wide, "facts"]})]

    def language_tabs(self, request, obj, *names: str) -> list[tuple]:
        texts = asked_on(request, obj).texts if self._may_write(request, obj) else []
        sets = tabs(obj, *names)
        for language, (_title, options) in zip(languages(), sets, strict=True):
            options["fields"] = [*options["fields"], *(name_of(attribute, language) for attribute in texts)]
        return sets

    def get_readonly_fields(self, request, obj=None):
        return [*super().get_readonly_fields(request, obj), "facts_said"]

    def _may_write(self, request, obj) -> bool:
        return self.has_change_permission(request, obj) if obj else self.has_add_permission(request)

    @display(description=gettext_lazy("Facts"))
    def facts_said(self, product: Product) -> str:
        said = facts_of([product.pk], get_language() or "en").get(product.pk, []) if product.pk else []
        lines = format_html_join("", "<dt>{}</dt><dd>{}</dd>", ((fact.name, fact.text) for fact in said))
        return format_html('<dl class="office-facts">{}</dl>', lines) if said else "–"

    def file_view(self, request, product_id: int, pk: int):
        """A file among the facts, also of a draft."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        fact = Fact.objects.filter(pk=pk, product=product_id, kind="file").first()
        if fact is None:
            raise Http404
        try:
            return as_download(read(fact.path), fact.path)
        except FileNotFoundError:
            raise Http404 from None


def type_by(key: str | None) -> ProductType | None:
    return ProductType.objects.filter(pk=key).first() if (key or "").isascii() and (key or "").isdecimal() else None


def asked_on(request, obj: Product | None) -> Asked:
    """What this request asks of the product; worked out once."""
    if not hasattr(request, "asked_of_product"):
        now = obj.type if obj is not None else None
        sent = (
            type_by(request.POST.get("type")) if request.method == "POST" else now or type_by(request.GET.get("type"))
        )
        request.asked_of_product = asked_of(obj, sent, now if now != sent else None)
    return request.asked_of_product


def axes_on(request, obj: Product | None) -> list:
    """The options along which a new product gets its first variants; none for one that is there."""
    if obj is not None and obj.pk:
        return []
    return axes_of(request, type_by(request.GET.get("type") or request.POST.get("type")))


def _in_pairs(names: list[str]) -> list[tuple[str, ...]]:
    """Two beside each other, where there is room."""
    return [tuple(names[start : start + 2]) for start in range(0, len(names), 2)]
