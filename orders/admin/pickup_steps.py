"""What a clerk does with an order that is picked up: put aside and say so, hand over."""

from django.contrib import messages
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from catalog.actions.stock import NotOnHand
from orders.actions import payments, pickup, shipping
from orders.admin.asking import back_to, order_of
from orders.admin.order_facts import facts_of
from orders.admin.order_steps import missing_words, untaken_words


@require_POST
def ready(request, order_id: int, model_admin):
    order = order_of(request, order_id, model_admin)
    try:
        is_new = pickup.make_ready(order, request.user)
    except shipping.NotPaid:
        messages.error(request, _("The money is not here yet: the buyer is told when it is."))
    except pickup.NotPickedUp:
        messages.info(request, _("There is nothing to hand over: it was handed over, or called off, before."))
    else:
        words = _("%(name)s is told that order %(number)s is ready.") if is_new else _("The buyer was told before.")
        messages.success(request, words % facts_of(order))
    return back_to(order)


@require_POST
def hand_over(request, order_id: int, model_admin):
    order = order_of(request, order_id, model_admin)
    try:
        pickup.hand_over(order, request.user)
    except shipping.NotPaid:
        messages.error(request, _("Not handed over: the money is not here yet."))
    except (payments.NotTaken, payments.PaymentUnavailable) as trouble:
        messages.error(request, untaken_words(trouble))
    except shipping.TooEarly as refusal:
        words = {"day": date_format(refusal.released_on)}
        messages.error(request, _("Not handed over: something in it comes out on %(day)s.") % words)
    except NotOnHand as refusal:
        messages.error(request, missing_words(refusal))
    except (pickup.NotPickedUp, shipping.NotShippable):
        messages.info(request, _("There is nothing to hand over: it was handed over, or called off, before."))
    else:
        messages.success(request, _("Order %(number)s is handed over.") % facts_of(order))
    return back_to(order)
