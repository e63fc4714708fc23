"""Links in letters, and the way on and off the list. Opening a link changes nothing; only a button does."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from customers import consent
from customers.models import Consent
from customers.tokens import CONFIRM, PREFERENCES, NotOurToken, email_from, token_for
from marketing import presence, tokens
from marketing.actions import profiles, showing, visits
from marketing.actions.events import record
from marketing.models import Event, Message
from orders.actions import carts as cart_actions
from orders.models import Cart
from orders.queries.cart_lines import Line, lines_of
from shop import carts
from shop import newsletter as joining
from shop.choices import refusal_of
from shop.forms.post import NewsletterForm
from shop.visits import is_person


@require_http_methods(["GET", "HEAD", "POST"])
def newsletter(request: HttpRequest) -> HttpResponse:
    """Type an address, get a link; the link leads back here, to one button."""
    if "confirm" in request.GET:
        return _confirm(request, request.GET["confirm"])
    form = NewsletterForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        status = 422 if request.method == "POST" else 200
        return render(request, "post/newsletter.html", {"form": form, "wording": joining.wording()}, status=status)
    email = form.cleaned_data["email"]
    if not joining.invite(request, email):
        return said(request, _("That was often"), _("Please try again in an hour."), 429)
    return render(request, "post/invited.html", {"email": email})


def _confirm(request: HttpRequest, token: str) -> HttpResponse:
    try:
        email = email_from(token, CONFIRM, joining.CONFIRM_WITHIN)
    except NotOurToken:
        return incomplete(request)
    if request.method == "POST":
        if refusal := refusal_of(consent.standing(email)):
            return said(request, _("We cannot write to this address"), refusal, 409)
        _grant(email, "newsletter")
        recognise(email, is_proof=True)
        return render(request, "post/joined.html", {"email": email})
    return render(request, "post/confirm.html", {"email": email, "wording": joining.wording()})


@csrf_exempt  # Mail programs send the one-click POST of RFC 8058 without a cookie; the token itself is signed.
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """Leave the list: a page with one button, or one POST. Works without signing in, and at once."""
    try:
        email = email_from(token)
    except NotOurToken:
        return incomplete(request)
    context = {"email": email, "preferences": reverse("preferences", args=[token_for(email, PREFERENCES)])}
    if request.method != "POST":
        return render(request, "post/leave.html", context)
    if request.POST.get("undo"):
        return _come_back(request, email, context)
    one_click = request.POST.get("List-Unsubscribe") == "One-Click"
    consent.withdraw(email, "one-click unsubscribe" if one_click else "unsubscribe")
    return render(request, "post/left.html", {**context, "wording": joining.wording()})


def _come_back(request: HttpRequest, email: str, context: dict) -> HttpResponse:
    """The press was a mistake. What bounced, complained or was barred stays barred, and the page says so."""
    if refusal := refusal_of(consent.standing(email)):
        return said(request, _("We cannot write to this address"), refusal, 409)
    _grant(email, "undo of unsubscribe")
    return render(request, "post/joined.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def go(request: HttpRequest, token: str) -> HttpResponse:
    """The way back from a reminder, on any device, without signing in.

    A GET notes the click and, at most, tells the browser which guest's cart it is. Where that could mix up two carts,
    it asks first.
    """
    try:
        message = tokens.message_from(token)
    except Message.DoesNotExist:
        return incomplete(request)
    Message.objects.filter(pk=message.pk, clicked_at=None).update(clicked_at=timezone.now())
    if is_person(request):
        _note_click(message)
    translation.activate(message.language)
    left, mine = message.cart, carts.current(request)
    if left is None or not left.is_open or left == mine:
        return redirect("cart")
    if request.method == "POST":
        return _take(request, left)
    if left.customer_id is None and not request.user.is_authenticated and _is_empty(mine):
        return carts.remember(request, redirect("cart"), left)
    return render(request, "post/take.html", {"lines": lines_of(left), "keeps": not _is_empty(mine)})


def _note_click(message: Message) -> None:
    """The click is a fact of the message; the browser is his to whom it was written, if nobody else's is known."""
    now = timezone.now()
    email = message.profile.email if message.profile else message.address
    about = message.flow.recipe if message.flow else message.key.partition(":")[0]
    record(Event.Type.CLICKED, f"clicked:{message.pk}:{now:%Y-%m-%d}", email=email, text=about)
    if key := presence.current():
        recognise(email)
        source = "broadcast" if message.broadcast_id else "reminder"
        road = {"source": source, "medium": message.channel, "campaign": message.campaign}
        visits.arrive(key, road, now, message.pk)


def recognise(email: str, is_proof: bool = False) -> None:
    """Whoever opens this link reads the post of the address: this browser is his, if he agreed to be recognised."""
    if key := presence.current():
        profiles.link(key, profiles.know(email), is_proof)


@require_safe
def follow(request: HttpRequest, token: str) -> HttpResponse:
    """A link in a message that leads elsewhere. Notes the click; only addresses that we signed are led to."""
    try:
        message, address = tokens.followed_from(token)
    except Message.DoesNotExist:
        return incomplete(request)
    Message.objects.filter(pk=message.pk, clicked_at=None).update(clicked_at=timezone.now())
    if is_person(request):
        _note_click(message)
    return HttpResponseRedirect(address)


@csrf_exempt  # It stands on every page, and must not put a cookie into every browser; the token is signed.
@require_POST
def close(request: HttpRequest, token: str) -> HttpResponse:
    """A message on the website is closed: it does not come back."""
    try:
        message = tokens.message_from(token)
    except Message.DoesNotExist:
        return incomplete(request)
    showing.dismiss(message, timezone.now())
    back = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(back, request.get_host(), request.is_secure())
    return redirect(back if safe else "home")


def _take(request: HttpRequest, left: Cart) -> HttpResponse:
    """Put what was left behind into the visitor's own cart; of two quantities the larger one."""
    cart = carts.for_adding(request)
    have = {(variant, key): n for variant, key, n in cart.lines.values_list("variant_id", "answers_key", "quantity")}
    for line in lines_of(left):
        if line.is_sold:
            _add(cart, line, line.quantity - have.get((line.variant.pk, line.answers_key), 0))
    return carts.remember(request, redirect("cart"), cart)


def _add(cart: Cart, line: Line, missing: int) -> None:
    if missing <= 0:
        return
    try:
        cart_actions.add(cart, line.variant, missing, answers=line.typed)
    except cart_actions.TooMany as refusal:
        mine = cart.lines.filter(variant=line.variant, answers_key=line.answers_key)
        already = mine.values_list("quantity", flat=True).first() or 0
        if already < refusal.available:
            cart_actions.add(cart, line.variant, refusal.available - already, answers=line.typed)
    except (cart_actions.NotForSale, cart_actions.NotAnswered):
        return


def _is_empty(cart: Cart | None) -> bool:
    return cart is None or not cart.lines.exists()


def _grant(email: str, source: str) -> None:
    consent.grant(email, Consent.Purpose.MARKETING, Consent.Channel.EMAIL, joining.wording(), source)


def incomplete(request: HttpRequest) -> HttpResponse:
    """For a link that is none of ours."""
    advice = _("It was cut or changed on its way. Open it from the letter once more, or copy the whole address.")
    return said(request, _("This link is not complete"), advice, 404)


def said(request: HttpRequest, heading: str, advice: str, status: int) -> HttpResponse:
    """A calm page with a heading and a sentence."""
    return render(request, "errors/said.html", {"heading": heading, "advice": advice}, status=status)
