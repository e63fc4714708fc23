"""A visitor is asked once whether he may be recognised; only his yes gives him a number, and he may take it back."""

import pytest
from django.test import Client
from django.utils import timezone

from customers.models import Consent
from marketing.models import Episode, Event, Profile, Purchase, Touch, Visitor
from shop.recognising import COOKIE
from tests.catalog.shelf import listed
from tests.makers import make_category, make_counter, make_customer, make_product, make_variant
from tests.shop.shopper import order_by, put_in

pytestmark = pytest.mark.django_db
AGENT = "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0"
QUESTION = "May we recognise this browser"
ORIGIN = {"origin": "http://testserver"}


@pytest.fixture
def browser():
    return Client(headers={"user-agent": AGENT})


def answer(browser, said="yes", **more):
    return browser.post("/privacy/answer/", {"answer": said, "next": "/", **more}, headers=ORIGIN)


def types_of(**whose) -> list[str]:
    return list(Event.objects.filter(**whose).order_by("pk").values_list("type", flat=True))


def test_the_question_is_asked_until_it_is_answered(browser):
    page = browser.get("/").content.decode()
    assert QUESTION in page
    assert page.count('class="button quiet" name="answer"') == 2

    answer(browser, "no")

    assert QUESTION not in browser.get("/").content.decode()
    assert not Visitor.objects.exists()
    assert not Consent.objects.exists()


@pytest.mark.parametrize("header", ["Sec-GPC", "DNT"])
def test_who_says_no_by_a_header_is_not_asked_and_not_recognised(browser, header):
    answer(browser)
    listed("Cup", slug="cup")

    page = browser.get("/p/cup/", headers={header: "1", "user-agent": AGENT}).content.decode()

    assert QUESTION not in page
    assert types_of(visitor=None) == ["product_viewed"]


def test_a_yes_is_kept_word_for_word_and_names_what_follows(browser):
    listed("Cup", slug="cup")
    browser.get("/p/cup/")
    answer(browser)

    browser.get("/p/cup/")

    said = Consent.objects.get()
    assert (said.purpose, said.channel, said.status, said.email, said.version) == (
        "analytics",
        "web",
        "granted",
        "",
        "1",
    )
    assert said.wording.startswith(QUESTION)
    visitor = Visitor.objects.get(key=said.visitor_key)
    assert types_of(visitor=None) == ["product_viewed"]
    assert types_of(visitor=visitor) == ["product_viewed"]
    assert Episode.objects.get(visitor=visitor).step == Episode.Step.BROWSE


def test_nobody_else_can_say_yes_for_a_visitor(browser):
    for headers in ({"origin": "https://evil.example"}, {"origin": "null"}, {}):
        browser.post("/privacy/answer/", {"answer": "yes"}, headers=headers)

    assert COOKIE not in browser.cookies
    assert not Visitor.objects.exists()


@pytest.mark.parametrize("value", ["", "1.", "1.nonsense", "9.no", "1." + "0" * 4000, "\x00"])
def test_a_cookie_that_is_none_of_ours_is_nobody(browser, value):
    browser.cookies[COOKIE] = value

    assert QUESTION in browser.get("/").content.decode()


def test_a_number_that_was_forgotten_breaks_nothing(browser):
    make_counter()
    variant = make_variant()
    answer(browser)
    Visitor.objects.all().delete()

    assert put_in(browser, variant).status_code == 302
    assert types_of() == ["added_to_cart"]


def test_taking_it_back_forgets_what_was_looked_at(browser):
    listed("Cup", slug="cup")
    answer(browser)
    browser.get("/p/cup/?utm_source=letter", headers={"user-agent": AGENT})

    answer(browser, "no")

    assert not Visitor.objects.exists()
    assert types_of(visitor=None, profile=None) == ["product_viewed"]
    assert Touch.objects.get().visitor is None
    assert Consent.objects.first().status == "withdrawn"


def test_what_a_visitor_saw_before_he_signed_in_counts_for_him(browser, django_capture_on_commit_callbacks):
    listed("Cup", slug="cup")
    answer(browser)
    browser.get("/p/cup/")
    ada = make_customer("ada@example.com")

    browser.post("/accounts/login/", {"login": ada.email, "password": "correct horse"})

    profile = Profile.objects.get(customer=ada)
    assert types_of(profile=profile) == ["product_viewed", "signed_in"]
    assert Episode.objects.get().profile == profile
    assert profile.dirty_at


def test_an_order_knows_its_visitor_and_by_which_road_he_came(browser, django_capture_on_commit_callbacks):
    make_counter()
    cup = make_variant(make_product("Cup", slug="cup"))
    listed("Plate")
    landing = "/p/cup/?utm_source=garden&utm_medium=cpc&utm_campaign=spring&gclid=x1"
    browser.get(landing)
    answer(browser, next=landing, came="https://www.google.com/")
    with django_capture_on_commit_callbacks(execute=True):
        put_in(browser, cup)
        order_by(browser)

    purchase = Purchase.objects.get()
    assert purchase.visitor == Visitor.objects.get()
    assert purchase.profile.email == "ada@example.com"
    assert types_of(profile=purchase.profile) == ["added_to_cart", "checkout_started", "order_placed"]
    assert Episode.objects.get().step == Episode.Step.ORDERED
    came = Touch.objects.get(profile=purchase.profile)
    assert (came.source, came.medium, came.campaign, came.click_id) == ("garden", "cpc", "spring", "gclid:x1")
    assert came.landing == "/p/cup/"
    assert came.occurred_at <= timezone.now()


def test_arrivals_from_outside_are_told_once_and_walks_not_at_all(browser):
    answer(browser)
    for referrer in ("https://www.bing.com/", "https://www.bing.com/", "http://testserver/", "http://[", "x" * 9000):
        browser.get("/", headers={"referer": referrer, "user-agent": AGENT})

    assert [(t.source, t.medium) for t in Touch.objects.all()] == [("bing.com", "organic")]


def test_lists_filters_searches_and_pages_are_facts(browser):
    shelf = make_category("Cups", slug="cups")
    make_product("Cup", shelf)
    browser.get("/c/cups/")
    browser.get("/c/cups/?page=2")
    browser.get("/c/cups/?price_max=40")
    browser.get("/search/?q=CUP")
    browser.get("/search/?q=ada@example.com")
    browser.get("/help/")

    told = list(Event.objects.order_by("pk").values_list("type", "text"))
    assert told[0] == ("category_viewed", "")
    assert ("searched", "cup") in told
    assert ("searched", "") in told
    assert told[-1] == ("content_read", "help")


def test_being_recognised_costs_no_query_before_the_answer(browser, django_assert_num_queries):
    browser.get("/")
    plain = Client(headers={"user-agent": AGENT})
    answer(browser)
    browser.get("/")
    with django_assert_num_queries(2) as of_nobody:
        plain.get("/")
    with django_assert_num_queries(len(of_nobody)):
        browser.get("/")
