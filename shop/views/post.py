"""To be written."""

from django.http import HttpResponse


def unsubscribe(request, *args, **kwargs):
    return HttpResponse("unsubscribe", status=501)


def go(request, *args, **kwargs):
    return HttpResponse("go", status=501)


def newsletter(request, *args, **kwargs):
    return HttpResponse("newsletter", status=501)
