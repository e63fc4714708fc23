"""What providers tell us."""

from django.conf import settings
from django.http import Http404, HttpResponse
from django.http.request import RawPostDataException, UnreadablePostError
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from orders.actions import payments
from orders.stripe_envelope import LARGEST


@csrf_exempt
@require_POST
def stripe_webhook(request):
    """Takes signed events only; what it has taken is stored, so Stripe need not send it again."""
    if not (settings.STRIPE_SECRET_KEY and settings.STRIPE_WEBHOOK_SECRET):
        raise Http404
    if _length(request) > LARGEST:
        return HttpResponse(status=413)
    try:
        payments.receive_event(request.body, request.headers.get("Stripe-Signature", ""))
    except (payments.NotGenuine, UnreadablePostError, RawPostDataException):
        return HttpResponse(status=400)
    return HttpResponse(status=200)


def _length(request) -> int:
    given = request.META.get("CONTENT_LENGTH") or "0"
    return int(given) if given.isascii() and given.isdecimal() and len(given) < 12 else LARGEST + 1
