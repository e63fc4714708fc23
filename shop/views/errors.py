"""To be written."""

from django.http import HttpResponse


def bad_request(request, *args, **kwargs):
    return HttpResponse("bad_request", status=501)


def forbidden(request, *args, **kwargs):
    return HttpResponse("forbidden", status=501)


def not_found(request, *args, **kwargs):
    return HttpResponse("not_found", status=501)


def server_error(request, *args, **kwargs):
    return HttpResponse("server_error", status=501)


def expired_form(request, *args, **kwargs):
    return HttpResponse("expired_form", status=501)
