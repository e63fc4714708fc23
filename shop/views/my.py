"""To be written."""

from django.http import HttpResponse


def my(request, *args, **kwargs):
    return HttpResponse("my", status=501)


def orders(request, *args, **kwargs):
    return HttpResponse("orders", status=501)


def order_of_mine(request, *args, **kwargs):
    return HttpResponse("order_of_mine", status=501)


def addresses(request, *args, **kwargs):
    return HttpResponse("addresses", status=501)


def address(request, *args, **kwargs):
    return HttpResponse("address", status=501)


def delete_address(request, *args, **kwargs):
    return HttpResponse("delete_address", status=501)


def preferences(request, *args, **kwargs):
    return HttpResponse("preferences", status=501)
