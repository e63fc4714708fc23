"""The form of a promotion: what was chosen decides what has to be said."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.admin import TabularInline
from unfold.widgets import UnfoldAdminSelectWidget, UnfoldAdminTextInputWidget

from catalog.admin.languages import NamedWordsForm
from catalog.admin.money import MoneyField
from catalog.admin.weekdays import DaysField
from catalog.money import digits
from orders.models import Promotion, PromotionAmount, PromotionCode
from orders.models.promotion import WEEK
from orders.promotions import segments
from orders.promotions.codes import key_of

Benefit = Promotion.Benefit


class WeekdaysField(DaysField):
    """None and all of the days mean every day."""

    def clean(self, value) -> str:
        ticked = super().clean(value)
        return "" if ticked == WEEK else ticked


class PromotionForm(NamedWordsForm):
    class Meta:
        model = Promotion
        fields = "__all__"  # noqa: DJ007

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if "segment" in self.fields:
            self.fields["segment"] = segment_field(self.instance.segment)

    def clean(self) -> dict:
        data = super().clean()
        benefit = data.get("benefit")
        if benefit in Promotion.NEED_PERCENT and not data.get("percent"):
            self.add_error("percent", _("Say how many percent."))
        if benefit in Promotion.NEED_AMOUNT and data.get("amount") is None:
            self.add_error("amount", _("Say the amount or the price."))
        if benefit in (Benefit.BUY_GET, Benefit.BUNDLE) and not data.get("buy_quantity"):
            self.add_error("buy_quantity", _("Say how many pieces."))
        if benefit == Benefit.BUY_GET and not data.get("get_quantity"):
            self.add_error("get_quantity", _("Say how many pieces one gets."))
        if benefit == Benefit.GIFT and not data.get("gift"):
            self.add_error("gift", _("Choose the gift."))
        starts, ends = data.get("starts_at"), data.get("ends_at")
        if starts and ends and ends <= starts:
            self.add_error("ends_at", _("It would end before it begins."))
        for name in ("limit_total", "limit_per_customer", "limit_per_day", "nth_order", "buy_quantity", "get_quantity"):
            if data.get(name) == 0:
                self.add_error(name, _("Leave it empty, or say at least 1."))
        return data


def segment_field(chosen: str = "") -> forms.ChoiceField:
    """The segments that there are, and the one that is named though it is gone."""
    offered = segments.choices()
    gone = [(chosen, _("%(name)s (not there any more)") % {"name": chosen})]
    return forms.ChoiceField(
        label=_("Segment"),
        choices=[("", _("everybody")), *offered, *(gone if chosen and chosen not in dict(offered) else [])],
        required=False,
        widget=UnfoldAdminSelectWidget,
        help_text=_("For signed-in customers who are in it."),
    )


class AmountForm(forms.ModelForm):
    """Amounts are read in the decimals of the currency beside them."""

    amount = MoneyField(label=gettext_lazy("Amount or price"), required=False)
    min_value = MoneyField(label=gettext_lazy("From this value on"), required=False)
    budget = MoneyField(label=gettext_lazy("Budget"), required=False)

    class Meta:
        model = PromotionAmount
        fields = ["currency", "amount", "min_value", "budget"]

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        typed = (self.data.get(self.add_prefix("currency")) if self.is_bound else self.instance.currency) or ""
        for name in ("amount", "min_value", "budget"):
            self.fields[name].speak(typed.strip().upper())

    def clean_currency(self) -> str:
        currency = self.cleaned_data["currency"].strip().upper()
        if currency == settings.SHOP_CURRENCY:
            raise forms.ValidationError(_("The amounts in the shop's own currency stand above."))
        try:
            digits(currency)
        except ValueError:
            raise forms.ValidationError(_("There is no such currency.")) from None
        return currency


class AmountInline(TabularInline):
    model = PromotionAmount
    form = AmountForm
    extra = 0


class CodeForm(forms.ModelForm):
    class Meta:
        model = PromotionCode
        fields = ["code", "limit", "is_active"]
        widgets = {"code": UnfoldAdminTextInputWidget(attrs={"autocomplete": "off", "spellcheck": "false"})}

    def clean_code(self) -> str:
        code = self.cleaned_data["code"].strip()
        key = key_of(code)
        if not key:
            raise forms.ValidationError(_("A code needs letters or digits."))
        if PromotionCode.objects.filter(key=key).exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError(_("There is such a code already."))
        return code

    def save(self, commit: bool = True) -> PromotionCode:
        self.instance.key = key_of(self.cleaned_data["code"])
        return super().save(commit)


class CodeInline(TabularInline):
    """Codes that were made up by hand; those of a batch stand in their own list."""

    model = PromotionCode
    form = CodeForm
    extra = 0
    max_num = 50
    verbose_name_plural = gettext_lazy("codes made up by hand")

    def get_queryset(self, request):
        return super().get_queryset(request).filter(batch="")
