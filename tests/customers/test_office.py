"""The back office of the guest book."""

import pytest
from django.apps import apps
from django.urls import reverse
from django.utils import timezone

from customers import consent, mail
from customers.letters import Letter
from customers.models import Customer, Mail, ShopDetails
from tests.customers.office import clerk_with
from tests.makers import make_customer

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner(client):
    owner = make_customer("owner@example.com", is_staff=True, is_superuser=True)
    client.force_login(owner)
    return owner


@pytest.mark.parametrize("model", ["customer", "consent", "suppression", "mail", "shopdetails"])
def test_each_list_and_page_opens(client, owner, model):
    consent.grant("ada@example.com", "marketing", "email", "Yes", "checkout")
    consent.suppress("ben@example.com", "complained")
    mail.queue("k", "ada@example.com", Letter("S", "t", "h"))
    ShopDetails.objects.create(name="Vitrina")

    assert client.get(reverse(f"admin:customers_{model}_changelist"), {"q": "a"}).status_code in (200, 302)
    row = owner if model == "customer" else apps.get_model("customers", model).objects.latest("pk")
    assert client.get(reverse(f"admin:customers_{model}_change", args=[row.pk])).status_code == 200


def test_the_page_of_a_customer_says_what_he_agreed_to_and_bought(client, owner):
    consent.grant("owner@example.com", "marketing", "email", "Yes", "checkout")
    page = client.get(reverse("admin:customers_customer_change", args=[owner.pk])).content.decode()

    assert "granted (checkout)" in page
    assert "0 orders" in page


def test_a_customer_is_added_with_an_address_in_one_spelling(client, owner):
    body = {
        "email": " New@Example.com", "language": "ru", "name": "", "password1": "a long new word",
        "password2": "a long new word",
    }  # fmt: skip
    client.post(reverse("admin:customers_customer_add"), body)

    assert Customer.objects.get(email="new@example.com").language == "ru"


def change(client, customer: Customer, **fields):
    body = {
        "email": customer.email, "name": customer.name, "language": "en", "is_active": "on",
        "addresses-TOTAL_FORMS": 0, "addresses-INITIAL_FORMS": 0, **fields,
    }  # fmt: skip
    return client.post(reverse("admin:customers_customer_change", args=[customer.pk]), body)


def test_a_clerk_edits_customers_but_hands_out_no_rights(client):
    client.force_login(clerk_with("change_customer", "view_customer"))
    ada = make_customer("ada@example.com")
    change(client, ada, name="Ada", is_superuser="on", is_staff="on")

    ada.refresh_from_db()
    assert ada.name == "Ada"
    assert not ada.is_staff
    assert not ada.is_superuser


def test_a_clerk_changes_neither_colleagues_nor_their_passwords(client):
    clerk = clerk_with("change_customer", "view_customer")
    boss = make_customer("boss@example.com", is_staff=True, is_superuser=True)
    client.force_login(clerk)

    for colleague in (boss, clerk):
        assert change(client, colleague, name="Owned").status_code == 403
        password = reverse("admin:auth_user_password_change", args=[colleague.pk])
        body = {"password1": "a long new word", "password2": "a long new word"}
        assert client.post(password, body).status_code == 403
    assert not Customer.objects.filter(name="Owned").exists()


def test_nobody_edits_what_somebody_agreed_to(client, owner):
    consent.grant("ada@example.com", "marketing", "email", "Yes", "checkout")

    assert client.post(reverse("admin:customers_consent_change", args=[1]), {}).status_code == 403
    assert client.get(reverse("admin:customers_consent_add")).status_code == 403


def test_staff_bar_an_address_and_lift_only_their_own_bar(client, owner):
    client.post(reverse("admin:customers_suppression_add"), {"email": "Ada@Example.com"})
    assert consent.standing("ada@example.com").suppression.reason == "by_staff"
    consent.withdraw("ben@example.com", "unsubscribe")
    ben = consent.standing("ben@example.com").suppression

    assert client.post(reverse("admin:customers_suppression_delete", args=[ben.pk]), {"post": "yes"}).status_code == 403
    own = consent.standing("ada@example.com").suppression
    client.post(reverse("admin:customers_suppression_delete", args=[own.pk]), {"post": "yes"})
    assert consent.standing("ada@example.com").suppression is None


def failed_mail() -> Mail:
    row = mail.queue("k", "ada@example.com", Letter("Your order", "t", "h"))
    Mail.objects.update(status=Mail.Status.FAILED, error="550", attempts=3)
    return row


def test_a_failed_letter_is_sent_again_after_a_question(client, owner, mailoutbox):
    row = failed_mail()
    path = reverse("admin:customers_mail_resend", args=[row.pk])

    assert b"ada@example.com" in client.get(path).content
    assert Mail.objects.get().status == Mail.Status.FAILED
    client.post(path)
    mail.dispatch(timezone.now())
    assert len(mailoutbox) == 1
    client.post(path)
    assert mail.dispatch(timezone.now()) == 0


def test_who_may_only_read_the_post_cannot_send_it_again(client):
    row = failed_mail()
    client.force_login(clerk_with("view_mail"))

    assert client.get(reverse("admin:customers_mail_change", args=[row.pk])).status_code == 200
    assert client.post(reverse("admin:customers_mail_resend", args=[row.pk])).status_code == 403


def test_links_that_open_accounts_are_not_shown_to_clerks(client):
    row = mail.queue("account:password_reset_key:1", "boss@example.com", Letter("Reset", "t", "h"))
    client.force_login(clerk_with("view_mail"))

    assert b"boss@" not in client.get(reverse("admin:customers_mail_changelist")).content
    assert client.get(reverse("admin:customers_mail_letter", args=[row.pk])).status_code == 404
