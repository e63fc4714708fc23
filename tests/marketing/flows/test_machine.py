"""The machine: how somebody moves through a flow. No database."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from marketing.flows.definition import Definition
from marketing.flows.machine import State, advance, waited

NOW = datetime(2026, 11, 20, 15, tzinfo=UTC)
MADRID = ZoneInfo("Europe/Madrid")
RULE = {"version": 1, "match": "all", "parts": [{"kind": "name", "words": "ada"}]}


@dataclass
class Stage:
    """A world that says what it is told to."""

    out: str = ""
    done: set = field(default_factory=set)
    fitting: bool = False
    held: datetime | None = None
    profile_id: int = 7
    zone = MADRID
    salt = "flow:1"

    def why_out(self, now):
        return self.out

    def has_done(self, type, now):
        return type in self.done

    def fits(self, rule, now):
        return self.fitting

    def held_until(self, now):
        return self.held


def message(name: str) -> dict:
    return {"id": name, "kind": "message", "channel": "email", "template": "1", "deadline": 48}


def wait(name: str, amount: int, unit: str = "hours") -> dict:
    return {"id": name, "kind": "wait", "amount": amount, "unit": unit}


STEPS = [
    message("m1"), wait("w1", 24),
    {"id": "s1", "kind": "split", "rule": RULE, "branches": {"yes": [message("m2"), wait("w2", 1)], "no": []}},
    message("m3"),
]  # fmt: skip


def flow(steps=STEPS, **more) -> Definition:
    return Definition.read({"trigger": {"kind": "cart"}, "steps": steps, **more})


def way(definition: Definition, world: Stage) -> tuple[State, list[tuple[str, datetime]]]:
    """The whole way, each step at the moment at which it is due."""
    state, told = State(definition.first, NOW), []
    while state.due_at is not None:
        state, letters = advance(definition, state, world, state.due_at)
        told += [(one.step.id, one.at) for one in letters]
    return state, told


@pytest.mark.parametrize(("fits", "hours"), [(True, {"m1": 0, "m2": 24, "m3": 25}), (False, {"m1": 0, "m3": 24})])
def test_steps_are_taken_in_order_and_both_ways_of_a_split_go_on_behind_it(fits, hours):
    state, told = way(flow(), Stage(fitting=fits))

    assert told == [(name, NOW + timedelta(hours=n)) for name, n in hours.items()]
    assert (state.status, state.arms) == ("completed", {"s1": "yes" if fits else "no"})


def test_what_is_over_ends_the_way_before_the_next_step_and_says_why():
    world = Stage()
    state, letters = advance(flow(), State("m1", NOW), world, NOW)
    world.out = "ordered_since"

    state, more = advance(flow(), state, world, NOW + timedelta(days=2))

    assert (len(letters), more, state.status, state.reason) == (1, [], "exited", "ordered_since")


def test_a_goal_that_is_reached_completes_it():
    state, told = way(flow(goal="reviewed"), Stage(done={"reviewed"}))

    assert (state.status, state.reason, told) == ("completed", "goal_reached", [])


def test_nothing_is_due_before_its_time_and_a_late_worker_changes_no_order():
    early = advance(flow(), State("w1", NOW), Stage(), NOW - timedelta(minutes=1))
    late, letters = advance(flow(), State("m1", NOW), Stage(fitting=True), NOW + timedelta(days=9))

    assert early == (State("w1", NOW), [])
    # One message at a time, however late: the next one waits until the first one has left.
    assert ([one.step.id for one in letters], late.step) == (["m1"], "m2")


def test_a_message_waits_for_the_one_before_it():
    held = NOW + timedelta(hours=5)

    state, letters = advance(flow(), State("m3", NOW), Stage(held=held), NOW)

    assert (letters, state) == ([], State("m3", held))


def test_variants_are_by_chance_and_always_the_same_for_a_person():
    test = {"id": "t", "kind": "test", "share": 30, "branches": {"a": [message("a1")], "b": [message("b1")]}}
    arms = [way(flow([test]), Stage(profile_id=pk))[0].arms["t"] for pk in range(400)]

    assert 90 < arms.count("a") < 150
    assert arms == [way(flow([test]), Stage(profile_id=pk))[0].arms["t"] for pk in range(400)]


@pytest.mark.parametrize(
    ("amount", "unit", "since", "until"),
    [
        (90, "minutes", "2026-11-20 15:00", "2026-11-20 16:30"),
        (3, "days", "2026-11-20 15:00", "2026-11-23 15:00"),
        # The same time of day, though a night is an hour shorter or longer.
        (1, "days", "2026-03-28 15:00", "2026-03-29 14:00"),
        (1, "days", "2026-10-24 15:00", "2026-10-25 16:00"),
        (10, "clock", "2026-11-20 15:00", "2026-11-21 09:00"),
        (10, "clock", "2026-11-20 08:30", "2026-11-20 09:00"),
        (10, "clock", "2026-11-20 09:00", "2026-11-20 09:00"),
        (10, "clock", "2026-10-24 20:00", "2026-10-25 09:00"),
    ],
)
def test_a_wait_ends_by_the_clock_of_the_person(amount, unit, since, until):
    read = lambda text: datetime.fromisoformat(text).replace(tzinfo=UTC)  # noqa: E731

    assert waited({"amount": amount, "unit": unit}, read(since), MADRID) == read(until)


@pytest.mark.parametrize("data", [None, [], "x", {"steps": "x"}, {"steps": [{"kind": "bomb", "id": "x"}, 7, None]}])
def test_what_is_no_definition_is_read_as_an_empty_one(data):
    assert Definition.read(data).steps == ()


def test_a_definition_has_a_bottom_and_every_step_a_name_of_its_own():
    nested = [message("m")]
    for depth in range(9):
        nested = [{"id": f"s{depth}", "kind": "split", "rule": RULE, "branches": {"yes": nested, "no": [message("m")]}}]
    definition = flow(nested + [message(f"x{n}") for n in range(90)])

    assert len(definition.nodes) == sum(1 for _step in definition.walk()) <= 40
