"""Post: a row first, then a letter, whatever the mail server does."""

from datetime import timedelta

import pytest
from django.core import mail as sent_mail
from django.db import transaction
from django.utils import timezone

from customers import mail, tasks
from customers.letters import Letter
from customers.models import Mail, ShopDetails

pytestmark = pytest.mark.django_db
NOW = timezone.now() + timedelta(hours=1)
LETTER = Letter("Your order 41", "It is on its way.\n", "<p>It is on its way.</p>", "en")


def queued(key="order-shipped:41", to="ada@example.com", letter=LETTER) -> Mail:
    return mail.queue(key, to, letter)


def test_one_occasion_has_one_mail():
    first, second = queued(), queued(letter=Letter("Other", "other", "other"))

    assert first.pk == second.pk
    assert Mail.objects.get().subject == "Your order 41"


def test_a_mail_goes_out_once_however_often_the_clock_ticks():
    queued()

    assert [mail.dispatch(NOW), mail.dispatch(NOW)] == [1, 0]
    assert len(sent_mail.outbox) == 1
    assert Mail.objects.get().status == Mail.Status.SENT


def test_the_letter_carries_text_html_our_name_and_an_id_made_of_its_row():
    ShopDetails.objects.create(name="Casa «Вереск», hijos", email="hola@vitrina.example")
    row = queued()

    mail.dispatch(NOW)

    letter = sent_mail.outbox[0]
    assert letter.body == row.text
    assert letter.alternatives[0].mimetype == "text/html"
    assert letter.reply_to == ["hola@vitrina.example"]
    assert letter.message()["Message-ID"] == f"<mail-{row.pk}@localhost>"
    assert letter.from_email == '"Casa «Вереск», hijos" <shop@localhost>'


def test_nothing_is_queued_when_the_business_is_rolled_back():
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        queued()
        raise ZeroDivisionError

    assert not Mail.objects.exists()


def test_a_worker_is_told_after_the_commit(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        queued()

    assert len(sent_mail.outbox) == 1


def test_a_broker_that_is_away_does_not_break_the_business(settings, monkeypatch, django_capture_on_commit_callbacks):
    def away(*args, **kwargs):
        raise ConnectionError("no broker")

    monkeypatch.setattr(tasks.send_mail, "apply_async", away)
    with django_capture_on_commit_callbacks(execute=True):
        row = queued()

    assert row.status == Mail.Status.QUEUED
    assert mail.dispatch(NOW) == 1


def test_a_mail_whose_worker_died_goes_again_after_ten_minutes():
    row = queued()
    Mail.objects.filter(pk=row.pk).update(status=Mail.Status.CLAIMED, claimed_at=NOW)

    assert mail.dispatch(NOW + timedelta(minutes=9)) == 0
    assert mail.dispatch(NOW + timedelta(minutes=11)) == 1


@pytest.mark.parametrize(
    ("to", "subject"),
    [("ada@example.com\nBcc: all@example.com", "x"), ("ada@exa\u2028mple.com", "x")],
)
def test_a_poisonous_mail_is_set_aside_and_the_next_one_goes_out(to, subject):
    poison = queued("poison", to, Letter(subject, "t", "<p>t</p>"))
    queued()

    mail.dispatch(NOW)

    poison.refresh_from_db()
    assert poison.status == Mail.Status.FAILED
    assert poison.error
    assert [m.to for m in sent_mail.outbox] == [["ada@example.com"]]


def test_a_letter_that_cannot_be_drawn_is_set_aside_and_the_next_one_goes_out():
    poison = queued("poison", letter=Letter("x", "", ""))
    Mail.objects.filter(pk=poison.pk).update(draft={"template": "orders/no-such-letter", "facts": {}})
    queued()

    assert mail.dispatch(NOW) == 1
    assert Mail.objects.get(pk=poison.pk).status == Mail.Status.FAILED


def test_a_subject_with_line_separators_is_sent_on_one_line(smtp):
    queued(letter=Letter("Order\u2028 41\r\nBcc: all@example.com\x85", "t", "<p>t</p>"))

    assert mail.dispatch(NOW) == 1
    assert b"Subject: Order 41 Bcc: all@example.com\r\n" in smtp.taken[0]


@pytest.mark.parametrize("mood", ["slam", "421"])
def test_a_server_that_is_away_is_asked_again_without_limit(smtp, mood):
    smtp.mood = mood
    row = queued()
    Mail.objects.filter(pk=row.pk).update(attempts=30)

    mail.dispatch(NOW)

    row.refresh_from_db()
    assert row.status == Mail.Status.QUEUED
    assert NOW < row.due_at <= NOW + timedelta(hours=3)
    smtp.mood = "kind"
    assert mail.dispatch(row.due_at) == 1


def test_one_closed_door_is_knocked_at_once_per_tick(smtp):
    smtp.mood = "slam"
    for number in range(5):
        queued(f"mail:{number}")

    mail.dispatch(NOW)

    assert Mail.objects.filter(attempts=1).count() == 1


def test_a_temporary_refusal_is_tried_again_and_given_up_at_the_eighth(smtp):
    smtp.mood = "451"
    row = queued()
    moment = NOW
    for _attempt in range(8):
        mail.dispatch(moment)
        row.refresh_from_db()
        moment = row.due_at

    assert (row.status, row.attempts) == (Mail.Status.FAILED, 8)
    assert "451" in row.error


@pytest.mark.parametrize(("to", "mood"), [("nobody@example.com", "kind"), ("ada@example.com", "554")])
def test_a_final_refusal_is_tried_once(smtp, to, mood):
    smtp.mood = mood
    row = queued(to=to)

    mail.dispatch(NOW)

    row.refresh_from_db()
    assert (row.status, row.attempts) == (Mail.Status.FAILED, 1)


def test_order_mail_that_may_have_been_taken_goes_again_with_the_same_id(smtp):
    smtp.mood = "take and hang up"
    row = queued()
    mail.dispatch(NOW)
    row.refresh_from_db()
    smtp.mood = "kind"
    mail.dispatch(row.due_at)

    ids = {line for taken in smtp.taken for line in taken.splitlines() if line.startswith(b"Message-ID")}
    assert len(smtp.taken) == 2
    assert len(ids) == 1


def test_a_rude_farewell_changes_nothing(smtp):
    smtp.mood = "rude"
    queued()

    assert [mail.dispatch(NOW), mail.dispatch(NOW)] == [1, 0]


def test_a_failed_mail_can_be_sent_again_by_hand_and_a_sent_one_cannot(smtp):
    row = queued(to="nobody@example.com")
    mail.dispatch(NOW)
    Mail.objects.filter(pk=row.pk).update(to="ada@example.com")

    assert mail.send_again(row, NOW) is True
    assert mail.dispatch(NOW) == 1
    assert mail.send_again(row, NOW) is False
