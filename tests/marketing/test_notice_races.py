"""Many workers at once, each on a connection of its own: nobody is told twice, nor more than there are pieces."""

from datetime import timedelta

import pytest

from catalog.actions import stock
from customers.models import Mail
from marketing.actions import reviews
from marketing.actions.releasing import release
from marketing.authors import customer_as_author
from marketing.models import Notice, Review
from tests.catalog.test_stock_races import at_once
from tests.makers import make_customer, make_variant
from tests.marketing.test_notices import ask, queue
from tests.marketing.voices import NOW, make_goods, make_review, words

pytestmark = pytest.mark.django_db(transaction=True)


def test_eight_workers_tell_three_people_of_three_pieces():
    variant = make_variant(stock=0)
    queue(variant, 12)
    stock.adjust(variant, by=3)
    Mail.objects.all().delete()
    Notice.objects.filter(status="sent").update(status="waiting", sent_at=None)

    results = at_once([lambda: release(NOW + timedelta(days=2))] * 8, workers=8)

    assert sum(results) == 3
    assert Mail.objects.filter(key__startswith="notice:").count() == 3
    assert Notice.objects.filter(status="sent").count() == 3


def test_twenty_presses_of_the_button_make_one_wish():
    variant = make_variant(stock=0)

    results = at_once([lambda: ask(variant)] * 20, workers=10)

    assert {getattr(notice, "pk", notice) for notice in results} == {Notice.objects.get().pk}


def test_twenty_presses_write_one_review():
    product, author = make_goods(), customer_as_author(make_customer())

    results = at_once([lambda: reviews.write(author, product, words(), NOW).pk] * 20, workers=10)

    assert set(results) == {Review.objects.get().pk}


def test_votes_at_the_same_time_are_all_counted():
    review = make_review(make_goods())

    at_once([lambda voter=voter: reviews.find_helpful(review, voter, NOW) for voter in "abcdefghij"] * 2, workers=10)

    assert Review.objects.get().helpful == 10
