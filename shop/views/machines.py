"""To be written."""

from django.http import HttpResponse


def healthz(request, *args, **kwargs):
    return HttpResponse("healthz", status=501)


def readyz(request, *args, **kwargs):
    return HttpResponse("readyz", status=501)


def robots(request, *args, **kwargs):
    return HttpResponse("robots", status=501)


def sitemap(request, *args, **kwargs):
    return HttpResponse("sitemap", status=501)


def manifest(request, *args, **kwargs):
    return HttpResponse("manifest", status=501)


def service_worker(request, *args, **kwargs):
    return HttpResponse("service_worker", status=501)


def offline(request, *args, **kwargs):
    return HttpResponse("offline", status=501)
