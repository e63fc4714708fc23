"""What is done to many orders at once, after one question."""

from django.contrib import messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from catalog.actions.stock import NotOnHand
from orders.actions import dispatching, payments, shipping


def ship(model_admin, request, queryset):
    """Send the chosen parcels that are to pack, without tracking numbers; the others are left alone."""
    chosen = queryset.order_by("pk")
    ready = list(queryset.model.objects.to_pack().filter(pk__in=chosen.values("pk")).order_by("pk"))
    if not ready:
        messages.info(request, _("None of the chosen orders is to pack."))
        return None
    if "confirmed" in request.POST:
        _ship(request, ready)
        return None
    count = len(ready)
    question = ngettext("Mark %(number)d parcel as sent?", "Mark %(number)d parcels as sent?", count)
    hidden = [("action", "ship_chosen"), ("confirmed", "1"), *((ACTION_CHECKBOX_NAME, order.pk) for order in ready)]
    context = {
        **model_admin.admin_site.each_context(request),
        "title": _("Mark as sent"),
        "subtitle": _("Orders"),
        "opts": model_admin.opts,
        "sentence": question % {"number": count},
        "detail": _("Each buyer gets a letter, without a tracking number: %(orders)s")
        % {"orders": ", ".join(str(order) for order in ready)},
        "button": _("Mark as sent"),
        "hidden": hidden,
        "back": request.get_full_path(),
    }
    return render(request, "office/ask.html", context)


def _ship(request, orders) -> None:
    sent = 0
    for order in orders:
        try:
            dispatching.dispatch(order, actor=request.user)
            sent += 1
        except (shipping.TooEarly, NotOnHand):
            messages.warning(
                request, _("Order %(number)s was not sent: something in it is not here yet.") % {"number": order}
            )
        except (payments.NotTaken, payments.PaymentUnavailable):
            words = _("Order %(number)s was not sent: its card was not charged. Look at its page.") % {"number": order}
            messages.error(request, words)
        except (shipping.NotPaid, shipping.NotShippable):
            # Somebody was faster; that parcel needs nothing from us.
            messages.info(request, _("Order %(number)s was left alone: it changed meanwhile.") % {"number": order})
    words = ngettext("%(number)d parcel is on its way.", "%(number)d parcels are on their way.", sent)
    messages.success(request, words % {"number": sent})
