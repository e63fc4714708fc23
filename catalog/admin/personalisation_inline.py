"""What a product asks its buyers, on the page of the product."""

from django.utils.translation import gettext as _
from unfold.admin import StackedInline

from catalog.admin.languages import NamedWordsForm, in_all
from catalog.admin.money import MoneyAdmin
from catalog.models import Personalisation


class PersonalisationForm(NamedWordsForm):
    class Meta:
        model = Personalisation
        exclude = ()

    def clean(self) -> dict:
        data = super().clean()
        kind, least, most = data.get("kind"), data.get("least"), data.get("most")
        if kind == Personalisation.Kind.CHOICE and not data.get(in_all("choices")[0]):
            self.add_error(in_all("choices")[0], _("Write what can be chosen, one on each line."))
        if least is not None and most is not None and least > most:
            self.add_error("most", _("This must not be less than the least."))
        return data


class PersonalisationInline(MoneyAdmin, StackedInline):
    model = Personalisation
    form = PersonalisationForm
    money_fields = ("price",)
    extra = 0
    tab = True
    hide_title = True
    ordering = ["position", "id"]

    def get_fieldsets(self, request, obj=None):
        rows = [("kind", "price", "position"), tuple(in_all("label")), tuple(in_all("hint"))]
        limits = [("is_required", "excludes_return"), ("least", "most", "step"), tuple(in_all("unit"))]
        return [(None, {"fields": [*rows, *limits, tuple(in_all("choices"))]})]
