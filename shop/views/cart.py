"""To be written."""

from django.http import HttpResponse


def cart(request, *args, **kwargs):
    return HttpResponse("cart", status=501)


def add_line(request, *args, **kwargs):
    return HttpResponse("add_line", status=501)


def change_line(request, *args, **kwargs):
    return HttpResponse("change_line", status=501)
