"""What a product asks its buyers, on the page of the product."""

from django.conf import settings
from django.utils.translation import gettext as _
from unfold.admin import StackedInline

from catalog import revision
from catalog.admin.languages import NamedWordsForm, in_all
from catalog.admin.money import MoneyAdmin, MoneyField
from catalog.models import Personalisation
from catalog.queries.markets import currencies


def price_in(currency: str) -> str:
    return f"price_in_{currency}"


class PersonalisationForm(NamedWordsForm):
    """Subclassed with a price for each further currency of the shop; see `form_for`."""

    currencies: tuple[str, ...] = ()

    class Meta:
        model = Personalisation
        exclude = ()

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        for currency in self.currencies:
            if field := self.fields.get(price_in(currency)):
                field.initial = self.instance.prices.get(currency)

    def clean(self) -> dict:
        data = super().clean()
        kind, least, most = data.get("kind"), data.get("least"), data.get("most")
        if kind == Personalisation.Kind.CHOICE and not data.get(in_all("choices")[0]):
            self.add_error(in_all("choices")[0], _("Write what can be chosen, one on each line."))
        if least is not None and most is not None and least > most:
            self.add_error("most", _("This must not be less than the least."))
        # Of a currency that the shop does not offer today nothing is asked, and what was said stays.
        told = {currency: data.get(price_in(currency)) for currency in self.currencies}
        kept = {code: price for code, price in self.instance.prices.items() if code not in told}
        self.instance.prices = kept | {code: price for code, price in told.items() if price is not None}
        return data


def form_for(others: tuple[str, ...]) -> type[PersonalisationForm]:
    fields = {
        price_in(currency): MoneyField(
            currency=currency,
            required=False,
            label=_("In %(currency)s") % {"currency": currency},
            help_text=_("Empty: not offered in this currency."),
        )
        for currency in others
    }
    return type("PersonalisationForm", (PersonalisationForm,), {**fields, "currencies": others})


class PersonalisationInline(MoneyAdmin, StackedInline):
    model = Personalisation
    form = PersonalisationForm
    money_fields = ("price",)
    extra = 0
    tab = True
    hide_title = True
    ordering = ["position", "id"]

    def get_formset(self, request, obj=None, **kwargs):
        return super().get_formset(request, obj, form=form_for(self._others(request)), **kwargs)

    def get_fieldsets(self, request, obj=None):
        others = tuple(price_in(currency) for currency in self._others(request))
        rows = [("kind", "price", "position"), *([others] if others else []), tuple(in_all("label"))]
        limits = [("is_required", "excludes_return", "role"), ("least", "most", "step"), tuple(in_all("unit"))]
        return [(None, {"fields": [*rows, tuple(in_all("hint")), *limits, tuple(in_all("choices"))]})]

    def _others(self, request) -> tuple[str, ...]:
        """The currencies beside the shop's own in which it sells; asked once for each page."""
        if not hasattr(request, "other_currencies"):
            found = currencies(revision.current())
            request.other_currencies = tuple(code for code in found if code != settings.SHOP_CURRENCY)
        return request.other_currencies
