"""The question before something happens to an order, and the way back to its page."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render

from orders.models import Order


def order_of(request, order_id: int, model_admin) -> Order:
    """The order, for somebody who may act on it."""
    if not model_admin.has_change_permission(request):
        raise PermissionDenied
    return get_object_or_404(Order.objects.select_related("customer"), pk=order_id)


def back_to(order: Order):
    return redirect("admin:orders_order_change", order.pk)


def ask(request, model_admin, order: Order, *, title, sentence, detail, button, form=None, **more):
    """Render the question; `more` may be notes, hidden and danger."""
    context = {
        **model_admin.admin_site.each_context(request),
        "title": title,
        "subtitle": str(order),
        "opts": model_admin.opts,
        "sentence": sentence,
        "detail": detail,
        "button": button,
        "form": form,
        "back": back_to(order).url,
        **more,
    }
    return render(request, "office/ask.html", context, status=422 if form is not None and form.errors else 200)
