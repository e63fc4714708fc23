"""The page of an order: thanks at first, then what happened and what comes; files that were bought."""

from datetime import timedelta
from pathlib import Path

from allauth.account.models import EmailAddress
from allauth.account.utils import perform_login
from django.conf import settings
from django.contrib import messages
from django.db.models import prefetch_related_objects
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from catalog.models import DigitalFile, Picture, Variant
from marketing import authors
from orders import kept
from orders.actions import joining, no_texts, payments
from orders.actions.payments import was_refused
from orders.models import CreditAccount, Order, OrderAddress, OrderLine, PaymentMethod, Supplement
from orders.queries.cart_lines import Gallery, picture_of, values_of
from orders.queries.invoices import papers_of
from orders.queries.parcels import money_back, parcels_of, what_follows
from orders.queries.ways_to_pay import takes, way_to_pay
from shop.forms.account_offer import AccountOfferForm
from shop.views.paying import order_or_404, private

FRESH = timedelta(hours=1)
Code = PaymentMethod.Code


@never_cache
def order(request, token):
    """POST chooses the password of an account for the guest who ordered."""
    found = order_or_404(token)
    request.catalogue_state = found.state or ""
    if found.status == Order.Status.PENDING or was_refused(found):
        return redirect("pay", token)
    offer = account_offer(request, found)
    if offer and offer.is_bound and offer.is_valid():
        return joined(request, found, token, offer.cleaned_data["password"])
    with kept.at(request.catalogue_state):
        return private(render(request, "orders/order.html", page_of(request, found, token, offer)))


@require_POST
def texts_off(request, token):
    """No more texts about this order."""
    if no_texts.stop(order_or_404(token)):
        messages.success(request, _("We send no more texts about this order."))
    return redirect("order", token)


@never_cache
def download(request, token, pk):
    """A file that was bought and paid, straight from the private folder."""
    found = order_or_404(token)
    if not may_download(found):
        raise Http404
    products = found.lines.exclude(variant=None).values("variant__product")
    file = get_object_or_404(DigitalFile, pk=pk, product__in=products)
    return private(FileResponse(open(path_of(file), "rb"), as_attachment=True, filename=download_name(file)))


def page_of(request, order: Order, token: str, offer) -> dict:
    lines = with_pictures(order)
    addresses = {address.kind: address for address in addresses_of(order)}
    tries = list(order.payments.filter(account=None).order_by("-id"))
    payment = next(iter(tries), None)
    # Before anything has left there is no parcel to ask for.
    parcels = parcels_of(order) if order.fulfilment_status != Order.FulfilmentStatus.UNFULFILLED else []
    added = added_of(order, lines)
    is_known = offer is None and not order.customer_id and not request.user.is_authenticated
    return {
        "order": order,
        "token": token,
        "is_fresh": order.placed_at is not None and order.placed_at > timezone.now() - FRESH,
        "lines": lines,
        "delivery_address": addresses.get(OrderAddress.Kind.DELIVERY),
        "billing_address": addresses.get(OrderAddress.Kind.BILLING),
        "instructions": instructions_for(payment),
        "card_again": payments.has_lapsed(order, tries) and takes(Code.CARD),
        **added,
        "paid_sum": order.total - (added["supplement"].amount if added else 0),
        "parcels": parcels,
        "follows": what_follows(order) if parcels else [],
        "money_back": money_back(order) if order.payment_status != Order.PaymentStatus.UNPAID else [],
        "files": files_of(order, lines) if may_download(order) else [],
        "gift_cards": gift_cards_of(order, lines) if may_download(order) else [],
        "awaits_files": not may_download(order) and any(line.kind in ("digital", "gift_card") for line in lines),
        "papers": papers_of(order),
        "history": order.events.exclude(type__in=["remark", "incident", "mailed", "created"]),
        "offer": offer,
        "offer_sign_in": is_known,
        "review_token": authors.token_for(order) if may_review(order) else "",
    }


def addresses_of(order: Order) -> list[OrderAddress]:
    """The addresses of an order, asked for once."""
    if "addresses" not in getattr(order, "_prefetched_objects_cache", {}):
        prefetch_related_objects([order], "addresses")
    return list(order.addresses.all())


def with_pictures(order: Order) -> list[OrderLine]:
    """The lines, each with `picture`: of the colour that was bought, or none when the product is gone."""
    lines = list(order.lines.select_related("variant__product"))
    variants = [line.variant for line in lines if line.variant]
    gallery = Gallery(variants)
    # What was chosen matters only where there is something to choose from.
    several = [variant for variant in variants if len(gallery.of(variant.product_id)) > 1]
    values = values_of(several) if several else {}
    for line in lines:
        line.picture = _picture_of(line.variant, values, gallery) if line.variant else None
    return lines


def _picture_of(variant: Variant, values: dict, gallery: Gallery) -> Picture | None:
    return picture_of(variant, values.get(variant.pk, ()), gallery.of(variant.product_id))


def instructions_for(payment) -> str:
    """The bank account, say; in the language of the page."""
    method = way_to_pay(payment.method) if payment else None
    return method.instructions if method else ""


def added_of(order: Order, lines: list[OrderLine]) -> dict:
    """What was added after it was paid and is still to be paid; only a paid order is asked."""
    if order.status != Order.Status.PLACED or order.payment_status not in Order.MONEY_IS_THERE:
        return {}
    supplement = order.supplements.filter(status=Supplement.Status.OPEN).first()
    if supplement is None:
        return {}
    transfer = way_to_pay(Code.BANK_TRANSFER) if takes(Code.BANK_TRANSFER) else None
    return {
        "supplement": supplement,
        "added": [line for line in lines if line.supplement_id == supplement.pk],
        "added_by_card": takes(Code.CARD),
        "added_by_transfer": transfer.instructions if transfer else "",
    }


def account_offer(request, order: Order) -> AccountOfferForm | None:
    """Only for a guest whose address has no account yet."""
    if request.user.is_authenticated or order.customer_id or order.status != Order.Status.PLACED:
        return None
    if order.is_known_address:
        return None
    address = next(iter(addresses_of(order)), None)
    data = request.POST if request.method == "POST" else None
    return AccountOfferForm(data, email=order.email, name=address.name if address else "")


def joined(request, order: Order, token: str, password: str):
    """Open the account, send the letter that proves the address, and sign in."""
    try:
        customer = joining.open_account(order, password)
    except joining.AlreadyKnown:
        messages.info(request, _("This address has an account already. Sign in to see the order there."))
        return redirect("order", token)
    address = EmailAddress.objects.create(user=customer, email=customer.email, primary=True, verified=False)
    address.send_confirmation(request, signup=True)
    perform_login(request, customer, email_verification="none")
    messages.success(request, _("Your account is open, and this order is in it."))
    return redirect("order", token)


def may_review(order: Order) -> bool:
    """Whether something in it may be reviewed. Nothing of an order that is neither paid nor sent: no query then."""
    waits = order.payment_status == "unpaid" and order.fulfilment_status != "fulfilled"
    return not waits and bool(authors.goods_of(order))


def may_download(order: Order) -> bool:
    return order.status == Order.Status.PLACED and order.payment_status in (
        Order.PaymentStatus.PAID,
        Order.PaymentStatus.PARTLY_REFUNDED,
    )


def files_of(order: Order, lines) -> list[DigitalFile]:
    products = {line.variant.product_id for line in lines if line.kind == "digital" and line.variant}
    return list(DigitalFile.objects.filter(product__in=products)) if products else []


def gift_cards_of(order: Order, lines) -> list[CreditAccount]:
    """The cards that were bought; no query where none were."""
    if not any(line.kind == "gift_card" for line in lines):
        return []
    return list(CreditAccount.objects.filter(line__order=order, is_blocked=False).order_by("pk"))


def path_of(file: DigitalFile) -> Path:
    """Where the file lies; 404 for one that is missing or leads out of the private folder."""
    root = Path(settings.PRIVATE_ROOT).resolve()
    path = (root / file.path).resolve()
    if not path.is_relative_to(root) or not path.is_file():
        raise Http404
    return path


def download_name(file: DigitalFile) -> str:
    return f"{file.name}{Path(file.path).suffix}" if not Path(file.name).suffix else file.name
