"""A product before it is shown: by a signed link that works for a week, for whoever was sent it."""

from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from catalog.models import Product
from catalog.previews import product_of
from catalog.queries import product as goods
from shop.views.product import show


@require_safe
@never_cache
def preview(request: HttpRequest, token: str) -> HttpResponse:
    """The page as it will be. Nothing can be bought on it, nobody may keep or find it."""
    try:
        product = product_of(token)
    except (signing.BadSignature, Product.DoesNotExist):
        raise Http404("no such preview") from None
    if product.status == Product.Status.PUBLISHED:
        return redirect(product)
    page = goods.read(product.slug, get_language(), Product.objects.all())
    response = show(request, page, "HX-Request" in request.headers, preview_of=product, address=request.path)
    response.headers["X-Robots-Tag"] = "noindex"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response
