"""Reading reviews of a product, finding them helpful, reporting them."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from catalog.models import Product
from catalog.words import say, words_of
from marketing.actions import reviews as actions
from marketing.models import Review, State
from marketing.queries import reviews as written
from shop import voices
from shop.forms.reviews import ReportForm
from shop.views.moved import follows_old_slugs
from shop.views.post import said


def product_or_404(slug: str) -> Product:
    """A published product with `said_name` in the reader's language."""
    product = get_object_or_404(Product.objects.published(), slug=slug)
    product.said_name = say(words_of(product, "name"), get_language())
    return product


@require_safe
@follows_old_slugs
def reviews(request: HttpRequest, slug: str) -> HttpResponse:
    """Every review of a product: the spread, filters, orders, pages."""
    product = product_or_404(slug)
    asked = written.read(request.GET)
    rows = written.find(product.pk, asked, get_language())
    page = Paginator(rows, written.PER_PAGE).get_page(asked.page)
    path = reverse("reviews", args=[slug])
    context = {
        "product": product,
        "rating": {"average": product.rating, "count": product.rating_count},
        "spread": voices.spread_of(product),
        "asked": asked,
        "page": page,
        "reviews": list(page.object_list),
        "path": path,
        "trail": [{"name": product.said_name, "url": product.get_absolute_url()}, {"name": _("Reviews"), "url": ""}],
        "next_query": asked.query(page=page.number + 1),
        "previous_query": asked.query(page=page.number - 1),
        "sorts": sorts(),
    }
    return render(request, "reviews/reviews.html", context)


def sorts() -> list[tuple[str, str]]:
    return [
        ("own", _("Your language first")),
        ("newest", _("Newest first")),
        ("helpful", _("Most helpful first")),
        ("highest", _("Best first")),
        ("lowest", _("Worst first")),
    ]


@require_POST
def helpful(request: HttpRequest) -> HttpResponse:
    """One vote per person; back to where the button was."""
    review = published_or_404(request.POST.get("review", ""))
    if voices.often(request, "vote", 60) or voices.often(request, f"vote:{review.pk}", 5, voices.DAY):
        return said(request, _("That was often"), _("Please try again in an hour."), 429)
    if request.user.is_authenticated and review.customer_id == request.user.pk:
        messages.info(request, _("This is your own review."))
    elif actions.find_helpful(review, voices.visitor(request), timezone.now()):
        messages.success(request, _("Thank you. Your vote is counted."))
    else:
        messages.info(request, _("Your vote was counted before."))
    return redirect(f"{_way_back(request, review)}#review-{review.pk}")


@never_cache
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that a review should not be shown; staff looks at it."""
    review = published_or_404(str(pk))
    form = ReportForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_machine:
        return _thanks(request, review)
    if not form.is_valid():
        status = 422 if form.is_bound else 200
        return render(request, "reviews/report.html", {"form": form, "review": review}, status=status)
    if voices.often(request, "report", 10):
        return said(request, _("That was often"), _("Please try again in an hour."), 429)
    words = form.cleaned_data
    actions.report(review, voices.visitor(request), words["reason"], words["text"], timezone.now())
    return _thanks(request, review)


def _thanks(request, review: Review) -> HttpResponse:
    messages.success(request, _("Thank you. We look at this review within two working days."))
    return redirect("reviews", review.product.slug)


def published_or_404(pk: str) -> Review:
    if not (pk.isascii() and pk.isdecimal() and len(pk) < 16):
        raise Http404(pk)
    rows = Review.objects.filter(state=State.PUBLISHED, product__status=Product.Status.PUBLISHED)
    return get_object_or_404(rows.select_related("product"), pk=pk)


def _way_back(request, review: Review) -> str:
    """The page of ours on which the button stood."""
    back = request.POST.get("back", "")
    is_ours = back.startswith("/") and url_has_allowed_host_and_scheme(back, allowed_hosts=None)
    return back if is_ours else reverse("reviews", args=[review.product.slug])
