"""The test bench: what promotions, drafts too, would do to a basket that nobody has. Nothing is written."""

from datetime import datetime

from django import forms
from django.conf import settings
from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelect
from django.core.exceptions import PermissionDenied
from django.shortcuts import render
from django.utils import timezone
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_countries import countries
from unfold.widgets import INPUT_CLASSES, UnfoldAdminSelectWidget, UnfoldAdminTextInputWidget

from catalog import markets
from catalog.markets import Market
from catalog.models import CollectionMember, Variant
from catalog.queries.markets import others
from catalog.queries.prices import quote
from customers.models import CustomerGroup
from orders import delivery
from orders.admin.promotion_words import why
from orders.delivery import Parcel, Refused
from orders.delivery.reading import way_of
from orders.models import DeliveryMethod, Promotion
from orders.promotions import Basket, Good, Outcome, reckon, segments
from orders.promotions.codes import key_of
from orders.queries.promotion_rules import rules_of
from orders.queries.promotion_standing import opened_by
from orders.tax.places import Place

ROWS = range(1, 6)
MOST = 500
FIELD = " ".join(INPUT_CLASSES)


class BenchForm(forms.Form):
    """Up to five variants, who buys them, where they go, and when."""

    country = forms.ChoiceField(label=gettext_lazy("Delivered to"), widget=UnfoldAdminSelectWidget)
    method = forms.ChoiceField(label=gettext_lazy("Delivery"), required=False, widget=UnfoldAdminSelectWidget)
    currency = forms.ChoiceField(label=gettext_lazy("Currency"), widget=UnfoldAdminSelectWidget)
    group = forms.ChoiceField(label=gettext_lazy("Customer group"), required=False, widget=UnfoldAdminSelectWidget)
    before = forms.IntegerField(
        label=gettext_lazy("Orders before this one"),
        min_value=0,
        max_value=10_000,
        initial=0,
        widget=UnfoldAdminTextInputWidget(attrs={"inputmode": "numeric"}),
    )
    segment = forms.ChoiceField(
        label=gettext_lazy("Segment"),
        choices=lambda: [("", _("none")), *segments.choices()],
        required=False,
        widget=UnfoldAdminSelectWidget,
    )
    codes = forms.CharField(
        label=gettext_lazy("Codes"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("Several with commas between them."),
        widget=UnfoldAdminTextInputWidget(attrs={"autocomplete": "off"}),
    )
    at = forms.SplitDateTimeField(
        label=gettext_lazy("When"),
        required=False,
        help_text=gettext_lazy("Empty: now."),
        # The browser's own calendar: that of Django lays its remark on time zones over the field.
        widget=forms.SplitDateTimeWidget(
            date_attrs={"type": "date", "class": FIELD},
            time_attrs={"type": "time", "class": FIELD},
            date_format="%Y-%m-%d",
            time_format="%H:%M",
        ),
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        for row in ROWS:
            self.fields[f"variant_{row}"] = forms.ModelChoiceField(
                Variant.objects.select_related("product"),
                required=False,
                label=_("Variant"),
                widget=AutocompleteSelect(Promotion._meta.get_field("gift"), admin.site),
            )
            self.fields[f"quantity_{row}"] = forms.IntegerField(
                min_value=1,
                max_value=999,
                required=False,
                label=_("Pieces"),
                widget=UnfoldAdminTextInputWidget(attrs={"inputmode": "numeric", "size": 4}),
            )
        known = {settings.SHOP_CURRENCY, *(market.currency for market in others())}
        self.fields["country"].choices = list(countries)
        self.fields["country"].initial = settings.SHOP_COUNTRY
        self.fields["currency"].choices = [(code, code) for code in sorted(known)]
        self.fields["currency"].initial = settings.SHOP_CURRENCY
        self.fields["group"].choices = [("", _("none")), *CustomerGroup.objects.values_list("code", "name")]
        methods = DeliveryMethod.objects.filter(is_active=True)
        self.fields["method"].choices = [("", _("nothing is sent")), *((str(one.pk), one.name) for one in methods)]
        first = next(iter(methods), None)
        self.fields["method"].initial = str(first.pk) if first else ""

    @property
    def rows(self) -> list[tuple]:
        return [(self[f"variant_{row}"], self[f"quantity_{row}"]) for row in ROWS]

    @property
    def terms(self) -> list:
        names = ("country", "method", "currency", "group", "before", "segment", "codes", "at")
        return [self[name] for name in names]

    def wanted(self) -> list[tuple[Variant, int]]:
        told = self.cleaned_data
        rows = [(told.get(f"variant_{row}"), told.get(f"quantity_{row}") or 1) for row in ROWS]
        return [(variant, number) for variant, number in rows if variant]


def page(request, model_admin):
    if not model_admin.has_view_permission(request):
        raise PermissionDenied
    form = BenchForm(request.POST or None)
    context = {
        **model_admin.admin_site.each_context(request),
        "title": _("Test bench"),
        "opts": model_admin.opts,
        "form": form,
        "media": form.media,
    }
    if request.method == "POST" and form.is_valid() and form.wanted():
        context |= _tried(form)
    return render(request, "office/promotion-bench.html", context, status=422 if form.errors else 200)


def _tried(form: BenchForm) -> dict:
    told, wanted = form.cleaned_data, form.wanted()
    market = Market(told["currency"], told["group"])
    now = told["at"] or timezone.now()
    latest = Promotion.objects.order_by("-pk").values_list("pk", flat=True)[:MOST]
    rules = rules_of(Promotion.objects.filter(pk__in=list(latest)))
    goods, unsold = _goods(wanted, market, now, {key for rule in rules for key in rule.goods.collections})
    basket = _basket(told, goods, market, now)
    outcome = reckon(basket, rules, drafts=True)
    return {
        "currency": market.currency,
        "lines": [(variant, good, outcome.off.get(good.key, 0)) for variant, good in goods],
        "unsold": unsold,
        "delivery": basket.delivery,
        "outcome": outcome,
        "total": sum(good.gross for _v, good in goods) + (basket.delivery or 0) - outcome.amount,
        "applied": [(one, _names(goods, outcome, one)) for one in outcome.applied],
        "refused": [(one, why(one, market.currency)) for one in outcome.refused],
    }


def _names(goods: list, outcome: Outcome, applied) -> list[tuple[str, int]]:
    return [(str(variant), applied.parts[good.key]) for variant, good in goods if good.key in applied.parts]


def _goods(wanted, market: Market, now: datetime, collections: set[int]) -> tuple[list, list]:
    with markets.using(market):
        quotes = quote([variant.pk for variant, _number in wanted], market, now)
    products = {variant.product_id for variant, _number in wanted}
    members = CollectionMember.objects.filter(collection__in=collections, product__in=products).exclude(kind="out")
    inside = set(members.values_list("product_id", "collection_id"))
    goods, unsold = [], []
    for key, (variant, number) in enumerate(wanted):
        price = quotes[variant.pk].at(number) if variant.pk in quotes else None
        if price is None:
            unsold.append(variant)
            continue
        product = variant.product
        good = Good(
            key=key,
            unit_price=price.unit,
            quantity=number,
            variant=variant.pk,
            product=product.pk,
            category=product.category_id,
            brand=product.brand_id,
            collections=frozenset(group for owner, group in inside if owner == product.pk),
            is_reduced=bool(price.compare_at and price.compare_at > price.unit),
        )
        goods.append((variant, good))
    return goods, unsold


def _basket(told: dict, goods: list, market: Market, now: datetime) -> Basket:
    keys = [key for key in map(key_of, told["codes"].split(",")) if key]
    method = DeliveryMethod.objects.filter(pk=told["method"]).first() if told["method"] else None
    price = None
    if method:
        price = _delivery_price(method, [*goods], told["country"], market.currency)
    return Basket(
        goods=tuple(good for _variant, good in goods),
        currency=market.currency,
        at=localtime(now),
        country=told["country"],
        group=market.group,
        segments=frozenset(filter(None, [told["segment"]])),
        orders_before=told["before"],
        delivery=price,
        method=method.pk if method else 0,
        codes={one.promotion: one.code for one in opened_by(keys)},
    )


def _delivery_price(method: DeliveryMethod, goods: list, country: str, currency: str) -> int | None:
    """What the method asks for them in that country; None where it does not take them."""
    parcel = Parcel(
        value=sum(good.gross for _variant, good in goods),
        weight_g=sum(variant.weight_g * good.quantity for variant, good in goods),
        number=sum(good.quantity for _variant, good in goods),
    )
    place = Place(country)
    answer = way_of(method).ask(parcel, place, delivery.terms().zone_of(place), currency)
    return None if isinstance(answer, Refused) else answer.for_value(parcel.value)
