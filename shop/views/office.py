"""Signing in at the back office."""

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse


def sign_in(request: HttpRequest) -> HttpResponse:
    """The page of the back office; whoever comes from nowhere arrives at its first page, not at his own orders."""
    if request.method == "GET" and "next" not in request.GET and not request.user.is_authenticated:
        return redirect(f"{request.path}?next={reverse('admin:index')}")
    return admin.site.login(request)
