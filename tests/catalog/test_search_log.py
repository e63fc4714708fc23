"""Searches are counted by the day, and nothing tells who searched."""

from datetime import date, timedelta

import pytest

from catalog.actions import searches
from catalog.models import SearchChoice, SearchCount
from catalog.queries.searches import popular, report
from catalog.search import noting
from tests.catalog.shelf import listed

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 22)
DAY = str(TODAY)


def hand_over() -> None:
    noting.hand_over(searches.write, now=True)


def test_the_same_words_are_one_row_a_day():
    for words in ("Blanket", "  blanket ", "BLANKET"):
        noting.search(DAY, "en", words, 3, True)
    hand_over()
    noting.search(DAY, "en", "blanket", 4, True)
    hand_over()

    row = SearchCount.objects.get()
    assert (row.words, row.times, row.results) == ("blanket", 4, 4)


@pytest.mark.parametrize(
    "words",
    ["ada@example.com", "+34 600 12 34 56", "4242 4242 4242 4242", "600123456", "", "   ", "!!!", "a" * 200,
     "one two three four five six seven eight nine", "https://example.com/x"],
)  # fmt: skip
def test_what_may_tell_who_searched_is_not_kept(words):
    noting.search(DAY, "en", words, 0, False)
    hand_over()

    assert not SearchCount.objects.exists()


def test_a_choice_counts_for_the_words_that_led_to_it():
    cup = listed("Cup")
    noting.search(DAY, "en", "cup", 1, True)
    noting.choice(DAY, "en", "Cup", cup.pk)
    noting.choice(DAY, "en", "never searched", cup.pk)
    noting.choice(DAY, "en", "cup", 999_999)
    hand_over()

    assert SearchChoice.objects.get().product == cup
    assert SearchCount.objects.get().choices == 1


def test_made_up_words_do_not_fill_the_database(monkeypatch):
    monkeypatch.setattr(searches, "MOST_A_DAY", 3)
    searches.write([[DAY, "en", f"word{number}", 1, 0, False] for number in range(10)], [])
    searches.write([[DAY, "en", "word0", 5, 0, False], [DAY, "en", "late", 1, 0, False]], [])

    assert SearchCount.objects.count() == 3
    assert SearchCount.objects.get(words="word0").times == 6


def test_counts_wait_in_the_process_until_there_are_enough():
    written = []
    for number in range(noting.SEARCHES_AT_MOST - 1):
        noting.search(DAY, "en", f"word{number}", 0, False)
        noting.hand_over(lambda *rows: written.append(rows))
    assert written == []

    noting.search(DAY, "en", "one more", 0, False)
    noting.hand_over(lambda *rows: written.append(rows))

    assert len(written[0][0]) == noting.SEARCHES_AT_MOST


def test_a_count_that_cannot_be_written_bothers_nobody(caplog):
    def broken(*_):
        raise OSError("no broker")

    noting.search(DAY, "en", "cup", 0, False)
    noting.hand_over(broken, now=True)

    assert "could not be counted" in caplog.text


def test_the_report_tells_what_was_searched_most_and_what_in_vain():
    cup = listed("Cup")
    searches.write(
        [
            [DAY, "en", "cup", 8, 3, True],
            [DAY, "ru", "софа", 2, 0, False],
            [str(TODAY - timedelta(40)), "en", "old", 9, 0, False],
        ],
        [[DAY, "en", "cup", cup.pk, 4]],
    )

    told = report(TODAY, 30)

    assert (told.times, told.in_vain, told.vain_rate, told.click_rate) == (10, 2, 20, 40)
    assert [(row.words, row.click_rate, row.chosen) for row in told.top] == [("cup", 50, "Cup")]
    assert [row.words for row in told.nothing] == ["софа"]
    assert report(TODAY, 30, "ru").top == []


def test_only_what_several_searched_and_the_goods_know_is_popular():
    searches.write(
        [
            [DAY, "en", "cup", 3, 3, True],
            [DAY, "en", "rare", 2, 3, True],
            [DAY, "en", "ada byron", 30, 3, False],
            [DAY, "en", "nothing", 30, 0, False],
            [DAY, "ru", "чашка", 30, 3, True],
        ],
        [],
    )

    assert popular(TODAY, "en") == ["cup"]


def test_counts_are_dropped_after_a_year():
    searches.write([[str(TODAY - timedelta(days)), "en", "cup", 1, 1, True] for days in (10, 400)], [])

    assert searches.forget(TODAY) == 1
    assert SearchCount.objects.count() == 1
