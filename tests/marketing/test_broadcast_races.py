"""However many plan and send at once, and whenever they are killed: nobody gets it twice, nobody is forgotten."""

import re
from datetime import timedelta

import pytest

from marketing.actions import broadcasts
from marketing.actions.dispatching import doubt
from marketing.models import Broadcast, Message
from tests.customers.conftest import smtp  # noqa: F401
from tests.marketing.casting import HOUR, NOW, make_broadcast, make_people, planned
from tests.marketing.test_at_most_once import at_once
from tests.orders.test_kills import is_killed

pytestmark = pytest.mark.django_db(transaction=True)
THEN = NOW + HOUR


def addresses(letters: list[bytes]) -> list[str]:
    return [re.search(rb"^To: (.*)$", letter, re.MULTILINE).group(1).strip().decode() for letter in letters]


def test_two_planners_and_four_senders_at_once_write_and_send_each_letter_once(smtp):  # noqa: F811
    broadcast = make_broadcast(make_people(24))

    at_once(2, lambda: broadcasts.plan(THEN))
    sent = at_once(4, lambda: broadcasts.send(THEN))

    assert broadcast.messages.count() == 24
    assert sum(sent) == len(smtp.taken) == len(set(addresses(smtp.taken))) == 24


def test_four_senders_at_once_keep_the_limit_of_an_hour(smtp):  # noqa: F811
    planned(make_people(20), throttle=7)
    Broadcast.objects.update(throttle=7)

    sent = [sum(at_once(4, lambda n=n: broadcasts.send(THEN + n * timedelta(minutes=2)))) for n in range(10)]

    assert sent == [1] * 7 + [0] * 3
    assert len(smtp.taken) == 7


def test_killed_before_any_statement_none_is_sent_twice_and_none_lost(smtp):  # noqa: F811
    people = make_people(12)
    broadcast = make_broadcast(people, deadline_hours=168)
    now, kills = THEN, 0
    for statement in range(3, 200, 9):
        killed = is_killed(lambda now=now: (broadcasts.plan(now), broadcasts.send(now)), statement)
        kills += killed
        # The clock of ten minutes, after which what lost its worker is told from what was being sent.
        now += timedelta(minutes=5)
        doubt(now + timedelta(minutes=6))
        if not killed:
            break

    broadcasts.send(now)
    broadcasts.end(now)
    broadcast.refresh_from_db()
    states = dict(broadcast.messages.values_list("address", "status"))
    in_doubt = {address for address, status in states.items() if status == Message.Status.IN_DOUBT}
    sent = addresses(smtp.taken)
    assert kills > 3
    assert broadcast.status == Broadcast.Status.DONE
    assert len(sent) == len(set(sent))
    assert {one.email for one in people} == set(sent) | in_doubt == set(states)
    assert len(in_doubt) <= kills
