"""Experiments: nobody changes sides, and sides are as large as they were meant to be."""

from marketing.experiments import arm_of, is_held_out

PEOPLE = range(4000)


def test_a_fifth_is_held_out_and_stays_so_when_more_are():
    fifth = {person for person in PEOPLE if is_held_out("flow:1", person, 20)}
    half = {person for person in PEOPLE if is_held_out("flow:1", person, 50)}

    assert 720 < len(fifth) < 880
    assert fifth < half
    assert not any(is_held_out("flow:1", person, 0) for person in PEOPLE)


def test_variants_get_their_shares_whoever_is_held_out():
    told = [person for person in PEOPLE if not is_held_out("flow:1", person, 20)]

    arms = [arm_of("flow:1", person, [("a", 75), ("b", 25)]) for person in told]

    assert 0.72 < arms.count("a") / len(arms) < 0.78
    assert set(arms) == {"a", "b"}
