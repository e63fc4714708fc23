"""To be written."""

from django.http import HttpResponse


def home(request, *args, **kwargs):
    return HttpResponse("home", status=501)


def category(request, *args, **kwargs):
    return HttpResponse("category", status=501)


def brand(request, *args, **kwargs):
    return HttpResponse("brand", status=501)


def search(request, *args, **kwargs):
    return HttpResponse("search", status=501)


def suggest(request, *args, **kwargs):
    return HttpResponse("suggest", status=501)
