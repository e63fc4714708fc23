"""A message on the page for somebody we recognise: drawn with it, kept until he closes it, and no query for others."""

import pytest
from django.core.cache import cache
from django.utils import timezone

from customers.letters import Letter
from marketing.actions import dispatching, profiles, showing
from marketing.models import Message, Visitor
from shop import recognising
from tests.marketing.conftest import ADA, NOW
from tests.marketing.written import AnyOrigin, make_message

pytestmark = pytest.mark.django_db
LETTER = Letter("", "Two cups wait.", '<div class="on-site-words on-site-bar"><p>Two cups wait.</p></div>', "en")
READER = {"user-agent": "Mozilla/5.0 Firefox/140.0"}


@pytest.fixture(autouse=True)
def moment(time_machine, monkeypatch):
    time_machine.move_to(NOW, tick=False)
    cache.delete(showing.LIVE)
    monkeypatch.setattr(dispatching, "origin_of", AnyOrigin(LETTER))


@pytest.fixture
def ada(client):
    """Somebody who agreed to be recognised, and whose browser it is."""
    visitor = Visitor.objects.create(profile=profiles.know(ADA))
    client.cookies[recognising.COOKIE] = f"{recognising.VERSION}.{visitor.key}"
    return client


def page(client, **more) -> str:
    return client.get("/", headers=READER, **more).content.decode()


def test_it_is_shown_to_the_person_until_he_closes_it(ada):
    message = make_message("web")

    assert "Two cups wait." in page(ada)
    assert "Two cups wait." in page(ada)
    message.refresh_from_db()
    assert (message.status, message.handed_over_at) == (Message.Status.HANDED_OVER, NOW)

    close = ada.get("/", headers=READER).context["on_site"]()
    answer = ada.post(f"/messages/{close['token']}/close/", {"next": "//evil.example/"})
    assert answer.url == "/"
    assert "Two cups wait." not in page(ada)


def test_nobody_else_sees_it_and_it_costs_them_no_query(client, ada, django_assert_num_queries):
    make_message("web", email="bob@example.com")
    assert "Two cups wait." not in page(ada)

    with django_assert_num_queries(0):
        assert showing.waiting_for(None, timezone.now()) is None
    assert Message.objects.get().status == Message.Status.PLANNED


def test_where_nothing_is_live_it_is_not_even_asked_for(ada, django_assert_num_queries):
    showing.is_anything_live(NOW)

    with django_assert_num_queries(0):
        assert not showing.is_anything_live(NOW)


def test_who_did_not_come_by_in_time_is_written_down_as_such(ada, time_machine):
    message = make_message("web")
    time_machine.move_to(message.deadline + (message.deadline - message.planned_for), tick=False)
    dispatching.dispatch(timezone.now())

    message.refresh_from_db()
    assert (message.status, message.reason) == (Message.Status.SKIPPED, "too_late")
    assert "Two cups wait." not in page(ada)
