"""Wish lists: one's own, and those that somebody shows by a link."""

from allauth.account.adapter import get_adapter
from django.contrib import messages
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from catalog.models import Variant
from orders.actions import carts as cart_actions
from orders.actions import wishes as actions
from orders.models import Wish, WishList
from orders.models.wish_list import MOST_LISTS, MOST_WISHES
from orders.queries.wishes import seen, shared, token_of
from shop import carts, wishes
from shop.asking import typed_in
from shop.forms.cart import AddLineForm
from shop.forms.wishes import ListForm
from shop.limits import within
from shop.views.cart import not_in, sold_in, too_many
from shop.views.paying import private

# Of each list on the page of all; the rest is a click away.
SHOWN = 6
# Lists that one address may begin without an account, and in how many seconds.
OFTEN = (20, 3600)


@never_cache
def lists(request: HttpRequest) -> HttpResponse:
    """All lists of the visitor; POST begins one."""
    form = ListForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        if not request.user.is_authenticated and not within("lists", get_adapter().get_client_ip(request), *OFTEN):
            messages.error(request, _("Those were many lists. Please wait an hour, or sign in."))
            return redirect("lists")
        owner = wishes.owner_of(request, begins=True)
        try:
            made = actions.begin(owner, form.cleaned_data["name"])
        except actions.TooManyWishes:
            form.add_error("name", _("These are %(most)d lists already. Delete one first.") % {"most": MOST_LISTS})
        else:
            actions.rename(made, made.name, form.cleaned_data["is_gift"])
            return wishes.remember(request, redirect("list", made.pk), owner)
    found = list(actions.lists_of(wishes.owner_of(request)).annotate(things=Count("wishes")))
    goods = seen(found, first=SHOWN) if found else {}
    context = {"lists": [(one, goods.get(one.pk, [])) for one in found], "form": form}
    return private(render(request, "lists/lists.html", context, status=422 if form.errors else 200))


@never_cache
def one(request: HttpRequest, pk) -> HttpResponse:
    """One of the visitor's lists; POST changes it: `do` says how."""
    found = own_or_404(request, pk)
    if request.method == "POST" and (answer := _changed(request, found)):
        return answer
    return _page(request, found)


def _page(request: HttpRequest, found: WishList, form: ListForm | None = None) -> HttpResponse:
    address = request.build_absolute_uri(reverse("shared-list", args=[token_of(found)])) if found.is_shared else ""
    form = form or ListForm(initial={"name": found.name, "is_gift": found.is_gift})
    context = {"list": found, "wishes": seen([found]).get(found.pk, []), "form": form, "address": address}
    return private(render(request, "lists/list.html", context, status=422 if form.errors else 200))


def _changed(request: HttpRequest, found: WishList) -> HttpResponse | None:
    wanted = request.POST.get("do")
    if wanted == "share":
        actions.share(found)
        messages.success(request, _("Whoever has the link below sees this list."))
    elif wanted == "unshare":
        actions.unshare(found)
        messages.success(request, _("Only you see this list now. The link leads nowhere any more."))
    elif wanted == "delete":
        found.delete()
        messages.success(request, _("The list “%(name)s” is deleted.") % {"name": found.name})
        return redirect("lists")
    elif wanted == "change":
        form = ListForm(request.POST)
        if not form.is_valid():
            return _page(request, found, form)
        actions.rename(found, form.cleaned_data["name"], form.cleaned_data["is_gift"])
        messages.success(request, _("Saved."))
    return redirect("list", found.pk)


@require_POST
def add(request: HttpRequest) -> HttpResponse:
    """Wish for what the page of a product shows: on the list that was chosen, the newest one, or a first one."""
    form = AddLineForm(request.POST)
    variant = form.is_valid() and Variant.objects.for_cart().filter(sku=form.cleaned_data["sku"]).first()
    if not variant:
        messages.error(request, _("This is no longer sold. Nothing was added."))
        return redirect("lists")
    owner = wishes.owner_of(request, begins=True)
    wish_list = actions.lists_of(owner).last() or actions.begin(owner, _("Wish list"))
    try:
        wish = actions.add(wish_list, variant, form.cleaned_data["quantity"], typed_in(request.POST))
    except cart_actions.NotForSale:
        messages.error(request, _("This is no longer sold. Nothing was added."))
    except actions.TooManyWishes:
        messages.error(request, full())
    else:
        words = _("“%(name)s” is on your list “%(list)s”.") % {"name": wish.name, "list": wish_list.name}
        link = format_html(
            '<a class="own-tap" href="{}">{}</a>', reverse("list", args=[wish_list.pk]), _("See the list")
        )
        messages.success(request, format_html("{} {}", words, link))
    address = f"{variant.product.get_absolute_url()}?{urlencode({'sku': variant.sku})}"
    return wishes.remember(request, redirect(address), owner)


@require_POST
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """One wish of the visitor's: to the cart, to another list, or away."""
    owner = wishes.owner_of(request)
    terms = {f"wish_list__{name}": value for name, value in owner.terms.items()}
    wish = get_object_or_404(Wish.objects.select_related("variant__product", "wish_list"), pk=pk, **terms)
    is_later = wish.wish_list.kind == WishList.Kind.LATER
    back = redirect("cart") if is_later else redirect("list", wish.wish_list_id)
    if request.POST.get("do") == "remove":
        wish.delete()
        messages.success(request, _("“%(name)s” was taken out.") % {"name": wish.name})
        return back
    return _into_cart(request, wish, lambda cart: actions.to_cart(wish, cart), back)


@never_cache
def shown(request: HttpRequest, token: str) -> HttpResponse:
    """A list that somebody shows; POST puts one piece of a wish in the visitor's cart."""
    try:
        found = shared(token)
    except WishList.DoesNotExist:
        raise Http404 from None
    # Whose list it is is not told what was bought, not by his own link either.
    marks = found.is_gift and not wishes.is_own(request, found)
    put = actions.give if marks else _added
    if request.method == "POST":
        pk = request.POST.get("wish", "")
        wishes_of = found.wishes.select_related("variant__product", "wish_list")
        wish = get_object_or_404(wishes_of, pk=int(pk) if pk.isascii() and pk.isdecimal() and len(pk) < 16 else 0)
        return _into_cart(request, wish, lambda cart: put(wish, cart), redirect("shared-list", token))
    context = {"list": found, "wishes": seen([found]).get(found.pk, []), "token": token, "marks": marks}
    return private(render(request, "lists/shared.html", context))


def _added(wish: Wish, cart) -> object:
    """What is no gift is simply a good idea: it is not marked as bought."""
    return cart_actions.add(cart, wish.variant, 1, answers=wish.answers)


def _into_cart(request: HttpRequest, wish: Wish, put, back: HttpResponse) -> HttpResponse:
    if wish.variant is None:
        messages.error(request, _("This is no longer sold. Nothing was added."))
        return back
    cart = carts.for_adding(request)
    try:
        put(cart)
    except cart_actions.NotAnswered:
        # It has to be told anew what it is to be made to.
        return redirect(f"{wish.variant.product.get_absolute_url()}?sku={wish.variant.sku}")
    except cart_actions.NotInCurrency:
        messages.error(request, not_in(cart.currency))
    except (cart_actions.NotForSale, cart_actions.CartIsClosed):
        messages.error(request, _("This is no longer sold. Nothing was added."))
    except cart_actions.NotThatMany as refusal:
        messages.error(request, sold_in(refusal.quantities))
    except cart_actions.TooMany as refusal:
        messages.error(request, too_many(refusal.available, carts.pieces(cart, wish.variant)))
    except actions.BoughtAlready:
        messages.error(request, _("Somebody has bought this already, or it is in your cart."))
    else:
        messages.success(request, _("“%(name)s” is in your cart.") % {"name": wish.name})
        back = redirect("cart")
    return carts.remember(request, back, cart)


def own_or_404(request: HttpRequest, pk) -> WishList:
    """A named list of the visitor's; those of others look like none."""
    owner = wishes.owner_of(request)
    return get_object_or_404(WishList, pk=pk, kind=WishList.Kind.LIST, **owner.terms)


def full() -> str:
    return _("A list holds at most %(most)d things. Take something out first.") % {"most": MOST_WISHES}
