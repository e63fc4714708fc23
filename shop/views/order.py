"""To be written."""

from django.http import HttpResponse


def order(request, *args, **kwargs):
    return HttpResponse("order", status=501)


def download(request, *args, **kwargs):
    return HttpResponse("download", status=501)
