"""The desk at which reviews are read."""

import pytest
from django.contrib.auth.models import Permission

from catalog.models import Product
from catalog.moments import stamp
from customers.models import Customer, Mail
from marketing.actions import reviews
from marketing.authors import customer_as_author
from marketing.models import Review
from tests.makers import make_customer
from tests.marketing.voices import NOW, make_goods, make_review, words

pytestmark = pytest.mark.django_db
LIST = "/admin/marketing/review/"


@pytest.fixture
def office(client):
    client.force_login(Customer.objects.create_superuser("owner@example.com", "correct horse"))
    return client


@pytest.fixture
def waiting():
    robe = make_goods()
    return [reviews.write(customer_as_author(make_customer()), robe, words(n), NOW) for n in (1, 5)]


def test_the_front_page_counts_what_waits(office, waiting):
    page = office.get("/admin/").content.decode()

    assert "reviews wait to be read" in page
    assert f"{LIST}?state__exact=pending" in page


def test_many_are_published_at_once(office, waiting):
    office.post(LIST, {"action": "publish_chosen", "_selected_action": [row.pk for row in waiting]})

    assert Product.objects.get().rating_count == 2


def test_many_are_rejected_after_a_question_with_a_reason(office, waiting):
    chosen = {"action": "reject_chosen", "_selected_action": [row.pk for row in waiting]}
    question = office.post(LIST, chosen).content.decode()
    assert "Keep 2 out of the shop?" in question and Review.objects.filter(state="pending").count() == 2

    office.post(LIST, {**chosen, "confirmed": "1", "grounds": "spam"})
    assert set(Review.objects.values_list("state", "grounds")) == {("rejected", "spam")}
    assert Mail.objects.count() == 2


def test_one_is_published_only_by_a_post(office, waiting):
    address = f"{LIST}{waiting[0].pk}/publish/"
    office.get(address, follow=True)
    assert not Review.objects.filter(state="published").exists()

    office.post(f"{LIST}{waiting[0].pk}/publish/")
    assert Review.objects.get(state="published") == waiting[0]


def test_one_is_rejected_with_a_reason(office, waiting):
    office.post(f"{LIST}{waiting[0].pk}/reject/", {"confirmed": "1", "grounds": "off_topic"})

    assert Review.objects.get(pk=waiting[0].pk).grounds == "off_topic"


def test_a_reply_is_typed_and_the_words_of_others_are_not(office):
    review = make_review(make_goods(), 2)
    page = office.get(f"{LIST}{review.pk}/change/").content.decode()
    forms = {f"report_set-{name}": "0" for name in ("TOTAL_FORMS", "INITIAL_FORMS")}
    office.post(f"{LIST}{review.pk}/change/", {"reply": "Thank you", "text": "Great!", "rating": "5", **forms})

    review.refresh_from_db()
    assert 'name="reply"' in page and 'name="text"' not in page
    assert (review.reply, review.rating) == ("Thank you", 2)
    assert Mail.objects.filter(key=f"review-replied:{review.pk}").count() == 1


@pytest.mark.parametrize("query", ["", "?state__exact=pending", "?rating__exact=1", "?reported=yes", "?q=soft"])
def test_the_list_is_narrowed_without_a_query_per_row(office, waiting, query, django_assert_max_num_queries):
    with django_assert_max_num_queries(20):
        assert office.get(LIST + query).status_code == 200


def test_who_may_only_read_decides_nothing(client, waiting):
    reader = make_customer(is_staff=True)
    reader.user_permissions.add(Permission.objects.get(codename="view_review"))
    client.force_login(reader)
    client.post(LIST, {"action": "publish_chosen", "_selected_action": [row.pk for row in waiting]})
    answer = client.post(f"{LIST}{waiting[0].pk}/publish/")

    assert answer.status_code == 403
    assert Review.objects.filter(state="pending").count() == 2


def test_no_script_gets_into_the_desk(office):
    review = make_review(make_goods(), text="<script>alert(1)</script>", name="<b>x</b>", title="<img src=x>")
    shown = office.get(LIST).content.decode() + office.get(f"{LIST}{review.pk}/change/").content.decode()

    assert "<script>alert(1)" not in shown and "<img src=x>" not in shown


def test_the_page_of_a_review_says_its_state_and_moment_in_words(office, waiting):
    page = office.get(f"{LIST}{waiting[0].pk}/change/").content.decode()

    assert "waits to be read" in page and "&#x27;pending&#x27;" not in page
    assert stamp(waiting[0].created_at) in page
