"""The gate in front of all marketing."""

import pytest

from customers import consent
from customers.models import Consent, Suppression
from customers.tokens import CONFIRM, LEAVE, NotOurToken, email_from, token_for

pytestmark = pytest.mark.django_db
ADA = "ada@example.com"


def say_yes(email=ADA, source="checkout"):
    return consent.grant(email, Consent.Purpose.MARKETING, Consent.Channel.EMAIL, "Yes, write to me.", source)


def test_nobody_is_written_to_who_said_nothing():
    assert consent.may_write(ADA) is False


def test_a_yes_opens_the_gate_and_keeps_its_wording():
    say_yes(" Ada@Example.com ")

    assert consent.may_write("ADA@example.com")
    assert Consent.objects.get().wording == "Yes, write to me."


def test_asking_is_no_consent():
    consent.ask(ADA, "Yes, write to me.", "newsletter")

    assert not consent.may_write(ADA)


def test_a_stranger_who_types_the_address_does_not_take_a_yes_away():
    say_yes()
    consent.ask(ADA, "Yes, write to me.", "newsletter")

    assert consent.may_write(ADA)


def test_the_newest_statement_counts_and_none_is_changed():
    say_yes()
    consent.withdraw(ADA, "unsubscribe")
    consent.withdraw(ADA, "unsubscribe")

    assert not consent.may_write(ADA)
    assert list(Consent.objects.order_by("id").values_list("status", flat=True)) == ["granted", "withdrawn"]


def test_who_comes_back_lifts_his_own_unsubscription():
    consent.withdraw(ADA, "unsubscribe")
    say_yes()

    assert consent.may_write(ADA)


@pytest.mark.parametrize("reason", ["bounced", "complained", "by_staff"])
def test_suppression_beats_consent(reason):
    consent.suppress(ADA, reason)
    consent.withdraw(ADA, "unsubscribe")
    say_yes()

    assert not consent.may_write(ADA)
    assert Suppression.objects.get().reason == reason


def test_analytics_is_not_marketing():
    consent.withdraw(ADA, "unsubscribe")
    consent.grant(ADA, Consent.Purpose.ANALYTICS, Consent.Channel.WEB, "Count my visits.", "banner")

    assert not consent.may_write(ADA)
    assert Suppression.objects.exists()


def test_a_token_speaks_for_one_person_and_one_thing():
    token = token_for(ADA, LEAVE)

    assert email_from(token, LEAVE) == ADA
    for wrong, purpose in [(token, CONFIRM), (token[:-1], LEAVE), ("", LEAVE), ("й" * 9000, LEAVE)]:
        with pytest.raises(NotOurToken):
            email_from(wrong, purpose)


def test_a_token_made_with_an_old_key_is_still_known(settings):
    token = token_for(ADA)
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "new-" * 20

    assert email_from(token) == ADA
