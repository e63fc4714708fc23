"""The letter-box for what carriers of letters and texts tell afterwards. Only what they signed is believed."""

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse
from django.http.request import RawPostDataException, UnreadablePostError
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from customers.texts import reports
from marketing.actions import feedback
from marketing.models import DeliveryEvent
from shop import limits, mail_events

LARGEST_MAIL, LARGEST_TEXT = 2_000_000, 20_000
WRONG_PER_HOUR = 100
KINDS = {
    reports.DELIVERED: DeliveryEvent.Type.DELIVERED,
    reports.FAILED: DeliveryEvent.Type.FAILED,
    reports.GONE: DeliveryEvent.Type.BOUNCED,
    reports.STOPPED: DeliveryEvent.Type.UNSUBSCRIBED,
    reports.OTHER: DeliveryEvent.Type.OTHER,
}


@csrf_exempt
@require_http_methods(["POST", "HEAD"])
def mail(request: HttpRequest) -> HttpResponse:
    """From the provider that EMAIL_BACKEND names (django-anymail); closed without a secret for it."""
    view = mail_events.door()
    if view is None:
        raise Http404
    if refusal := _refusal(request, LARGEST_MAIL):
        return refusal
    try:
        return view(request)
    except SuspiciousOperation:
        return _not_genuine(request)
    except (ValueError, KeyError, TypeError, AttributeError, UnreadablePostError, RawPostDataException):
        # Signed, and yet not what this provider sends.
        return HttpResponse(status=400)


@csrf_exempt
@require_POST
def texts(request: HttpRequest) -> HttpResponse:
    """What became of a text, or what somebody answered to one."""
    if not settings.TEXT_PROVIDER:
        raise Http404
    if refusal := _refusal(request, LARGEST_TEXT):
        return refusal
    try:
        report = reports.read(f"{settings.SITE_URL}{request.get_full_path()}", request.headers, request.body)
    except (reports.NotGenuine, UnreadablePostError, RawPostDataException):
        return _not_genuine(request)
    now = timezone.now()
    if report.kind == reports.STOPPED and not report.reference:
        feedback.take_stop(report.provider, report.event_id, report.number, report.words, now)
    elif report.event_id:
        told = {"occurred_at": now, "provider_id": report.reference, "address": report.number, "words": report.words}
        final = report.kind == reports.GONE
        type = KINDS[report.kind]
        feedback.take(feedback.Told(report.provider, report.event_id, type, **told, is_final=final), now)
    return HttpResponse("<Response/>", content_type="text/xml")


def _refusal(request: HttpRequest, largest: int) -> HttpResponse | None:
    given = request.META.get("CONTENT_LENGTH") or "0"
    if not (given.isascii() and given.isdecimal() and len(given) < 12 and int(given) <= largest):
        return HttpResponse(status=413)
    return HttpResponse(status=429) if limits.reached("report", _who(request), WRONG_PER_HOUR) else None


def _not_genuine(request: HttpRequest) -> HttpResponse:
    limits.within("report", _who(request), WRONG_PER_HOUR, 3600)
    return HttpResponse(status=400)


def _who(request: HttpRequest) -> str:
    return get_adapter().get_client_ip(request)
