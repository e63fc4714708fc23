"""Changing a placed order: first what, then a question that says the difference."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from catalog.actions.stock import SoldOut
from catalog.money import format_minor
from orders.actions import amendments, cancelling
from orders.actions.amendments import AboveLimit
from orders.admin.asking import ask, back_to, order_of
from orders.admin.change_form import ChangeForm
from orders.admin.order_facts import facts_of
from orders.models import Order, OrderChange


def alter(request, order_id: int, model_admin):
    order = order_of(request, order_id, model_admin)
    if not order.is_to_send:
        messages.info(request, _("Nothing of this order is left to change: it was sent, or called off, before."))
        return back_to(order)
    data = request.POST if request.method == "POST" else None
    form = ChangeForm(data, order=order, language=get_language() or "en", now=timezone.now())
    if data is not None and form.is_valid():
        try:
            if "confirmed" in data:
                return _change(request, order, form)
            return _question(request, model_admin, order, form)
        except (amendments.NotAmendable, SoldOut, cancelling.AlreadyShipped, cancelling.BeingPaid) as refusal:
            form.add_error(None, _above(order, refusal) if type(refusal) is AboveLimit else _said(refusal))
    context = {
        **model_admin.admin_site.each_context(request),
        **facts_of(order),
        "title": _("Change the order"),
        "subtitle": str(order),
        "opts": model_admin.opts,
        "order": order,
        "form": form,
    }
    return render(request, "office/order/change.html", context, status=422 if form.errors else 200)


def _question(request, model_admin, order: Order, form: ChangeForm):
    change = amendments.preview(order, form.wish)
    if change is None:
        messages.info(request, _("That is the whole order."))
        return redirect("admin:orders_order_cancel", order.pk)
    hidden = [(name, value) for name, value in request.POST.items() if name != "csrfmiddlewaretoken"]
    return ask(
        request,
        model_admin,
        order,
        title=_("Change the order"),
        sentence=_("Change order %(number)s of %(name)s?") % facts_of(order),
        detail=_difference(order, change),
        button=_("Change the order"),
        notes=[_written(row) for row in change.rows],
        hidden=[*hidden, ("confirmed", "1")],
    )


def _change(request, order: Order, form: ChangeForm):
    fewer = not (form.wish.added or form.wish.address or form.wish.delivery)
    kind = OrderChange.Kind.CANCELLED if fewer else OrderChange.Kind.EDITED
    wish, reason, seen = form.wish, form.cleaned_data["reason"], form.cleaned_data["seen"]
    change = amendments.amend(order, wish, reason, request.user, seen=seen, kind=kind)
    if change is None:
        messages.success(request, _("Order %(number)s is cancelled, its pieces are on sale again.") % facts_of(order))
    else:
        messages.success(request, _("Changed. %(name)s gets a letter.") % facts_of(order))
        messages.info(request, _difference(order, change))
    return back_to(order)


def _difference(order: Order, change: OrderChange) -> str:
    language = get_language() or "en"
    words = {
        "before": format_minor(change.total_before, order.currency, language),
        "after": format_minor(change.total_after, order.currency, language),
        "returned": format_minor(change.returned, order.currency, language),
    }
    if change.due and order.payment_status != Order.PaymentStatus.UNPAID:
        words["due"] = format_minor(change.due, order.currency, language)
        said = _("%(name)s is asked for %(due)s in addition; it is sent when that is paid.") % (facts_of(order) | words)
        back = _("%(returned)s goes back for what is called off.") % words if change.returned else ""
        return f"{said} {back}".strip()
    if change.returned:
        return _("%(returned)s goes back to the buyer: %(after)s instead of %(before)s.") % words
    if change.total_after == change.total_before:
        return _("The sum stays as it is: %(after)s.") % words
    return _("%(after)s is to be paid instead of %(before)s.") % words


def _written(row: dict) -> str:
    if row["what"] == "line":
        return _("%(name)s: %(now)d instead of %(was)d") % row
    return _("%(now)s instead of %(was)s") % row


def _above(order: Order, refusal: AboveLimit) -> str:
    sums = [format_minor(sum, order.currency, get_language() or "en") for sum in (refusal.owes, refusal.limit)]
    words = _(
        "The customer would owe %(owes)s on account, and %(limit)s was agreed. Let him pay something first, or tick"
        " below that he may owe more, with the reason."
    )
    return words % dict(zip(("owes", "limit"), sums, strict=True))


def _said(refusal: Exception) -> str:
    """What an action refuses, as a sentence."""
    sentences = {
        amendments.ChangedMeanwhile: _("Nothing was changed: somebody changed the order since you opened the page."),
        amendments.IsPaid: _("The card holds less than that: take its money first, then add the goods."),
        amendments.IsSettled: _("Another payment is on its way just now. Look at the order again in a while."),
        amendments.IsWaiting: _(
            "What was added before is not paid yet. On the page of the order mark it as paid, or take it back; then"
            " make this change. Until then only the address can be another, where that costs nothing."
        ),
        amendments.TaxWouldChange: _("At that address other tax is due: cancel the order and place it anew."),
        amendments.NothingToChange: _("All would stay as it is."),
        amendments.NotSold: _("This cannot be added: it is not for sale, or asks its buyer something."),
        amendments.NotDelivered: _("It cannot be sent there in that way."),
        amendments.TooFewPieces: _("A line cannot have fewer pieces than were sent of it."),
        SoldOut: _("There is not enough of it."),
        cancelling.AlreadyShipped: _("Not cancelled: the parcel is on its way. Refund it when it comes back."),
    }
    return sentences.get(type(refusal), _("The order changed meanwhile. Look at it again."))
