"""The last part of a web address, as staff change it: the old one goes on leading to the thing."""

from django import forms
from django.utils.translation import gettext as _

from catalog.actions import addresses


def own_address(form: forms.ModelForm, kind) -> str:
    """The slug that was typed; refused when it once was the address of another thing and still leads there."""
    slug = form.cleaned_data["slug"]
    other = slug and addresses.held_by_another(kind, slug, form.instance.pk)
    if other:
        words = _("This was once the address of “%(other)s”, and links in the world still lead there. Choose another.")
        raise forms.ValidationError(words % {"other": other})
    return slug


class KeepsAddress:
    """Mixed into a form: an old address of another thing is not taken."""

    def clean_slug(self) -> str:
        return own_address(self, self._meta.model)


class Movable:
    """Mixed into an admin class of things with a slug."""

    def save_model(self, request, obj, form, change) -> None:
        super().save_model(request, obj, form, change)
        if change and "slug" in form.changed_data:
            addresses.left(obj, form.initial.get("slug") or "")
