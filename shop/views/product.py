"""To be written."""

from django.http import HttpResponse


def product(request, *args, **kwargs):
    return HttpResponse("product", status=501)
