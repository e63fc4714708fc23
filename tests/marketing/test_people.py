"""One profile for one person: who he is, which browsers are his, and what happens when two turn out to be one."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from customers import consent
from customers.models import Consent
from marketing.actions import episodes, merging, profiles, visitors
from marketing.actions.events import record
from marketing.models import Episode, Event, Message, Profile, Purchase, Visitor
from tests.makers import make_customer
from tests.marketing.conftest import ADA, NOW
from tests.marketing.orders import make_order

pytestmark = pytest.mark.django_db


def test_a_browser_that_is_known_stays_whose_it_is_without_a_proof():
    key = uuid4()
    visitors.welcome(key)
    ada, ben = profiles.know(ADA), profiles.know("ben@example.com")
    record(Event.Type.VIEWED, visitor=key)

    assert profiles.link(key, ada)
    assert not profiles.link(key, ben)
    record(Event.Type.VIEWED, visitor=key)
    assert profiles.link(key, ben, is_proof=True)
    record(Event.Type.VIEWED, visitor=key)

    assert [event.profile for event in Event.objects.order_by("pk")] == [ada, ada, ben]


def test_of_two_episodes_that_turn_out_to_be_one_persons_the_deeper_is_left():
    key = uuid4()
    visitor, ada = visitors.welcome(key), profiles.know(ADA)
    episodes.reach(None, ada.pk, Episode.Step.BROWSE, NOW)
    episodes.reach(visitor.pk, None, Episode.Step.CHECKOUT, NOW - timedelta(days=1))

    profiles.link(key, ada)

    episode = Episode.objects.get()
    assert (episode.profile, episode.step, episode.active_at) == (ada, Episode.Step.CHECKOUT, NOW)


def test_an_episode_ends_with_an_order_or_with_silence_and_the_next_look_begins_another():
    ada = profiles.know(ADA)
    episodes.reach(None, ada.pk, Episode.Step.CART, NOW - timedelta(days=40))
    episodes.reach(None, ada.pk, Episode.Step.BROWSE, NOW - timedelta(days=2))
    for _time in range(2):
        episodes.end_with_order(ada.pk, NOW)
    episodes.reach(None, ada.pk, Episode.Step.BROWSE, NOW + timedelta(hours=1))

    told = [(e.step, (NOW - e.ended_at).days if e.ended_at else None) for e in Episode.objects.order_by("started_at")]
    assert told == [(Episode.Step.CART, 10), (Episode.Step.ORDERED, 0), (Episode.Step.BROWSE, None)]


def test_profiles_become_one_and_two_again():
    ada = profiles.know(ADA, make_customer(ADA))
    guest = profiles.know("ada.b@example.com", name="Ada Byron")
    order = make_order(email="ada.b@example.com")
    profiles.know_buyer(order)
    record(Event.Type.VIEWED, profile=guest)

    done = merging.merge(guest, ada, "by hand", NOW)

    assert (done.kept, done.gone) == (ada, guest)
    assert list(Profile.objects.all()) == [ada]
    assert profiles.know("ada.b@example.com") == ada
    assert Purchase.objects.get().profile == Event.objects.get().profile == ada
    assert Profile.objects.get().name == "Ada Byron"

    merging.undo(done, NOW + timedelta(days=29))

    assert Purchase.objects.get().profile == Event.objects.get().profile == guest
    assert Profile.objects.count() == 2
    with pytest.raises(merging.TooLate):
        merging.undo(done, NOW)


def test_two_accounts_are_two_people_and_a_merge_is_final_after_a_month():
    ada, ben = (profiles.know(f"{name}@example.com", make_customer(f"{name}@example.com")) for name in ("ada", "ben"))
    with pytest.raises(merging.TwoAccounts):
        merging.merge(ada, ben, "by hand", NOW)
    done = merging.merge(ada, profiles.know("third@example.com"), "by hand", NOW)

    with pytest.raises(merging.SamePerson):
        merging.merge(ada, done.gone, "by hand", NOW)
    with pytest.raises(merging.TooLate):
        merging.undo(done, NOW + timedelta(days=31))


def test_what_was_agreed_to_is_never_changed():
    said = consent.grant(ADA, "marketing", "email", "Yes.", "checkout", make_customer(ADA))

    with pytest.raises(IntegrityError), transaction.atomic():
        Consent.objects.filter(pk=said.pk).update(status="withdrawn")
    said.customer.delete()

    assert Consent.objects.get().status == "granted"
    assert Consent.objects.get().customer is None


@pytest.mark.parametrize("channel", ["email", "sms", "push"])
def test_each_channel_has_its_own_yes(channel):
    consent.grant(ADA, "marketing", channel, "Yes.", "preferences")

    assert [c for c in ("email", "sms", "push") if consent.may_send(ADA, channel=c)] == [channel]
    consent.withdraw(ADA, "preferences", channel=channel)
    assert not consent.may_send(ADA, channel=channel)


def test_a_mailbox_that_bounced_may_still_get_a_text_message_but_no_barred_person_does():
    consent.grant(ADA, "marketing", "sms", "Yes.", "preferences")
    consent.suppress(ADA, "bounced")
    assert consent.may_send(ADA, channel="sms")

    consent.suppress(ADA, "by_staff")
    assert not consent.may_send(ADA, channel="sms")


def test_who_leaves_stops_what_is_planned_in_the_same_transaction(flow):
    consent.grant(ADA, "marketing", "email", "Yes.", "checkout")
    for key in ("a", "b"):
        Message.objects.create(key=key, flow=flow, address=ADA, language="en", planned_for=NOW, deadline=NOW)
    Message.objects.filter(key="b").update(address="ben@example.com")

    with pytest.raises(ZeroDivisionError), transaction.atomic():
        consent.withdraw(ADA, "unsubscribe")
        assert Message.objects.get(key="a").status == "skipped"
        1 / 0  # noqa: B018
    assert Message.objects.get(key="a").status == "planned"

    consent.withdraw(ADA, "unsubscribe")

    assert list(Message.objects.order_by("key").values_list("status", "reason")) == [
        ("skipped", "no_consent"),
        ("planned", ""),
    ]
    assert list(Event.objects.order_by("pk").values_list("type", "text")) == [
        ("subscribed", "email"),
        ("unsubscribed", "email"),
    ]


def test_forgetting_a_visitor_leaves_his_orders(django_assert_max_num_queries):
    key = uuid4()
    visitor = visitors.welcome(key)
    order = make_order()
    record(Event.Type.ORDERED, visitor=key, order=order)
    profiles.know_buyer(order)
    record(Event.Type.VIEWED, visitor=key)
    assert Purchase.objects.get().visitor == visitor

    visitors.forget(key)

    assert not Visitor.objects.exists()
    assert [bool(event.profile) for event in Event.objects.order_by("pk")] == [True, False]
    assert Purchase.objects.get().profile
