"""The account: orders, addresses, preferences. Everything is looked up through its owner."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Sum
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from customers import consent
from customers.actions import address_book
from orders import tokens
from orders.models import Order
from shop import newsletter, recognising
from shop.forms.address import AddressBookForm
from shop.forms.my import PreferencesForm

PER_PAGE = 10


def orders_of(customer):
    """A customer's orders, newest first; a card payment that is still open is none yet."""
    orders = customer.orders.exclude(number=None).annotate(pieces=Sum("lines__quantity"))
    return orders.order_by("-id")


def with_tokens(orders) -> list[Order]:
    orders = list(orders)
    for order in orders:
        order.token = tokens.token_for(order)
    return orders


@never_cache
@login_required
def my(request):
    newest = with_tokens(orders_of(request.user).prefetch_related("lines", "shipments")[:3])
    usual = request.user.addresses.first()
    context = {"last": newest[0] if newest else None, "others": newest[1:], "usual": usual}
    context["credit"] = request.user.credit.filter(balance__gt=0, is_blocked=False).prefetch_related("entries")
    return render(request, "my/my.html", context)


@never_cache
@login_required
def orders(request):
    page = Paginator(orders_of(request.user), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "my/orders.html", {"page": page, "orders": with_tokens(page.object_list)})


@never_cache
@login_required
def addresses(request):
    """The address book, and the form for a new entry."""
    form = address_form(request)
    if request.method == "POST" and not wants_other_country(request) and form.is_valid():
        return save_address(request, form)
    return render(request, "my/addresses.html", {"form": form, "addresses": request.user.addresses.all()})


@never_cache
@login_required
def address(request, pk):
    entry = get_object_or_404(request.user.addresses, pk=pk)
    form = address_form(request, entry)
    if request.method == "POST" and not wants_other_country(request) and form.is_valid():
        return save_address(request, form, entry)
    return render(request, "my/address.html", {"form": form, "address": entry})


@never_cache
@login_required
def delete_address(request, pk):
    entry = get_object_or_404(request.user.addresses, pk=pk)
    if request.method == "POST":
        address_book.remove(entry)
        messages.success(request, _("The address is deleted."))
        return redirect("my-addresses")
    return render(request, "my/delete-address.html", {"address": entry})


@never_cache
@login_required
def preferences(request):
    customer = request.user
    now = {"name": customer.name, "language": customer.language, "news": consent.may_write(customer.email)}
    form = PreferencesForm(request.POST or None, initial=now)
    if request.method == "POST" and form.is_valid():
        customer.name, customer.language = form.cleaned_data["name"], form.cleaned_data["language"]
        customer.save(update_fields=["name", "language"])
        if form.cleaned_data["news"] != now["news"]:
            change_news(request, form)
        messages.success(request, _("Saved."))
        return redirect("my-preferences")
    recognised = {"answer": recognising.answer_of(request), "by_header": recognising.refuses_by_header(request)}
    return render(request, "my/preferences.html", {"form": form, **recognised})


def change_news(request, form) -> None:
    customer = request.user
    if form.cleaned_data["news"]:
        wording = str(form.fields["news"].label)
        newsletter.take_yes(request, customer.email, wording, "account", customer)
    else:
        consent.withdraw(customer.email, "account")


def wants_other_country(request) -> bool:
    """The button beside the country: show the form as the country needs it, nothing else."""
    return "update" in request.POST


def address_form(request, entry=None) -> AddressBookForm:
    country = request.POST.get("country") or (entry.country.code if entry else settings.SHOP_COUNTRY)
    names = [*AddressBookForm.MAIN, *AddressBookForm.EXTRA, "is_default"]
    initial = {name: getattr(entry, name) for name in names} if entry else {"name": request.user.name}
    initial["country"] = country
    if wants_other_country(request):
        return AddressBookForm(country=country, initial={**initial, **request.POST.dict()})
    return AddressBookForm(request.POST or None, country=country, initial=initial)


def save_address(request, form, entry=None):
    address_book.keep(request.user, form.address(), form.cleaned_data["is_default"], entry)
    messages.success(request, _("The address is saved."))
    return redirect("my-addresses")
