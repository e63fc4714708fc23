"""Writing a review: signed in, or by the signed link of an order. The same form, the same rules."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from catalog.models import Product
from catalog.words import say, words_of
from marketing import authors
from marketing.actions import reviews as actions
from marketing.actions.voice_pictures import NotAPicture
from marketing.authors import Author
from marketing.models import Review
from orders.models import Order
from shop import voices
from shop.forms.reviews import ReviewForm
from shop.views.moved import follows_old_slugs
from shop.views.paying import private
from shop.views.post import said
from shop.views.reviews import product_or_404

WRITTEN_PER_HOUR = 20


@never_cache
@login_required
@follows_old_slugs
def write(request: HttpRequest, slug: str) -> HttpResponse:
    """A customer writes or changes his review."""
    product = product_or_404(slug)
    author = authors.customer_as_author(request.user)
    return _form(request, author, product, reverse("my-reviews"), voices.shown_name(request.user.name))


@never_cache
@login_required
def mine(request: HttpRequest) -> HttpResponse:
    """What a customer wrote, and what he bought and has not written about."""
    author = authors.customer_as_author(request.user)
    reviews = list(Review.objects.filter(author.owns()).select_related("product"))
    done = {review.product_id for review in reviews}
    orders = request.user.orders.placed().order_by("-pk")[:10]
    open_goods = {p.pk: p for order in orders for p in authors.goods_of(order) if p.pk not in done}
    context = {"reviews": reviews, "goods": _named(list(open_goods.values())[:12])}
    return render(request, "my/reviews.html", context)


@never_cache
@login_required
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """A customer takes his review back: one question, then it is gone."""
    author = authors.customer_as_author(request.user)
    review = get_object_or_404(Review.objects.filter(author.owns()).select_related("product"), pk=pk)
    return _withdraw(request, review, reverse("my-reviews"))


@never_cache
def by_link(request: HttpRequest, token: str) -> HttpResponse:
    """The goods of an order, each with the way to its form."""
    order = order_or_404(token)
    author = authors.holder_of(order)
    goods = _named(authors.goods_of(order))
    for product in goods:
        product.review = author.review_of(product)
    return private(render(request, "reviews/goods.html", {"goods": goods, "token": token, "order": order}))


@never_cache
def write_by_link(request: HttpRequest, token: str, pk: int) -> HttpResponse:
    """Whoever holds the link of the order writes or changes a review of something in it."""
    order, product = _ordered_or_404(token, pk)
    address = order.addresses.first()
    back = reverse("review-goods", args=[token])
    name = voices.shown_name(address.name if address else "")
    return private(_form(request, authors.holder_of(order), product, back, name, token))


@never_cache
def withdraw_by_link(request: HttpRequest, token: str, pk: int) -> HttpResponse:
    order, product = _ordered_or_404(token, pk)
    review = authors.holder_of(order).review_of(product)
    if review is None:
        raise Http404
    return private(_withdraw(request, review, reverse("review-goods", args=[token])))


def order_or_404(token: str) -> Order:
    try:
        return authors.order_from(token)
    except Order.DoesNotExist:
        raise Http404 from None


def _ordered_or_404(token: str, pk: int) -> tuple[Order, Product]:
    """The order and a product of it that may be reviewed; any other product is not found."""
    order = order_or_404(token)
    product = next((product for product in authors.goods_of(order) if product.pk == pk), None)
    if product is None:
        raise Http404
    return order, _named([product])[0]


def _named(goods: list[Product]) -> list[Product]:
    for product in goods:
        product.said_name = say(words_of(product, "name"), get_language())
    return goods


def _form(request, author: Author, product: Product, back: str, name: str, token: str = "") -> HttpResponse:
    review = author.review_of(product)
    initial = {"name": name}
    if review:
        initial = {field: getattr(review, field) for field in ("rating", "fit", "title", "text", "name")}
    form = ReviewForm(
        *((request.POST, request.FILES) if request.method == "POST" else ()),
        initial=initial,
        with_fit=voices.has_sizes(product),
        kept=review.pictures if review else [],
    )
    if form.is_valid() and (answer := _take(request, form, author, product, back)):
        return answer
    context = {"form": form, "product": product, "review": review, "back": back, "token": token}
    return render(request, "reviews/write.html", context, status=422 if form.is_bound else 200)


def _take(request, form: ReviewForm, author: Author, product: Product, back: str) -> HttpResponse | None:
    """Store what was written; None when a picture was none, which the form then says."""
    if voices.often(request, "review", WRITTEN_PER_HOUR):
        return said(request, _("That was often"), _("Please try again in an hour."), 429)
    typed = form.cleaned_data
    words = actions.Words(
        rating=int(typed["rating"]),
        text=typed["text"],
        name=typed["name"],
        title=typed["title"],
        fit=typed.get("fit", ""),
        language=get_language(),
    )
    try:
        actions.write(author, product, words, timezone.now(), typed["pictures"], form.dropped)
    except NotAPicture as fault:
        form.add_error("pictures", str(fault))
        return None
    messages.success(request, _("Thank you. We read each review first; yours appears within two working days."))
    return redirect(back)


def _withdraw(request, review: Review, back: str) -> HttpResponse:
    if request.method == "POST":
        actions.withdraw(review)
        messages.success(request, _("Your review is deleted."))
        return redirect(back)
    return render(request, "reviews/withdraw.html", {"review": review, "back": back})
