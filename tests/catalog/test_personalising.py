"""Answers are checked, told apart and said in words."""

from datetime import date
from decimal import Decimal

import pytest
from django.utils import translation

from catalog import personalising
from catalog.models import Personalisation
from catalog.personalising import NotAnswered

TODAY = date(2026, 11, 22)


def ask(kind: str, **fields) -> Personalisation:
    return Personalisation(pk=7, kind=kind, label=fields.pop("label", "Question"), **fields)


def read(one: Personalisation, typed: str) -> str:
    return personalising.check([one], {"7": typed}, TODAY).get("7", "")


def fault(one: Personalisation, typed: str) -> str:
    with pytest.raises(NotAnswered) as refusal:
        read(one, typed)
    return refusal.value.faults[7]


@pytest.mark.parametrize(
    ("kind", "fields", "typed", "kept"),
    [
        ("text", {}, "  Ada \x00 \u202e Byron ", "Ada Byron"),
        ("long", {}, "Dear Ada,\r\n\r\nhappy  birthday", "Dear Ada,\n\nhappy birthday"),
        ("number", {"step": Decimal("0.5")}, "44,50", "44.5"),
        ("number", {"step": Decimal(1)}, "40", "40"),
        ("choice", {"choices_en": "Oak\nAsh", "choices": "Oak\nAsh"}, "Ash", "Ash"),
        ("tick", {}, "on", "yes"),
        ("date", {}, "2026-12-24", "2026-12-24"),
        ("text", {}, "   ", ""),
    ],
)
def test_an_answer_is_kept_in_one_form(kind, fields, typed, kept):
    assert read(ask(kind, **fields), typed) == kept


@pytest.mark.parametrize(
    ("kind", "fields", "typed", "said"),
    [
        ("text", {"is_required": True}, "", "Write something here."),
        ("text", {"most": Decimal(3)}, "Adam", "At most 3 characters fit here; you wrote 4."),
        ("text", {}, "x" * 201, "At most 200 characters fit here; you wrote 201."),
        ("long", {"most": Decimal(99999)}, "x" * 1001, "At most 1000 characters fit here; you wrote 1001."),
        ("number", {}, "many", "Write a number, such as 1."),
        ("number", {}, "NaN", "Write a number, such as 1."),
        ("number", {}, "Infinity", "Write a number, such as 1."),
        ("number", {}, "1e999999", "Write a number, such as 1."),
        ("number", {}, "9" * 50, "Write a number, such as 1."),
        ("number", {"least": Decimal(40), "most": Decimal(60), "unit": "cm"}, "39", "Write a number from 40 to 60 cm."),
        ("number", {"least": Decimal(40)}, "39", "Write a number from 40 on."),
        ("number", {"step": Decimal(1)}, "40.5", "Write it in steps of 1."),
        ("choice", {"choices_en": "Oak", "choices": "Oak"}, "Gold", "Choose one of these."),
        ("tick", {"is_required": True}, "", "This has to be ticked."),
        ("date", {}, "tomorrow", "Write the day as year-month-day, such as 2026-11-22."),
        ("date", {"least": Decimal(3)}, "2026-11-23", "Choose a day from 25 November 2026 to"),
        ("date", {}, "9999-12-31", "Choose a day from 22 November 2026 to"),
    ],
)
def test_what_does_not_fit_is_refused_with_a_sentence(kind, fields, typed, said):
    assert fault(ask(kind, **fields), typed).startswith(said)


def test_every_fault_is_named_at_once():
    first, second = ask("text", is_required=True), ask("number")
    second.pk = 8

    with pytest.raises(NotAnswered) as refusal:
        personalising.check([first, second], {"8": "many"}, TODAY)

    assert set(refusal.value.faults) == {7, 8}


def test_what_was_not_asked_is_left_out():
    assert personalising.check([ask("text")], {"7": "Ada", "9": "sneaked in"}, TODAY) == {"7": "Ada"}


def test_a_choice_is_kept_in_the_first_language_and_read_in_the_readers():
    one = ask("choice", choices_en="Oak\nAsh", choices_es="Roble\nFresno")

    with translation.override("es"):
        assert personalising.choices_of(one) == [("Oak", "Roble"), ("Ash", "Fresno")]
        assert personalising.in_words([one], {"7": "Ash"}, "EUR")[0].words == "Fresno"


def test_answers_that_no_longer_fit_are_noticed():
    one = ask("text", most=Decimal(5))

    assert personalising.still_fit([one], {"7": "Ada"}, TODAY)
    assert not personalising.still_fit([one], {"7": "Ada Byron"}, TODAY)
    assert not personalising.still_fit([], {"7": "Ada"}, TODAY)
