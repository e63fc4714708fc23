"""What is on a gift card, and the codes of those that were bought, to print."""

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from orders.actions import credit
from orders.models import CreditAccount
from shop import carts, gift_cards
from shop.views.order import may_download
from shop.views.paying import order_or_404, private


@never_cache
def balance(request):
    """The code is posted, so that it stands in no address and no log."""
    if request.method != "POST":
        return render(request, "gift-cards/balance.html")
    card, fault = gift_cards.look_up(request, request.POST.get("gift_card", ""))
    context = {"card": card, "fault": fault}
    if card is not None:
        context |= {"entries": card.entries.order_by("-id")[:20], "is_over": gift_cards.is_over(card)}
    return private(render(request, "gift-cards/balance.html", context, status=fault.status if fault else 200))


@never_cache
def to_print(request, token, pk):
    """A bought card that goes to nobody by mail: the buyer prints it, or passes its code on."""
    order = order_or_404(token)
    if not may_download(order):
        raise Http404
    cards = CreditAccount.objects.filter(line__order=order, email="", is_blocked=False)
    card = get_object_or_404(cards.select_related("line"), pk=pk)
    context = {"card": card, "code": credit.code_of(card), "order": order, "token": token}
    return private(render(request, "gift-cards/print.html", context))


@require_POST
def take_off(request):
    """Do not pay with this card after all, from the cart."""
    found = carts.current(request)
    key = request.POST.get("card", "")
    if found is not None and key.isascii() and key.isdecimal() and len(key) < 18:
        credit.take_off(found, int(key))
    return redirect("cart")
