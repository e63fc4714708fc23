"""Every page that allauth can show wears our look and works without a script."""

import pytest
from allauth.account.models import EmailAddress

from customers.models import Customer
from tests.makers import make_customer

pytestmark = pytest.mark.django_db
GUEST = ["login", "signup", "password/reset", "password/reset/done", "password/reset/key/done", "inactive"]
SIGNED_IN = ["logout", "email", "password/change"]
OURS = "css/counter.css"


@pytest.mark.parametrize("name", GUEST)
def test_pages_for_guests(client, name):
    page = client.get(f"/accounts/{name}/").content.decode()

    assert OURS in page and "<h1>" in page and "placeholder" not in page


@pytest.mark.parametrize("name", SIGNED_IN)
def test_pages_for_customers(client, name):
    client.force_login(make_customer())
    response = client.get(f"/accounts/{name}/", follow=True)

    assert OURS in response.content.decode()


@pytest.mark.parametrize("path", ["confirm-email/", "confirm-email/bad-key/", "password/reset/key/1-bad/"])
def test_pages_behind_links_in_letters(client, path):
    assert OURS in client.get(f"/accounts/{path}").content.decode()


@pytest.mark.parametrize("prefix", ["", "/es", "/ru"])
def test_signing_up_and_in(client, prefix):
    client.post(f"{prefix}/accounts/signup/", {"email": "Grace@Example.com", "password1": "a long new word"})
    client.post(f"{prefix}/accounts/logout/")
    response = client.post(f"{prefix}/accounts/login/", {"login": "grace@example.com", "password": "a long new word"})

    assert response.status_code == 302
    assert Customer.objects.get().email == "grace@example.com"
    assert client.get("/my/").status_code == 200


def test_faults_are_told_by_the_field(client):
    page = client.post("/accounts/login/", {"login": "grace", "password": ""}).content.decode()

    assert "<title>Error:" in page
    assert "such as ann@example.com" in page and "Write your password." in page
    assert 'aria-describedby="id_login_error"' in page and 'value="grace"' in page


def test_a_password_is_changed_by_the_link_in_the_letter(client):
    from customers.models import Mail

    ada = make_customer("ada@example.com")
    client.post("/accounts/password/reset/", {"email": "ada@example.com"})
    link = next(word for word in Mail.objects.get().text.split() if "/password/reset/key/" in word)
    form = client.get(link.removeprefix("http://localhost"), follow=True)

    client.post(form.request["PATH_INFO"], {"password1": "quite another one"})

    ada.refresh_from_db()
    assert ada.check_password("quite another one")


def test_an_unknown_address_is_answered_like_a_known_one(client):
    make_customer("ada@example.com")

    known = client.post("/accounts/password/reset/", {"email": "ada@example.com"})
    unknown = client.post("/accounts/password/reset/", {"email": "eve@example.com"})

    assert (known.status_code, known.url) == (unknown.status_code, unknown.url)


def test_an_address_can_be_added_and_removed(client):
    ada = make_customer("ada@example.com")
    client.force_login(ada)
    EmailAddress.objects.create(user=ada, email=ada.email, primary=True, verified=True)

    client.post("/accounts/email/", {"action_add": "", "email": "second@example.com"})
    assert "second@example.com" in client.get("/accounts/email/").content.decode()

    client.post("/accounts/email/", {"action_remove": "", "email": "second@example.com"})
    assert EmailAddress.objects.count() == 1


@pytest.mark.parametrize("value", ["\x00", "x" * 5000, "' or 1=1", "<script>", "＠", "🎁@🎁"])
def test_nonsense_is_never_a_fault_of_ours(client, value):
    assert client.post("/accounts/login/", {"login": value, "password": value}).status_code < 500
    assert client.post("/accounts/signup/", {"email": value, "password1": value}).status_code < 500
    assert client.post("/accounts/password/reset/", {"email": value}).status_code < 500
