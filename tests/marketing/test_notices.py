"""Notices: asked for, confirmed, and sent once to no more people than there are pieces."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from catalog.actions import listing, stock
from catalog.markets import base
from catalog.models import Product, Variant
from customers import consent
from customers.models import Mail
from marketing.actions import notices, releasing
from marketing.models import Notice
from marketing.notice_letters import notice_from, token_for
from tests.makers import make_product, make_variant
from tests.marketing.voices import NOW

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def blanket():
    return make_variant(make_product("Wool blanket", slug="wool-blanket"), stock=0, price=4900)


def ask(variant, email="ada@example.com", kind="stock", now=NOW, seen=4900, **fields):
    fields.setdefault("is_proven", True)
    return notices.ask(kind, variant, email, fields.pop("language", "en"), base(), seen, now, **fields)


def queue(variant, number: int) -> None:
    for place in range(number):
        ask(variant, f"p{place}@example.com", now=NOW + timedelta(seconds=place))


def told() -> list[str]:
    return list(Mail.objects.filter(key__regex=r"^notice:").order_by("pk").values_list("to", flat=True))


def test_a_guest_gets_a_link_first_and_waits_only_when_it_is_pressed(blanket):
    notice = ask(blanket, is_proven=False)
    letter = Mail.objects.get()
    assert (notice.status, letter.to) == ("unconfirmed", "ada@example.com")
    assert f"/notices/confirm/{token_for(notice)}/" in letter.text

    assert notices.confirm(notice, NOW) and not notices.confirm(notice, NOW)
    assert Notice.objects.get().status == "waiting"


def test_whoever_did_not_confirm_is_told_nothing(blanket):
    ask(blanket, is_proven=False)
    stock.adjust(blanket, by=5)

    assert releasing.release(NOW) == 0


def test_asking_twice_waits_once_and_writes_one_letter(blanket):
    first, second = ask(blanket, is_proven=False), ask(blanket, "ADA@example.com ", is_proven=False)

    assert first == second
    assert Mail.objects.count() == 1
    with pytest.raises(IntegrityError), transaction.atomic():
        Notice.objects.create(
            kind="stock", variant=blanket, email="ada@example.com", language="en", seen_price=1, market="EUR"
        )


def test_nobody_floods_a_mailbox_with_requests_to_confirm():
    for _ in range(12):
        ask(make_variant(stock=0), "victim@example.com", is_proven=False)

    assert Mail.objects.filter(to="victim@example.com").count() == notices.LETTERS_A_DAY


def test_as_many_are_told_as_there_are_pieces_those_who_asked_first(blanket):
    queue(blanket, 5)
    stock.adjust(blanket, by=2)

    assert releasing.release(NOW + DAY) == 2
    assert told() == ["p0@example.com", "p1@example.com"]


def test_the_next_are_told_when_the_pieces_are_left_a_day_later(blanket):
    queue(blanket, 5)
    stock.adjust(blanket, by=2)
    releasing.release(NOW)

    assert releasing.release(NOW + timedelta(hours=23)) == 0
    assert releasing.release(NOW + timedelta(hours=25)) == 2
    assert told()[2:] == ["p2@example.com", "p3@example.com"]


def test_what_was_bought_meanwhile_is_told_to_nobody(blanket):
    queue(blanket, 5)
    stock.adjust(blanket, by=2)
    releasing.release(NOW)
    stock.reserve({blanket.pk: 1})

    assert releasing.release(NOW + timedelta(hours=25)) == 1


def test_more_pieces_are_told_to_more_people_at_once(blanket):
    queue(blanket, 5)
    stock.adjust(blanket, by=2)
    releasing.release(NOW)
    stock.adjust(blanket, by=1)

    assert releasing.release(NOW + timedelta(hours=1)) == 1


def test_what_is_sold_out_again_or_no_longer_for_sale_is_told_to_nobody(blanket):
    queue(blanket, 2)
    assert releasing.release(NOW) == 0

    stock.adjust(blanket, by=2)
    Product.objects.update(status="draft")
    assert releasing.release(NOW) == 0
    assert Notice.objects.filter(status="waiting").count() == 2


def test_a_second_tick_tells_nobody_twice(blanket):
    queue(blanket, 2)
    stock.adjust(blanket, by=9)

    assert [releasing.release(NOW), releasing.release(NOW), releasing.release(NOW + 3 * DAY)] == [2, 0, 0]
    assert len(told()) == 2


def test_a_barred_address_takes_nobody_s_place(blanket):
    queue(blanket, 3)
    consent.suppress("p0@example.com", "bounced")
    stock.adjust(blanket, by=1)
    releasing.release(NOW)

    assert told() == ["p1@example.com"]
    assert Notice.objects.get(email="p0@example.com").reason == "suppressed"


def test_leaving_the_list_afterwards_ends_the_wish_and_before_it_does_not(blanket):
    consent.withdraw("before@example.com", "test")
    later = NOW + 400 * DAY
    ask(blanket, "before@example.com", now=later)
    ask(blanket, "after@example.com", now=NOW - 400 * DAY)
    consent.withdraw("after@example.com", "test")
    stock.adjust(blanket, by=9)
    releasing.release(later)

    assert told() == ["before@example.com"]


def test_a_lower_price_is_told_in_the_language_of_whoever_asked(blanket):
    stock.adjust(blanket, by=3)
    ask(blanket, kind="price", language="es")
    assert releasing.release(NOW) == 0

    Variant.objects.update(price=3900)
    listing.refresh([blanket.product_id])
    assert releasing.release(NOW) == 1
    letter = Mail.objects.get()
    assert letter.language == "es" and "39,00" in letter.text and "49,00" in letter.text
    assert f"/es/p/wool-blanket/?sku={blanket.sku}" in letter.text


def test_a_lower_price_of_what_is_sold_out_waits(blanket):
    ask(blanket, kind="price")
    Variant.objects.update(price=3900)
    listing.refresh([blanket.product_id])

    assert releasing.release(NOW) == 0
    assert Notice.objects.get().status == "waiting"


def test_stock_that_comes_back_wakes_the_notices_at_once(blanket, django_capture_on_commit_callbacks):
    ask(blanket)
    with django_capture_on_commit_callbacks(execute=True):
        stock.adjust(blanket, by=1)

    assert told() == ["ada@example.com"]


def test_what_was_cancelled_is_not_sent_and_can_be_asked_again(blanket):
    notice = ask(blanket)
    assert notices.cancel(Notice.objects.filter(pk=notice.pk)) == 1
    stock.adjust(blanket, by=1)

    assert releasing.release(NOW) == 0
    assert ask(blanket).pk != notice.pk


def test_old_wishes_are_forgotten(blanket):
    ask(blanket, "a@example.com", is_proven=False, now=NOW - 8 * DAY)
    ask(blanket, "b@example.com", now=NOW - 366 * DAY)
    ask(blanket, "c@example.com")
    notices.forget_old(NOW)

    assert sorted(Notice.objects.values_list("email", "status")) == [
        ("b@example.com", "cancelled"),
        ("c@example.com", "waiting"),
    ]


def test_what_has_no_end_is_told_to_all(blanket):
    Variant.objects.update(tracks_stock=False)
    queue(blanket, 4)

    assert releasing.release(NOW) == 4


@pytest.mark.parametrize("token", ["", "1", "1:x", "\x00", "9" * 500])
def test_a_made_up_link_confirms_nothing(token):
    with pytest.raises(Notice.DoesNotExist):
        notice_from(token)
