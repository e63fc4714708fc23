"""Mails about accounts wait in the outbox, in the visitor's language, with links to our own address."""

import pytest
from allauth.account.models import EmailAddress

from customers.models import Customer, Mail
from tests.makers import make_customer

pytestmark = pytest.mark.django_db
NEW = {"email": "grace@example.com", "password1": "a long new word"}


def test_signing_up_works_while_the_mail_server_is_away(client, settings, django_capture_on_commit_callbacks):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    with django_capture_on_commit_callbacks(execute=True):
        response = client.post("/accounts/signup/", NEW)

    assert response.status_code == 302
    assert Customer.objects.filter(email="grace@example.com").exists()
    assert Mail.objects.get().status == Mail.Status.QUEUED


def test_the_language_of_the_page_becomes_the_language_of_the_customer_and_of_the_mail(client):
    client.post("/es/accounts/signup/", NEW)

    assert Customer.objects.get().language == "es"
    mail = Mail.objects.get()
    assert mail.language == "es"
    assert "http://localhost/es/accounts/confirm-email/" in mail.text


@pytest.mark.parametrize(
    ("path", "body", "occasion"),
    [
        ("/accounts/signup/", {**NEW, "email": "ada@example.com"}, "account_already_exists"),
        ("/accounts/password/reset/", {"email": "ada@example.com"}, "password_reset_key"),
        ("/accounts/password/reset/", {"email": "nobody@example.com"}, "unknown_account"),
    ],
)
def test_each_mail_of_an_account_wears_our_look_and_leads_to_our_own_host(client, settings, path, body, occasion):
    # Only then does allauth keep silent about accounts at sign-up and write a mail instead.
    settings.ACCOUNT_EMAIL_VERIFICATION = "mandatory"
    ada = make_customer("ada@example.com")
    EmailAddress.objects.create(user=ada, email=ada.email, verified=True, primary=True)
    client.post(path, body, headers={"host": "127.0.0.1"})

    mail = Mail.objects.get()
    assert mail.key.startswith(f"account:{occasion}:")
    assert "http://localhost/accounts/" in mail.text
    assert "127.0.0.1" not in mail.html + mail.text
    assert 'class="button"' in mail.html
