"""To be written."""

from django.http import HttpResponse


def checkout(request, *args, **kwargs):
    return HttpResponse("checkout", status=501)


def card_return(request, *args, **kwargs):
    return HttpResponse("card_return", status=501)


def card_cancelled(request, *args, **kwargs):
    return HttpResponse("card_cancelled", status=501)
