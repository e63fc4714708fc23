"""What is kept while the catalogue changes."""

from itertools import count

import pytest

from catalog import memo


class Watch:
    """A clock that a test sets."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def watch():
    return Watch()


@pytest.fixture
def work(watch):
    """Gives 1, 2, 3 …; each takes `work.takes` seconds."""
    numbers = count(1)

    def work() -> int:
        watch.now += work.takes
        return next(numbers)

    work.takes = 0.01
    return work


def ask(state, work, watch):
    return memo.remember_longer("key", state, work, clock=watch)


def test_an_answer_is_kept_while_the_state_stays(work, watch):
    first = ask("a", work, watch)
    watch.now += 1000

    assert ask("a", work, watch) == first


def test_a_quick_answer_is_always_of_the_state_asked_for(work, watch):
    first = ask("a", work, watch)

    assert ask("b", work, watch) == first + 1


def test_a_slow_answer_outlives_its_state_for_twenty_times_as_long_as_it_took(work, watch):
    work.takes = 1.0
    first = ask("a", work, watch)
    watch.now += 19

    assert ask("b", work, watch) == first

    watch.now += 2

    assert ask("b", work, watch) == first + 1
