"""What providers tell us."""

from django.http import Http404, HttpResponse
from django.http.request import RawPostDataException, UnreadablePostError
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from orders import providers
from orders.actions import payments
from orders.providers.stripe.envelope import LARGEST


@csrf_exempt
@require_POST
def payment_webhook(request):
    """Takes signed events only; what it has taken is stored, so the provider need not send it again."""
    if not providers.takes_messages():
        raise Http404
    if _length(request) > LARGEST:
        return HttpResponse(status=413)
    try:
        payments.receive_event(request.body, request.headers.get(providers.signature_header(), ""))
    except (payments.NotGenuine, UnreadablePostError, RawPostDataException):
        return HttpResponse(status=400)
    return HttpResponse(status=200)


def _length(request) -> int:
    given = request.META.get("CONTENT_LENGTH") or "0"
    return int(given) if given.isascii() and given.isdecimal() and len(given) < 12 else LARGEST + 1
