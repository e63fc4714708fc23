"""What a visitor answers when he is asked whether he may be recognised, and where he changes his mind."""

from allauth.account.adapter import get_adapter
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from marketing.actions import visits
from shop import limits, recognising, roads
from shop.models import Page
from shop.visits import afterwards, is_machine

ANSWERS_PER_HOUR = 60


@never_cache
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """The question with its answer of today, to be changed by one press."""
    context = {
        "answer": recognising.answer_of(request),
        "by_header": recognising.refuses_by_header(request),
        "page": Page.objects.filter(slug="privacy").first(),
    }
    return render(request, "pages/privacy.html", context)


@csrf_exempt  # The question stands on every page, and must not put a cookie into every browser. See `_is_ours`.
@require_POST
def answer(request: HttpRequest) -> HttpResponse:
    """Yes or no; then back to the page on which it was asked."""
    next_page = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(next_page, request.get_host(), request.is_secure()):
        next_page = ""
    response = redirect(next_page or "privacy")
    if not _is_ours(request) or is_machine(request):
        return redirect("privacy")
    source = "account" if request.POST.get("from") == "account" else "privacy bar"
    said = request.POST.get("answer")
    if said == "yes" and not recognising.refuses_by_header(request):
        if not limits.within("recognise", get_adapter().get_client_ip(request), ANSWERS_PER_HOUR, 3600):
            return redirect("privacy")
        key = recognising.say_yes(request, response, source)
        if road := roads.road_of(request, next_page, request.POST.get("came", "")):
            afterwards(response, lambda: visits.arrive(key, road, timezone.now()))
    elif said == "no":
        recognising.say_no(request, response, source)
    return response


def _is_ours(request: HttpRequest) -> bool:
    """Whether a page of ours sent the form: nobody else can say yes for somebody."""
    sender = request.headers.get("Origin") or request.headers.get("Referer", "")
    return recognising.host_of(sender) == request.get_host()
