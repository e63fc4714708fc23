"""Promotion codes of the cart: typed, and taken out again."""

from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from orders.actions import promotions as actions
from orders.promotions.codes import key_of
from shop import carts, gift_cards, promotions
from shop.views.cart import closed, shown


@require_POST
def enter(request):
    found = carts.current(request)
    if found is None:
        return closed(request)
    typed = request.POST.get("code", "")
    enter_it = gift_cards.enter if gift_cards.looks_like_one(typed) else promotions.enter
    if fault := enter_it(request, found, typed):
        return shown(request, found, status=fault.status, code_fault=fault)
    return redirect("cart")


@require_POST
def take_off(request):
    found = carts.current(request)
    if found is None:
        return closed(request)
    actions.take_off(found, key_of(request.POST.get("code", "")))
    return redirect("cart")
