"""To be written."""

from django.http import HttpResponse


def stripe_webhook(request, *args, **kwargs):
    return HttpResponse("stripe_webhook", status=501)
