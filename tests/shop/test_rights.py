"""Every page of the back office that we added ourselves asks who may open it."""

import re

import pytest
from django.contrib import admin
from django.contrib.auth.models import Permission

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


@pytest.mark.parametrize("method", ["get", "post"])
def test_staff_without_a_right_opens_no_page_of_the_back_office(client, method):
    client.force_login(make_customer("clerk@example.com", is_staff=True))
    opened = {}

    for page in own_pages():
        answer = getattr(client, method)(page, {"x": "1"})
        # Where nothing is number 1, the office says so and leads to its first page, which shows nothing.
        if answer.status_code not in (403, 404, 405) and answer.headers.get("Location") != "/admin/":
            opened[page] = answer.status_code, answer.headers.get("Location")

    assert not opened


def test_who_may_only_write_letters_changes_nothing_on_the_shelves(client):
    clerk = make_customer("clerk@example.com", is_staff=True)
    clerk.user_permissions.add(*Permission.objects.filter(content_type__app_label="marketing"))
    client.force_login(clerk)
    shelves = [page for page in own_pages() if page.startswith("/admin/catalog/")]

    answers = {page: client.post(page, {"x": "1"}) for page in shelves}

    opened = {page: one.status_code for page, one in answers.items() if one.status_code not in (403, 404, 405)}
    assert not {page for page in opened if answers[page].headers.get("Location") != "/admin/"}
