"""The page on which staff reads what went out."""

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from customers import mail
from customers.letters import Letter
from customers.models import Mail
from tests.makers import make_customer

pytestmark = pytest.mark.django_db
PAGE = "/staff/mail/"
HOSTILE = Letter("<script>alert(1)</script>", "text & <b>", "<html><head></head><script>alert(2)</script>", "en")


@pytest.fixture
def clerk():
    clerk = make_customer(is_staff=True)
    clerk.user_permissions.add(Permission.objects.get(codename="view_mail"))
    return clerk


def test_only_staff_with_the_right_reads_the_post(client, clerk):
    row = mail.queue("order-confirmation:1", "ada@example.com", HOSTILE)
    paths = [PAGE, reverse("letter", args=["mail", row.pk]), reverse("letter-html", args=["mail", row.pk])]

    assert [client.get(path).status_code for path in paths] == [302] * 3
    for stranger in (make_customer(), make_customer(is_staff=True)):
        client.force_login(stranger)
        assert [client.get(path).status_code for path in paths] == [403] * 3
    client.force_login(clerk)
    assert [client.get(path).status_code for path in paths] == [200] * 3


def test_a_hostile_letter_is_shown_as_text_and_its_html_is_locked_up(client, clerk):
    row = mail.queue("x", "ada@example.com", HOSTILE)
    client.force_login(clerk)

    assert b"<script>alert" not in client.get(PAGE).content
    assert b"<script>alert" not in client.get(reverse("letter", args=["mail", row.pk])).content
    alone = client.get(reverse("letter-html", args=["mail", row.pk]))
    assert "sandbox" in alone["Content-Security-Policy"]
    assert "script" not in alone["Content-Security-Policy"]
    assert "default-src 'none'" in alone["Content-Security-Policy"]
    assert alone["X-Frame-Options"] == "SAMEORIGIN"


def test_links_that_open_an_account_are_for_the_owner_of_the_shop_only(client, clerk):
    row = mail.queue("account:password_reset_key:1", "boss@example.com", HOSTILE)
    client.force_login(clerk)

    assert b"boss@" not in client.get(PAGE).content
    assert client.get(reverse("letter", args=["mail", row.pk])).status_code == 404
    client.force_login(make_customer(is_staff=True, is_superuser=True))
    assert b"boss@" in client.get(PAGE).content


def test_the_list_is_paged(client, clerk):
    for number in range(60):
        mail.queue(f"m:{number}", "ada@example.com", Letter(f"Letter {number}", "t", "h"))
    client.force_login(clerk)

    first, second = client.get(PAGE).content, client.get(PAGE + "?page=2").content
    assert b"Letter 59<" in first
    assert b"Letter 3<" not in first
    assert b"Letter 3<" in second
    assert client.get(PAGE + "?page=x%00").status_code == 200
    assert Mail.objects.count() == 60


@pytest.mark.parametrize("path", ["mail/999999/", "nothing/1/", "message/99999999999999999999999/"])
def test_a_letter_that_is_not_there_is_not_found(client, clerk, path):
    client.force_login(clerk)

    assert client.get(PAGE + path).status_code == 404


def test_whoever_signs_in_at_the_back_office_arrives_there_and_not_at_his_own_orders(client):
    make_customer("owner@example.com", is_staff=True)
    page = client.get("/admin/login/", follow=True)
    signed = {"username": "owner@example.com", "password": "correct horse"}

    assert page.redirect_chain == [("/admin/login/?next=/admin/", 302)]
    assert client.post("/admin/login/?next=/admin/", signed).headers["Location"] == "/admin/"
