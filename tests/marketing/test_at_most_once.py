"""However workers die, servers fail and clocks tick twice: one cart, one letter, or a line in a list."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connection

from customers import consent
from marketing.actions.reminders import dispatch, plan
from marketing.models import Message
from tests.customers.conftest import smtp  # noqa: F401
from tests.makers import make_variant
from tests.marketing.conftest import ADA, NOW, make_cart, make_flow

SOON = NOW + timedelta(minutes=1)
Status = Message.Status


def prepare(people: int = 1) -> None:
    make_flow()
    variant = make_variant(stock=100)
    for number in range(people):
        email = f"p{number}@example.com" if people > 1 else ADA
        consent.grant(email, "marketing", "email", "Yes.", "checkout")
        make_cart(email=email, variant=variant)


def at_once(count: int, act) -> list:
    """Run it on so many real connections, all let go at the same moment."""
    barrier = Barrier(count)

    def run(_number):
        barrier.wait(10)
        try:
            return act()
        finally:
            connection.close()

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(run, range(count)))


@pytest.mark.django_db(transaction=True)
def test_two_planners_and_four_dispatchers_send_each_letter_once(smtp):  # noqa: F811
    prepare(people=8)

    at_once(2, lambda: plan(NOW))
    at_once(4, lambda: dispatch(SOON))

    assert Message.objects.filter(status=Status.HANDED_OVER).count() == 8
    assert len(smtp.taken) == 8


@pytest.mark.django_db(transaction=True)
def test_who_leaves_while_others_are_written_to_gets_nothing(smtp):  # noqa: F811
    prepare(people=6)
    plan(NOW)
    last = Message.objects.order_by("pk").last()
    consent.withdraw(last.address, "unsubscribe")

    dispatch(SOON)

    assert len(smtp.taken) == 5
    assert not any(last.address.encode() in letter for letter in smtp.taken)


def planned() -> Message:
    prepare()
    plan(NOW)
    return Message.objects.get()


@pytest.mark.django_db
def test_a_message_whose_worker_died_is_in_doubt_and_never_sent_again(smtp):  # noqa: F811
    message = planned()
    Message.objects.update(status=Status.SENDING, claimed_at=SOON)

    dispatch(SOON + timedelta(minutes=9))
    message.refresh_from_db()
    assert message.status == Status.SENDING
    for hours in range(1, 90, 10):
        dispatch(SOON + timedelta(hours=hours))

    message.refresh_from_db()
    assert (message.status, message.reason) == (Status.IN_DOUBT, "worker_lost")
    assert smtp.taken == []


@pytest.mark.django_db
@pytest.mark.parametrize("mood", ["take and hang up", "hang up after data"])
def test_a_connection_that_breaks_during_the_handing_over_leaves_a_doubt(smtp, mood):  # noqa: F811
    message = planned()
    smtp.mood = mood
    dispatch(SOON)
    smtp.mood = "kind"
    dispatch(SOON + timedelta(hours=1))

    message.refresh_from_db()
    assert message.status == Status.IN_DOUBT
    assert len(smtp.taken) <= 1


@pytest.mark.django_db
@pytest.mark.parametrize("mood", ["slam", "421", "451"])
def test_a_server_that_surely_did_not_take_it_is_asked_again(smtp, mood):  # noqa: F811
    message = planned()
    smtp.mood = mood
    assert dispatch(SOON) == 0
    message.refresh_from_db()
    assert message.status == Status.PLANNED
    smtp.mood = "kind"

    assert dispatch(message.planned_for) == 1
    assert len(smtp.taken) == 1


@pytest.mark.django_db
def test_a_final_refusal_fails_and_is_not_tried_again(smtp):  # noqa: F811
    message = planned()
    smtp.mood = "554"
    dispatch(SOON)
    smtp.mood = "kind"
    dispatch(SOON + timedelta(hours=1))

    message.refresh_from_db()
    assert (message.status, message.reason) == (Status.FAILED, "refused")
    assert smtp.taken == []
