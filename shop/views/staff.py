"""To be written."""

from django.http import HttpResponse


def outgoing_mail(request, *args, **kwargs):
    return HttpResponse("outgoing_mail", status=501)
