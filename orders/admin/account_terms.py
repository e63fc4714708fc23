"""Who may buy on account. The checkout offers it to them alone, when they are signed in."""

from django import forms
from django.conf import settings
from django.contrib import admin
from django.db.models import OuterRef, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from unfold.admin import ModelAdmin
from unfold.decorators import display
from unfold.widgets import UnfoldAdminTextInputWidget

from catalog.admin.money import MoneyAdmin
from orders.admin.columns import written
from orders.models import AccountTerms, Order, Payment, PaymentMethod


@admin.register(AccountTerms)
class AccountTermsAdmin(MoneyAdmin, ModelAdmin):
    """A customer or a group, how many days they have, and how much may be open at a time."""

    money_fields = ("limit",)
    list_display = ["whose", "up_to", "open_now", "within"]
    list_display_links = ["whose"]
    list_filter = ["currency"]
    list_select_related = ["customer", "group"]
    search_fields = ["customer__email", "customer__name", "group__name"]
    search_help_text = gettext_lazy("Mail or name of a customer, name of a group")
    autocomplete_fields = ["customer", "group"]
    fields = ["customer", "group", ("limit", "currency"), "days"]

    def get_changeform_initial_data(self, request) -> dict:
        return {"currency": settings.SHOP_CURRENCY, **super().get_changeform_initial_data(request)}

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if db_field.name == "currency":
            return forms.RegexField(
                "^[A-Z]{3}$", label=capfirst(db_field.verbose_name), max_length=3, widget=UnfoldAdminTextInputWidget
            )
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def get_queryset(self, request):
        mine = Payment.objects.filter(
            order__customer=OuterRef("customer"), currency=OuterRef("currency"), order__status=Order.Status.PLACED
        )
        mine = mine.filter(method=PaymentMethod.Code.ON_ACCOUNT, status=Payment.Status.PENDING).order_by()
        sums = mine.values("currency").annotate(sum=Sum("amount")).values("sum")
        return super().get_queryset(request).annotate(owed=Coalesce(Subquery(sums), 0))

    @display(description=gettext_lazy("who"))
    def whose(self, terms: AccountTerms) -> str:
        if terms.customer:
            return f"{terms.customer.get_full_name()} · {terms.customer.email}"
        return _("group %(name)s") % {"name": terms.group}

    @display(description=gettext_lazy("credit limit"), ordering="limit")
    def up_to(self, terms: AccountTerms) -> str:
        return written(terms.limit, terms.currency)

    @display(description=gettext_lazy("open now"))
    def open_now(self, terms: AccountTerms) -> str:
        return written(terms.owed, terms.currency) if terms.customer_id else "–"

    @display(description=gettext_lazy("to pay within"), ordering="days")
    def within(self, terms: AccountTerms) -> str:
        return ngettext("%(number)d day", "%(number)d days", terms.days) % {"number": terms.days}
