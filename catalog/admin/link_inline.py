"""Where a product leads: what goes with it, what resembles it, what is a step up."""

from django import forms
from django.utils.translation import gettext as _
from unfold.admin import TabularInline

from catalog.models import ProductLink


class LinkForm(forms.ModelForm):
    class Meta:
        model = ProductLink
        fields = ["kind", "target", "position"]

    def clean_target(self):
        target = self.cleaned_data["target"]
        if target.pk == self.instance.product_id:
            raise forms.ValidationError(_("A product cannot lead to itself."))
        return target


class LinkInline(TabularInline):
    model = ProductLink
    form = LinkForm
    fk_name = "product"
    autocomplete_fields = ["target"]
    ordering = ["position", "id"]
    extra = 0
    tab = True
    hide_title = True

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("target")
