"""What a visitor searched for and looked at is kept for him alone, and forgotten when he says so."""

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from catalog import memo
from catalog.actions import searches
from customers.models import CustomerGroup, RecentSearch
from shop.pockets import SEARCHES, VIEWED
from tests.catalog.shelf import listed
from tests.makers import make_customer, make_price_list, make_variant

pytestmark = pytest.mark.django_db
AGENT = "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0"


@pytest.fixture
def visitor():
    return Client(headers={"user-agent": AGENT})


def suggested(visitor, words: str = "") -> str:
    return visitor.get("/search/suggest/", {"q": words}).content.decode()


def test_a_guest_is_offered_his_own_last_searches(visitor):
    listed("Cup")
    listed("Cupboard")
    for words in ("cup", "Cupboard", "nothing like it"):
        visitor.get("/search/", {"q": words})

    page = suggested(visitor)

    assert page.index("q=Cupboard") < page.index("q=cup")
    assert "nothing" not in page
    assert "q=Cupboard" in suggested(visitor, "cu")
    assert "q=" not in suggested(Client(headers={"user-agent": AGENT}))


def test_a_customer_finds_them_on_every_device(visitor):
    listed("Cup")
    ada, phone = make_customer(), Client(headers={"user-agent": AGENT})
    visitor.force_login(ada)
    phone.force_login(ada)
    visitor.get("/search/", {"q": "cup"})

    assert "q=cup" in suggested(phone)


def test_searches_are_forgotten_everywhere(visitor):
    listed("Cup")
    visitor.force_login(make_customer())
    visitor.get("/search/", {"q": "cup"})

    visitor.post("/search/forget/")

    assert "q=cup" not in suggested(visitor)
    assert not RecentSearch.objects.exists()


def test_only_a_few_are_kept(visitor):
    ada = make_customer()
    visitor.force_login(ada)
    for number in range(9):
        listed(f"Cup {number}x")
        visitor.get("/search/", {"q": f"cup {number}x"})

    assert RecentSearch.objects.filter(customer=ada).count() == 6
    assert suggested(visitor).count("your last search") == 6


@pytest.mark.parametrize("words", ["ada@example.com cup", "cup " * 30])
def test_what_had_better_not_be_kept_is_not(visitor, words):
    listed("Cup ada example com")
    visitor.get("/search/", {"q": words})

    assert SEARCHES.cookie not in visitor.cookies


def test_popular_searches_of_others_are_offered(visitor):
    searches.write(
        [
            [str(timezone.localdate()), "en", "cup with a handle", 5, 3, True],
            [str(timezone.localdate()), "en", "cup rare", 1, 3, True],
        ],
        [],
    )

    assert "q=cup%20with%20a%20handle" in suggested(visitor, "cup w")
    assert "rare" not in suggested(visitor)


def test_suggestions_cost_a_guest_three_queries_at_most(visitor, django_assert_max_num_queries):
    listed("Cup")
    visitor.get("/search/", {"q": "cup"})
    suggested(visitor, "c")

    with django_assert_max_num_queries(3):
        suggested(visitor, "cup")
    with django_assert_max_num_queries(0):
        suggested(visitor)


@pytest.mark.parametrize("group", ["", "trade"])
def test_suggestions_cost_no_more_for_who_is_signed_in(visitor, group, django_assert_max_num_queries):
    if group:
        make_price_list({make_variant(): 900}, group=CustomerGroup.objects.create(code=group, name="Trade").code)
    listed("Cup")
    visitor.force_login(make_customer())
    visitor.get("/search/", {"q": "cup"})
    suggested(visitor, "c")
    # The next letter may be answered by another worker, which shares no cache with the first.
    cache.clear()
    memo.forget()
    suggested(Client(headers={"user-agent": AGENT}), "c")

    with django_assert_max_num_queries(3):
        suggested(visitor, "cup")
    with django_assert_max_num_queries(1):
        suggested(visitor, "cup")
    with django_assert_max_num_queries(3):
        suggested(visitor)


def test_what_was_looked_at_is_shown_on_the_next_page(visitor):
    listed("Cup", slug="cup")
    listed("Plate", slug="plate")
    visitor.get("/p/cup/")

    assert "You looked at" in visitor.get("/").content.decode()
    assert "You looked at" in visitor.get("/p/plate/").content.decode()
    assert "You looked at" not in Client(headers={"user-agent": AGENT}).get("/p/plate/").content.decode()


def test_what_was_looked_at_can_be_forgotten(visitor):
    listed("Cup", slug="cup")
    visitor.get("/p/cup/")

    visitor.post("/viewed/forget/")

    assert "You looked at" not in visitor.get("/").content.decode()


@pytest.mark.parametrize("value", ["", "nonsense", "%5B1%2C2%5D:aaa:bbb", "\x00", "x" * 5000])
def test_a_cookie_that_was_tampered_with_is_an_empty_one(visitor, value):
    visitor.cookies[VIEWED.cookie] = value
    visitor.cookies[SEARCHES.cookie] = value

    assert visitor.get("/").status_code == 200
    assert suggested(visitor) == "" or "q=" not in suggested(visitor)
