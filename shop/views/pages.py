"""To be written."""

from django.http import HttpResponse


def page(request, *args, **kwargs):
    return HttpResponse("page", status=501)


def help_index(request, *args, **kwargs):
    return HttpResponse("help_index", status=501)


def contact(request, *args, **kwargs):
    return HttpResponse("contact", status=501)
