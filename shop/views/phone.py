"""For staff: orders by telephone. One page from who it is to the order, the same till as at the counter."""

from functools import wraps
from uuid import UUID

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from catalog import markets
from catalog.actions.stock import SoldOut
from catalog.money import format_minor
from catalog.queries.markets import others
from customers.actions import address_book
from customers.models import Customer
from orders import providers
from orders.actions import carts as cart_actions
from orders.actions import checkout as till
from orders.actions import joining, payments, phone
from orders.models import Cart, Order
from shop import promotions
from shop.asking import typed_in
from shop.forms.checkout import ANOTHER_DELIVERY, ANOTHER_PAYMENT
from shop.languages import NAMES
from shop.phone import filling, finding
from shop.phone.desk import PhoneDesk

MOST_BEGUN = 20


def for_the_desk(view):
    """For those who may act on orders; everybody else is asked to sign in, or turned away."""

    @wraps(view)
    def asked(request: HttpRequest, **kwargs) -> HttpResponse:
        if not request.user.has_perm("orders.change_order"):
            return admin.site.login(request)
        return view(request, **kwargs)

    return never_cache(require_http_methods(["GET", "HEAD", "POST"])(admin.site.admin_view(asked)))


@for_the_desk
def begun(request: HttpRequest) -> HttpResponse:
    """Orders that were begun and not placed; a POST begins another, for a customer where one is named."""
    known = _customer(request.POST.get("customer") or request.GET.get("customer", ""))
    if request.method == "POST":
        cart = phone.begin(request.user, known, get_language() or "en")
        return redirect("phone-order", pk=cart.pk)
    carts = Cart.objects.open().filter(channel=Cart.Channel.PHONE).select_related("customer", "entered_by")
    rows = carts.prefetch_related("lines")[:MOST_BEGUN]
    return _render(
        request, "office/phone/begun.html", {"title": _("Orders by telephone"), "carts": rows, "known": known}
    )


def _customer(pk: str) -> Customer | None:
    if not (pk.isascii() and pk.isdecimal() and len(pk) < 16):
        return None
    return Customer.objects.filter(pk=pk, is_staff=False, is_active=True).first()


@for_the_desk
def order(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The page. Every button sends all of it: what was typed stays, whatever is refused."""
    cart = Cart.objects.filter(pk=pk, channel=Cart.Channel.PHONE).select_related("customer", "entered_by").first()
    if cart is None:
        raise Http404
    if older := cart.orders.exclude(status=Order.Status.CANCELLED).first():
        return redirect("admin:orders_order_change", older.pk)
    with markets.using(cart.market):
        if request.method != "POST":
            return _shown(request, PhoneDesk(cart))
        if request.POST.get("do") == "drop" and "sure" not in request.POST:
            return _really(request, cart)
        if request.POST.get("do") == "drop":
            phone.drop(cart)
            messages.info(request, _("The unfinished order is thrown away."))
            return redirect("phone-orders")
        done = filling.fill(request, cart)
        if not done.is_asked:
            return _placed(request, cart, done)
        status = 422 if done.faults else 200
        return _shown(request, PhoneDesk(cart, done.typed, checks=False), done, status=status)


def _really(request: HttpRequest, cart: Cart) -> HttpResponse:
    """Asked before it is thrown away: an hour of talking may lie in it."""
    who = cart.customer.name if cart.customer_id and cart.customer.name else cart.name or cart.email
    context = {
        "title": _("Throw it away?"),
        "sentence": _("The unfinished order of %(who)s, with all that is in it, is gone then.") % {"who": who or "–"},
        "button": _("Throw it away"),
        "hidden": {"do": "drop", "sure": "1"},
        "back": reverse("phone-order", args=[cart.pk]),
    }
    return _render(request, "staff/confirm.html", context)


def _placed(request: HttpRequest, cart: Cart, done: filling.Done) -> HttpResponse:
    desk = PhoneDesk(cart, done.typed)
    if desk.summary.is_empty:
        return _shown(request, desk, done, 422, fault=_("There is nothing in the order yet."))
    if desk.summary.problems:
        return _shown(request, desk, done, 422, fault=_("Some lines cannot be had as they are; it stands beside them."))
    if not desk.is_valid():
        return _shown(request, desk, done, 422)
    try:
        made = till.place_order(cart, desk.details(), desk.shown_total(), shown_rest=desk.shown_rest())
    except (SoldOut, till.NotForSale):
        words = _("Somebody else was faster. Nothing was ordered; look at the lines again.")
        return _shown(request, PhoneDesk(cart, done.typed, checks=False), done, 409, fault=words)
    except till.TotalChanged as refusal:
        now = format_minor(refusal.total, cart.currency, get_language() or "en")
        words = _("The order comes to %(now)s. Say it to the buyer and press again.") % {"now": now}
        return _shown(request, desk, done, 409, fault=words)
    except till.NotDelivered:
        return _refused(request, desk, done, "delivery", ANOTHER_DELIVERY)
    except till.PaymentNotOffered:
        return _refused(request, desk, done, "payment", ANOTHER_PAYMENT)
    except till.CartIsEmpty:
        return redirect("phone-orders")
    except till.OrderUnderWay as older:
        return redirect("admin:orders_order_change", older.order.pk)
    except payments.PaymentUnavailable:
        return _refused(
            request,
            desk,
            done,
            "payment",
            _("%(provider)s cannot be asked at this moment. Try again.") % {"provider": providers.title()},
        )
    _welcome(request, desk, made)
    return redirect("admin:orders_order_change", made.pk)


def _welcome(request: HttpRequest, desk: PhoneDesk, made: Order) -> None:
    """What follows for the buyer, told to staff; his account and his address, where they were wanted."""
    typed = desk.typed
    if desk.customer and desk.form.cleaned_data.get("keep") and desk.form.is_new_address:
        address_book.keep(desk.customer, desk.form.destination())
    if not desk.customer and typed.get("account"):
        try:
            joining.open_account(made, None)
        except joining.AlreadyKnown:
            messages.info(request, _("There is an account with this address already."))
    words = {"number": made.number, "email": made.email}
    if made.status == Order.Status.PENDING:
        messages.success(request, _("The link to the card page goes to %(email)s.") % words)
    else:
        messages.success(request, _("Order %(number)s is placed. Its confirmation goes to %(email)s.") % words)


def _refused(request, desk: PhoneDesk, done: filling.Done, field: str, sentence: str) -> HttpResponse:
    if field in desk.form.fields:
        desk.form.add_error(field, ValidationError(sentence))
    return _shown(request, desk, done, 422)


def _shown(
    request, desk: PhoneDesk, done: filling.Done | None = None, status: int = 200, fault: str = ""
) -> HttpResponse:
    cart, typed = desk.cart, done.typed if done else {}
    email = desk.typed.get("email", "").strip() if desk.typed and not desk.customer else ""
    context = {
        "title": _("Order by telephone"),
        "cart": cart,
        "desk": desk,
        "form": desk.form,
        "summary": desk.summary,
        "done": done,
        "typed": typed,
        "fault": fault,
        "lines": [_line(line, row, done) for line, row in _rows(desk)],
        "codes": [(entered, promotions.said(entered, desk.summary)) for entered in desk.summary.entered],
        "people": finding.people(typed.get("who", "")) if typed.get("who", "").strip() else None,
        "known": Customer.objects.filter(email__iexact=email, is_staff=False, is_active=True).first()
        if email
        else None,
        "goods": _goods(cart, done),
        "languages": list(NAMES.items()),
        "currencies": sorted({cart.currency, markets.base().currency, *(market.currency for market in others())}),
    }
    # From now on these prices are what was said to the buyer.
    cart_actions.accept_prices(cart)
    return _render(request, "office/phone/order.html", context, status)


def _rows(desk: PhoneDesk):
    priced = {line.pk: row for line, row in desk.summary.priced_lines()}
    return [(line, priced.get(line.pk)) for line in desk.summary.lines]


def _line(line, row, done: filling.Done | None) -> dict:
    fault = done.lines.get(line.pk, "") if done else ""
    typed = done.typed.get(f"pieces-{line.pk}") if fault else line.quantity
    return {"line": line, "row": row, "fault": fault, "pieces": typed}


def _goods(cart: Cart, done: filling.Done | None) -> list | None:
    what = done.typed.get("what", "").replace("\0", "").strip()[:200] if done else ""
    if not what:
        return None
    found = finding.goods(what, cart, typed_in(done.typed), done.answers)
    return [(one, [(row, done.goods.get(row.variant.pk, "")) for row in one.variants]) for one in found]


def _render(request: HttpRequest, template: str, context: dict, status: int = 200) -> HttpResponse:
    return render(request, template, {**admin.site.each_context(request), **context}, status=status)
