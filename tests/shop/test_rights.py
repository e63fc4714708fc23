"""Every page of the back office that we added ourselves asks who may open it."""

import re

import pytest
from django.contrib import admin
from django.contrib.auth.models import Permission
from django.contrib.messages.storage.fallback import FallbackStorage
from django.contrib.sessions.backends.db import SessionStore
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.test import RequestFactory
from django.urls import resolve

from tests.makers import make_customer

pytestmark = pytest.mark.django_db


def own_pages() -> list[str]:
    """Addresses of every admin class, with 1 in place of a number or name."""
    pages = []
    for model, model_admin in admin.site._registry.items():
        root = f"/admin/{model._meta.app_label}/{model._meta.model_name}/"
        routes = [str(pattern.pattern) for pattern in model_admin.get_urls() if "(" not in str(pattern.pattern)]
        # The last address of all only leads from an old one to that of today.
        pages += [root + re.sub(r"<[^>]*>", "1", route) for route in routes if route != "<path:object_id>/"]
    return sorted(set(pages))


def opened(clerk, method: str, page: str) -> bool:
    """Whether the page does anything for this person. Its view is called itself, which draws no page of refusal."""
    request = getattr(RequestFactory(), method)(page, {"x": "1"})
    request.user, request.session = clerk, SessionStore()
    request._messages = FallbackStorage(request)
    request.resolver_match = match = resolve(page)
    # What is refused has to be refused by the right, not for want of a token.
    request._dont_enforce_csrf_checks = True
    try:
        answer = match.func(request, *match.args, **match.kwargs)
    except (PermissionDenied, Http404):
        return False
    # Where nothing is number 1, the office says so and leads to its first page, which shows nothing.
    return answer.status_code not in (403, 404, 405) and answer.headers.get("Location") != "/admin/"


@pytest.mark.parametrize("method", ["get", "post"])
def test_staff_without_a_right_opens_no_page_of_the_back_office(method):
    clerk = make_customer("clerk@example.com", is_staff=True)

    assert [page for page in own_pages() if opened(clerk, method, page)] == []


def test_who_may_only_write_letters_changes_nothing_on_the_shelves():
    clerk = make_customer("clerk@example.com", is_staff=True)
    clerk.user_permissions.add(*Permission.objects.filter(content_type__app_label="marketing"))
    shelves = [page for page in own_pages() if page.startswith("/admin/catalog/")]

    assert len(shelves) > 100
    assert [page for page in shelves if opened(clerk, "post", page)] == []


def test_the_owner_is_led_in():
    """So that the refusals above are not those of a test that knocks at the wrong door."""
    owner = make_customer("owner@example.com", is_staff=True, is_superuser=True)

    assert opened(owner, "get", "/admin/catalog/product/")
    assert opened(owner, "get", "/admin/catalog/product/add/")
