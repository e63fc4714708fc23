"""Deleting a category: where does what it holds go? Asked, said back with numbers, then done."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from catalog.actions import categories, listing
from catalog.actions.category_removal import (
    FilledMeanwhile,
    NeedsAPlace,
    Removed,
    collections_asking_for,
    remove,
    sales_changed,
)
from catalog.admin.pickers import CategoryField
from catalog.models import Category, Product
from catalog.queries.category_names import full_names


class HeirForm(forms.Form):
    """Which other category takes over."""

    into = CategoryField(required=False)

    def __init__(self, leaving: Category, is_empty: bool, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.leaving = leaving
        into = self.fields["into"]
        into.required = into.widget.is_required = not is_empty
        into.label = _("Its address then leads to") if is_empty else _("Move everything to")
        into.initial = leaving.get_parent()

    def clean_into(self) -> Category | None:
        into = self.cleaned_data["into"]
        if into and into.path.startswith(self.leaving.path):
            raise forms.ValidationError(_("This is the category itself, or lies below it. Choose another."))
        return into


class Inside:
    """What a category holds, in numbers."""

    def __init__(self, category: Category) -> None:
        self.category = category

    @cached_property
    def own(self) -> int:
        return self.category.products.count()

    @cached_property
    def children(self) -> int:
        return Category.objects.filter(path__startswith=self.category.path, depth=self.category.depth + 1).count()

    @cached_property
    def below(self) -> int:
        """Products in the categories below it."""
        return Product.objects.filter(category__path__startswith=self.category.path).count() - self.own

    @property
    def is_empty(self) -> bool:
        return not self.own and not self.children

    def in_words(self) -> str:
        said = []
        if self.own or not self.children:
            said.append(ngettext("%(n)d product", "%(n)d products", self.own) % {"n": self.own})
        if self.children:
            words = ngettext("%(n)d smaller category", "%(n)d smaller categories", self.children) % {"n": self.children}
            more = ngettext("with %(n)d product", "with %(n)d products", self.below) % {"n": self.below}
            said.append(f"{words} ({more})")
        return _(" and ").join(said)


def show(request, model_admin, category: Category):
    """The question, what the answer would do, and doing it."""
    if not model_admin.has_delete_permission(request, category) or not model_admin.has_change_permission(request):
        raise PermissionDenied
    inside = Inside(category)
    form = HeirForm(category, inside.is_empty, request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return _ask(request, model_admin, category, inside, form)
    into = form.cleaned_data["into"]
    if "sure" not in request.POST:
        return _say_back(request, model_admin, category, inside, into)
    return _do(request, model_admin, category, into)


def _frame(request, model_admin, category: Category) -> dict:
    return {
        **model_admin.admin_site.each_context(request),
        "title": _("Delete a category"),
        "subtitle": _called(category),
        "opts": model_admin.opts,
        "back": reverse("admin:catalog_category_change", args=[category.pk]),
    }


def _ask(request, model_admin, category: Category, inside: Inside, form: HeirForm):
    sentence = _("“%(name)s” holds %(what)s.") % {"name": category, "what": inside.in_words()}
    context = {
        **_frame(request, model_admin, category),
        "sentence": _("“%(name)s” is empty.") % {"name": category} if inside.is_empty else sentence,
        "detail": _("Old links to it lead to the category you choose, for ever.")
        if inside.is_empty
        else _("They need another place before it can go. On the next page you see what would happen."),
        "form": form,
        "button": _("Go on"),
    }
    return render(request, "office/ask.html", context, status=422 if form.errors else 200)


def _say_back(request, model_admin, category: Category, inside: Inside, into: Category | None):
    names = {"name": category, "what": inside.in_words(), "into": _called(into) if into else ""}
    sentence = _("Move %(what)s to “%(into)s” and delete “%(name)s”?") % names
    context = {
        **_frame(request, model_admin, category),
        "sentence": _("Delete “%(name)s”?") % names if inside.is_empty else sentence,
        "detail": _("Its address leads to “%(into)s” from then on.") % names
        if into
        else _("Its address leads nowhere."),
        "notes": _notes(category, into) if into else [],
        "hidden": [("into", into.pk if into else ""), ("sure", "1")],
        "button": _("Delete it") if inside.is_empty else _("Move and delete"),
        "danger": True,
    }
    return render(request, "office/ask.html", context)


def _notes(category: Category, into: Category) -> list[str]:
    """What else follows, one sentence each."""
    joined, left = sales_changed(category, into)
    said = [_("Its goods join the sale “%s”.") % sale for sale in joined]
    said += [_("Its goods leave the sale “%s”.") % sale for sale in left]
    said += [_("The rule of the collection “%s” then asks for the other category.") % row
             for row in collections_asking_for(category)]  # fmt: skip
    if _is_shown(into) != _is_shown(category):
        shown, hidden = _("Shoppers then see its goods."), _("Shoppers then no longer see its goods.")
        said.append(shown if _is_shown(into) else hidden)
    return said


def _is_shown(category: Category) -> bool:
    return not category.get_ancestors().filter(is_public=False).exists() and category.is_public


def _do(request, model_admin, category: Category, into: Category | None):
    name = str(category)
    try:
        with transaction.atomic():
            model_admin.log_deletions(request, Category.objects.filter(pk=category.pk))
            removed = remove(category.pk, into.pk if into else None)
    except (NeedsAPlace, FilledMeanwhile, categories.Cycle, categories.NoSuchCategory):
        messages.error(request, _("Something changed meanwhile, so nothing was moved or deleted. Look again."))
        return redirect("admin:catalog_category_changelist")
    _follow(request, removed, into)
    words = (
        _("“%(name)s” was deleted.") if into is None else _("“%(name)s” was deleted; its address leads to “%(into)s”.")
    )
    said = [words % {"name": name, "into": into}]
    if removed.product_ids:
        number = len(removed.product_ids)
        said.append(ngettext("%(n)d product moved.", "%(n)d products moved.", number) % {"n": number})
    messages.success(request, " ".join(said))
    return redirect("admin:catalog_category_changelist")


def _follow(request, removed: Removed, into: Category | None) -> None:
    from catalog.tasks import follow_category, rebuild_collection  # the tasks know the actions

    for collection in removed.collections:
        rebuild_collection.delay(collection.pk)
    if len(removed.product_ids) <= categories.AT_ONCE:
        listing.refresh(removed.product_ids)
        return
    transaction.on_commit(lambda: follow_category.apply_async([into.pk], retry=False), robust=True)
    messages.info(request, _("Lists know the new place. Search and collections follow in the background."))


def _called(category: Category) -> str:
    return full_names([category], get_language() or "en")[category.pk]
