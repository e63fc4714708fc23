"""The cart: what is in it, putting something in, changing a line."""

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from catalog.models import Variant
from catalog.prepared import Prepared
from marketing.models import Event
from orders import delivery, kept
from orders.actions import carts as actions
from orders.actions import wishes as wish_actions
from orders.models.cart import MAX_QUANTITY
from orders.queries.at_once import at_once
from orders.queries.summary import summarise
from shop import carts, frame, promotions, visits, wishes
from shop.asking import in_address, typed_in
from shop.forms.address import country_choices
from shop.forms.cart import AddLineForm, ChangeLineForm
from shop.quantities import sold_in
from shop.terms import terms
from shop.views.product import with_faults

# Every server and browser takes an address of this length.
LONGEST_QUERY = 4000


@never_cache
def cart(request):
    found = carts.current(request)
    fault = promotions.take_along(request, found) if found else None
    summary = summarise(found, state=frame.state_of(request)) if found else None
    if summary is None or summary.is_empty:
        response = render(request, "cart/empty.html", {"removed": removed(request), **kept_for_later(request)})
        return carts.forget(response) if carts.count(request) and not found else response
    more = {"removed": removed(request, summary), "cart_count": summary.item_count, "code_fault": fault}
    response = shown(request, found, summary, **more)
    return promotions.forget(request, carts.remember(request, response, found, summary.item_count))


def shown(request, found, summary=None, status: int = 200, **more):
    """The cart's page; `more` may hold a fault at a line, or at the field for codes."""
    summary = summary or summarise(found, state=frame.state_of(request))
    context = {
        "summary": summary,
        "codes": [(entered, promotions.said(entered, summary)) for entered in summary.entered],
        "hint": promotions.hint(summary),
        "countries": _countries(request) if summary.needs_delivery else [],
        **kept_for_later(request),
        **can_be_paid(request, found, summary),
        **more,
    }
    return render(request, "cart/cart.html", context, status=status)


def can_be_paid(request, found, summary) -> dict:
    """What the button needs that pays at once, where that is possible."""
    with kept.at(frame.state_of(request)):
        offered = at_once(summary)
    return {"at_once": offered, "mark": carts.mark_of(found), "terms": terms()} if offered else {}


@require_POST
def add_line(request):
    """Put a variant in. Answers with the small part `cart/added.html` to a script, else leads to the cart."""
    form = AddLineForm(request.POST)
    if not form.is_valid():
        return refused(request, form.complaint)
    variant = _WANTED.first(sku=form.cleaned_data["sku"])
    if variant is None:
        return refused(request, _("This is no longer sold. Nothing was added."))
    found = carts.for_adding(request)
    is_first = getattr(found, "is_begun", False)
    try:
        line = actions.add(found, variant, form.cleaned_data["quantity"], answers=typed_in(request.POST))
    except actions.CartIsClosed:
        return closed(request)
    except actions.NotInCurrency:
        return refused(request, not_in(found.currency), variant)
    except actions.NotForSale:
        return refused(request, _("This is no longer sold. Nothing was added."), variant)
    except actions.NotAnswered as refusal:
        # A script gets nothing it could show, and then sends the form the plain way: each fault stands at its field.
        return (
            HttpResponse(status=422)
            if "HX-Request" in request.headers
            else with_faults(request, variant, refusal.faults)
        )
    except actions.NotThatMany as refusal:
        return refused(request, sold_in(refusal.quantities), variant)
    except actions.TooMany as refusal:
        return refused(request, too_many(refusal.available, in_cart(found, variant)), variant)
    response = added(request, found, variant, line, line.quantity if is_first else carts.pieces(found))
    visits.follow(response, Event.Type.ADDED)
    return response


_WANTED = Prepared(lambda sku: Variant.objects.for_cart().filter(sku=sku))


@require_POST
def change_line(request, pk):
    found = carts.current(request)
    if found is None:
        return closed(request)
    line = get_object_or_404(found.lines.select_related("variant"), pk=pk)
    if "later" in request.POST:
        return for_later(request, found, line)
    form = ChangeLineForm(request.POST)
    if not form.is_valid():
        return with_fault(request, found, line, form.complaint)
    try:
        before = actions.set_quantity(line, form.cleaned_data["quantity"])
    except actions.CartIsClosed:
        return closed(request)
    except actions.NotInCurrency:
        return with_fault(request, found, line, not_in(found.currency))
    except actions.NotForSale:
        return with_fault(request, found, line, _("This is no longer sold; it can only be removed."))
    except actions.NotThatMany as refusal:
        return with_fault(request, found, line, sold_in(refusal.quantities))
    except actions.TooMany as refusal:
        return with_fault(request, found, line, too_many(refusal.available))
    address = reverse("cart")
    if form.cleaned_data["quantity"] == 0 and before.sku:
        address += taken_out(before)
    return carts.remember(request, redirect(address), found)


def for_later(request, found, line):
    """Out of the cart, and kept; the way back stands at the top of the page."""
    owner = wishes.owner_of(request, begins=True)
    try:
        wish = wish_actions.save_for_later(line, owner)
    except actions.CartIsClosed:
        return closed(request)
    except wish_actions.TooManyWishes:
        return with_fault(request, found, line, _("There is too much saved for later. Take something out first."))
    address = reverse("cart") + (f"?saved={wish.pk}" if wish else "")
    return wishes.remember(request, carts.remember(request, redirect(address), found), owner)


def kept_for_later(request) -> dict:
    """What is saved for later, and which of it just now."""
    later = wishes.later(request)
    return {"later": later, "saved": next((one for one in later if str(one.wish.pk) == request.GET.get("saved")), None)}


def _countries(request) -> list[tuple[str, str]]:
    with kept.at(frame.state_of(request)):
        return country_choices(delivery.terms().countries())


@require_POST
def choose_country(request):
    """Where it would go: delivery and tax are shown for it, and the checkout begins with it."""
    found = carts.current(request)
    code = request.POST.get("country", "")
    if found and code in dict(country_choices(delivery.terms().countries())):
        actions.set_country(found, code)
    return redirect("cart")


def taken_out(before: actions.Undo) -> str:
    """The end of the cart's address that offers to put it back; nothing where that would grow too long."""
    query = urlencode({"removed": before.sku, "quantity": before.quantity, **in_address(before.answers)})
    return f"?{query}" if len(query) < LONGEST_QUERY else ""


def closed(request):
    messages.warning(request, _("An order was made of this cart, or it was emptied elsewhere."))
    return redirect("cart")


def added(request, found, variant, line, count: int):
    if "HX-Request" in request.headers:
        context = {"variant": variant, "line": line, "cart_count": count}
        response = carts.remember(request, render(request, "cart/added.html", context), found, count)
        response.headers["Vary"] = "HX-Request, Cookie"
        return response
    words = _("“%(name)s” is in your cart.") % {"name": line.name}
    onwards = format_html('<a class="own-tap" href="{}">{}</a>', reverse("checkout"), _("Go to checkout"))
    back = format_html('<a class="own-tap" href="{}">{}</a>', variant.product.get_absolute_url(), _("Go on shopping"))
    messages.success(request, format_html("{} {} · {}", words, onwards, back))
    return carts.remember(request, redirect("cart"), found, count)


def refused(request, sentence: str, variant: Variant | None = None):
    """Say why nothing was added: to a script at the button, else on the page it came from."""
    if "HX-Request" in request.headers:
        return render(request, "cart/refused.html", {"sentence": sentence}, status=422)
    messages.error(request, sentence)
    variant = variant or Variant.objects.select_related("product").filter(sku=sku_typed(request)).first()
    if variant is None or variant.product.status != "published":
        return redirect("cart")
    typed = {"sku": variant.sku, "quantity": request.POST.get("quantity", "")[:12]}
    query = urlencode(typed | in_address(typed_in(request.POST)))
    query = query if len(query) < LONGEST_QUERY else urlencode(typed)
    return redirect(f"{variant.product.get_absolute_url()}?{query}")


def not_in(currency: str) -> str:
    return _("This is not sold in %(currency)s. Nothing was added.") % {"currency": currency}


def sku_typed(request) -> str:
    form = AddLineForm(request.POST)
    return "" if form.is_valid() else form.cleaned_data.get("sku", "")


def with_fault(request, found, line, sentence: str):
    """The cart again, with the sentence at the line and what was typed in the field."""
    typed = request.POST.get("quantity", "")[:12]
    fault = {"line": line.pk, "sentence": sentence, "typed": typed}
    return shown(request, found, status=422, fault=fault)


def in_cart(found, variant) -> int:
    return carts.pieces(found, variant)


def too_many(available: int, in_cart: int = 0) -> str:
    if available <= 0:
        return _("This is sold out at the moment.")
    if available == MAX_QUANTITY:
        return _("A line holds at most 999 pieces. Choose fewer.")
    words = ngettext("Only %(left)d piece is left.", "Only %(left)d pieces are left.", available)
    words %= {"left": available}
    if in_cart:
        already = ngettext("%(n)d is in your cart already.", "%(n)d are in your cart already.", in_cart)
        return f"{words} {already % {'n': in_cart}}"
    return words + " " + _("Choose at most %(left)d.") % {"left": available}


def removed(request, summary=None) -> dict | None:
    """What was just taken out, so that one press puts it back."""
    sku = request.GET.get("removed", "").replace("\x00", "")[:80]
    answers = typed_in(request.GET)
    if not sku or (summary and any((line.sku, line.typed) == (sku, answers) for line in summary.lines)):
        return None
    variant = Variant.objects.for_sale().select_related("product").filter(sku=sku).first()
    form = AddLineForm(QueryDict(urlencode({"sku": sku, "quantity": request.GET.get("quantity", "1")})))
    if variant is None or not form.is_valid():
        return None
    return {"variant": variant, "quantity": form.cleaned_data["quantity"], "answers": in_address(answers)}
