"""Asking in the browser to be told; confirming and cancelling by link and in the account."""

import pytest
from allauth.account.models import EmailAddress
from django.core.cache import cache

from catalog.actions import listing, stock
from customers.models import Customer, Mail
from customers.tokens import token_for as address_token
from marketing.actions.releasing import release
from marketing.models import Notice
from marketing.notice_letters import token_for
from tests.makers import make_customer, make_product, make_variant
from tests.marketing.test_notices import ask, queue
from tests.marketing.voices import NOW
from tests.shop.forms import fields_of
from tests.shop.guarded import shown_earlier
from tests.shop.test_hostile import SAMPLE

pytestmark = pytest.mark.django_db
NEW = "/notices/new/"


@pytest.fixture
def blanket():
    variant = make_variant(make_product("Wool blanket", slug="wool-blanket"), stock=0, sku="WB-1")
    listing.refresh([variant.product_id])
    return variant


def sent(**fields) -> dict:
    return shown_earlier(**{"kind": "stock", "sku": "WB-1", "email": "ada@example.com", **fields})


def sign_in(client, verified: bool) -> Customer:
    customer = make_customer("ada@example.com")
    EmailAddress.objects.create(user=customer, email=customer.email, primary=True, verified=verified)
    client.force_login(customer)
    return customer


def test_a_sold_out_product_offers_to_tell_and_others_do_not(client, blanket):
    page = client.get("/p/wool-blanket/")
    assert "Tell me when it is back" in page.content.decode()
    assert fields_of(page, NEW)["sku"] == "WB-1"

    stock.adjust(blanket, by=3)
    assert "Tell me when it is back" not in client.get("/p/wool-blanket/").content.decode()


def test_a_guest_asks_confirms_by_the_letter_and_is_told(client, blanket):
    answer = client.post(NEW, sent())
    assert "Look into your mailbox" in answer.content.decode()
    link = f"/notices/confirm/{token_for(Notice.objects.get())}/"
    assert link in Mail.objects.get().text

    client.get(link)
    assert Notice.objects.get().status == "unconfirmed"
    assert "We will tell you" in client.post(link).content.decode()
    stock.adjust(blanket, by=1)
    release(NOW)
    assert Mail.objects.filter(subject__startswith="Back in stock: Wool blanket").count() == 1


def test_a_customer_with_a_proven_address_only_presses_the_button(client, blanket):
    customer = sign_in(client, verified=True)
    assert 'name="email"' not in client.get(f"{NEW}?sku=WB-1&kind=stock").content.decode()
    client.post(NEW, sent(email="other@example.com"))

    notice = Notice.objects.get()
    assert (notice.email, notice.status, notice.customer) == ("ada@example.com", "waiting", customer)
    assert not Mail.objects.exists()


def test_a_customer_with_an_address_that_nobody_proved_confirms_like_a_guest(client, blanket):
    sign_in(client, verified=False)
    client.post(NEW, sent())

    assert Notice.objects.get().status == "unconfirmed"


def test_the_page_says_the_same_whether_the_address_waits_already(client, blanket):
    first, second = client.post(NEW, sent()), client.post(NEW, sent())

    assert first.content.decode().split("<main")[1] == second.content.decode().split("<main")[1]


def test_a_price_can_be_waited_for(client, blanket):
    stock.adjust(blanket, by=3)
    page = client.get("/p/wool-blanket/").content.decode()
    assert f'href="{NEW}?kind=price&amp;sku=WB-1"' in page
    client.post(NEW, sent(kind="price"))

    assert Notice.objects.get().kind == "price" and Notice.objects.get().seen_price == blanket.price


def test_the_account_lists_and_cancels_only_ones_own(client, blanket):
    customer = sign_in(client, verified=True)
    ask(blanket, customer=customer)
    other = ask(blanket, "other@example.com")
    assert "Wool blanket" in client.get("/my/notices/").content.decode()
    client.post("/my/notices/", {"notice": other.pk})
    client.post("/my/notices/", {"notice": Notice.objects.get(customer=customer).pk})

    assert sorted(Notice.objects.values_list("email", "status")) == [
        ("ada@example.com", "cancelled"),
        ("other@example.com", "waiting"),
    ]


def test_the_link_of_a_letter_lists_and_cancels_for_its_address_alone(client, blanket):
    ask(blanket)
    other = ask(blanket, "other@example.com")
    link = f"/notices/{address_token('ada@example.com', 'notices')}/"
    assert "Wool blanket" in client.get(link).content.decode()
    client.post(link, {"notice": other.pk})
    client.post(link, {"notice": Notice.objects.get(email="ada@example.com").pk})

    assert Notice.objects.get(pk=other.pk).status == "waiting"
    assert Notice.objects.get(email="ada@example.com").status == "cancelled"


@pytest.mark.parametrize("path", ["/notices/x/", "/notices/confirm/x/", "/notices/confirm/1:1:1/"])
def test_foreign_links_are_told_calmly(client, path):
    answer = client.post(path)

    assert answer.status_code == 404 and "not complete" in answer.content.decode()


def test_the_link_that_leaves_the_list_does_not_open_the_notices(client):
    assert client.get(f"/notices/{address_token('ada@example.com')}/").status_code == 404


@pytest.mark.parametrize("query", ["", "?sku=WB-1", "?sku=WB-1&kind=x", "?sku=no&kind=stock", "?sku=%00&kind=stock"])
def test_what_does_not_exist_cannot_be_waited_for(client, blanket, query):
    assert client.get(NEW + query).status_code == 404


def test_machines_are_not_taken(client, blanket):
    assert client.post(NEW, sent(website="x")).status_code == 200
    assert client.post(NEW, {**sent(), "shown": ""}).status_code == 422
    assert not Notice.objects.exists()


def test_two_hundred_a_minute_are_not_taken(client, blanket):
    answers = [client.post(NEW, sent(email=f"p{n}@example.com")).status_code for n in range(40)]

    assert answers.count(429) == 10


def test_the_form_survives_every_string(client, blanket):
    for string in SAMPLE:
        # Nobody types so fast: the count of tries is forgotten, so that each string reaches the form.
        cache.clear()
        assert client.post(NEW, sent(email=string)).status_code in (200, 422)
    for string in SAMPLE[:60]:
        assert client.post(NEW, sent(kind=string)).status_code == 404
        assert client.post("/notices/x/", {"notice": string}).status_code == 404


def test_the_office_counts_who_waits_for_what(client, blanket, django_assert_max_num_queries):
    queue(blanket, 3)
    client.force_login(Customer.objects.create_superuser("owner@example.com", "correct horse"))
    with django_assert_max_num_queries(16):
        page = client.get("/admin/marketing/wantedvariant/").content.decode()

    assert "3 people wait for this" in page and "Wool blanket" in page
    assert "p0@example.com" in client.get("/admin/marketing/notice/?q=WB-1").content.decode()
