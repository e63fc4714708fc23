"""Questions about a product: reading, searching, asking; answering for those who bought it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from catalog.models import Product
from marketing.actions import questions as actions
from marketing.authors import customer_as_author
from marketing.models import Question, State
from marketing.queries import questions as asked
from shop import voices
from shop.forms.fields import clean_line
from shop.forms.questions import AnswerForm, QuestionForm
from shop.structured import embedded
from shop.structured_voices import questions_data
from shop.views.moved import follows_old_slugs
from shop.views.post import said
from shop.views.reviews import product_or_404

ASKED_PER_HOUR = 10


@require_http_methods(["GET", "HEAD", "POST"])
@follows_old_slugs
def questions(request: HttpRequest, slug: str) -> HttpResponse:
    """Every question of a product, and the form for a new one."""
    product = product_or_404(slug)
    form = _form(request)
    if request.method == "POST" and form.is_machine:
        return _thanks(request, product)
    if form.is_valid():
        return _take(request, product, form.cleaned_data)
    words = clean_line(request.GET.get("q", ""))[:80]
    page = Paginator(asked.find(product.pk, words), asked.PER_PAGE).get_page(request.GET.get("page"))
    shown = list(page.object_list)
    context = {
        "product": product,
        "form": form,
        "page": page,
        "asked": shown,
        "words": words,
        "path": reverse("questions", args=[slug]),
        "trail": [{"name": product.said_name, "url": product.get_absolute_url()}, {"name": _("Questions"), "url": ""}],
        "structured": embedded(questions_data(shown)) if any(one.shown_answers for one in shown) else "",
    }
    return render(request, "questions/questions.html", context, status=422 if form.is_bound else 200)


def _form(request) -> QuestionForm:
    customer = request.user if request.user.is_authenticated else None
    initial = {"name": voices.shown_name(customer.name)} if customer else {}
    data = request.POST if request.method == "POST" else None
    return QuestionForm(data, initial=initial, is_customer=customer is not None)


def _take(request, product: Product, typed: dict) -> HttpResponse:
    if voices.often(request, "question", ASKED_PER_HOUR):
        return said(request, _("That was often"), _("Please try again in an hour."), 429)
    customer = request.user if request.user.is_authenticated else None
    email = customer.email if customer else typed["email"]
    actions.ask(product, typed["text"], typed["name"], email, get_language(), timezone.now(), customer)
    return _thanks(request, product)


def _thanks(request, product: Product) -> HttpResponse:
    words = _("Thank you. We answer within two working days, here and by e-mail.")
    messages.success(request, words)
    return redirect("questions", product.slug)


@never_cache
@login_required
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Somebody who bought the product says what he knows; others are told that this is for buyers."""
    rows = Question.objects.filter(state=State.PUBLISHED, product__status=Product.Status.PUBLISHED)
    question = get_object_or_404(rows.select_related("product"), pk=pk)
    if customer_as_author(request.user).purchase_of(question.product) is None:
        messages.info(request, _("Only people who bought it here can answer. Thank you for wanting to help."))
        return redirect("questions", question.product.slug)
    name = voices.shown_name(request.user.name)
    form = AnswerForm(request.POST if request.method == "POST" else None, initial={"name": name})
    if not form.is_valid():
        context = {"form": form, "question": question}
        return render(request, "questions/answer.html", context, status=422 if form.is_bound else 200)
    if voices.often(request, "answer", ASKED_PER_HOUR):
        return said(request, _("That was often"), _("Please try again in an hour."), 429)
    typed, now = form.cleaned_data, timezone.now()
    actions.answer_as_buyer(question, typed["text"], typed["name"], get_language(), now, request.user)
    messages.success(request, _("Thank you. We read each answer first; yours appears within two working days."))
    return redirect("questions", question.product.slug)
