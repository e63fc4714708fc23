"""Invoices and credit notes of an order, by its signed link; drawn when somebody asks for one."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from orders.admin.answers import as_xml
from orders.models import Invoice, Order
from orders.papers.structured import NotStructured, build
from shop.limits import within
from shop.views.paying import order_or_404, private

# Drawing costs a tenth of a second; nobody needs his invoice every second.
TIMES, SECONDS = 30, 60


@never_cache
@require_safe
def invoice(request: HttpRequest, token: str) -> HttpResponse:
    """The invoice of the order; 404 before it was written."""
    order = order_or_404(token)
    return _drawn(order, order.invoices.filter(kind=Invoice.Kind.INVOICE, corrects=None).first())


@never_cache
@require_safe
def paper(request: HttpRequest, token: str, number: str) -> HttpResponse:
    """A credit note, or any other paper of the order, by its number."""
    order = order_or_404(token)
    return _drawn(order, get_object_or_404(order.invoices, number=number))


@never_cache
@require_safe
def structured(request: HttpRequest, token: str, number: str) -> HttpResponse:
    """The same paper for the buyer's books: an e-invoice by EN 16931."""
    order = order_or_404(token)
    found = get_object_or_404(order.invoices, number=number)
    if not within("papers", str(order.uid), TIMES, SECONDS):
        return private(HttpResponse(status=429, headers={"Retry-After": str(SECONDS)}))
    try:
        return private(as_xml(build(found), found.number))
    except NotStructured:
        raise Http404 from None


def _drawn(order: Order, found: Invoice | None) -> HttpResponse:
    if found is None:
        raise Http404
    if not within("papers", str(order.uid), TIMES, SECONDS):
        return private(HttpResponse(status=429, headers={"Retry-After": str(SECONDS)}))
    from orders.papers.invoice import draw  # slow to load, and most pages draw nothing

    answer = HttpResponse(draw(found), content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{found.number}.pdf"'
    answer["X-Content-Type-Options"] = "nosniff"
    return private(answer)
