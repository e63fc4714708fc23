"""The account's saved cards: looked at and deleted here, saved and used on the card page."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from orders import providers
from orders.actions import saved_cards


@never_cache
@login_required
def mine(request):
    try:
        if request.method == "POST":
            if saved_cards.forget(request.user, request.POST.get("card", "")[:120]):
                messages.success(request, _("The card is deleted."))
            return redirect("my-cards")
        cards, is_away = saved_cards.cards_of(request.user), False
    except (providers.Unavailable, providers.Refused):
        cards, is_away = [], True
    return render(request, "my/cards.html", {"cards": cards, "is_away": is_away})
