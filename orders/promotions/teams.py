"""Which promotions may be used together.

What goes with what depends on the class of a promotion and its three switches alone. There are few kinds of them, so
all largest groups of kinds that agree can be looked at, however many promotions there are.
"""

from collections.abc import Iterable

from orders.promotions.rules import Rule

Kind = tuple[str, frozenset[str]]


def kind_of(rule: Rule) -> Kind:
    return rule.target, rule.combines


def agree(one: Kind, other: Kind) -> bool:
    return other[0] in one[1] and one[0] in other[1]


def teams(kinds: Iterable[Kind]) -> list[frozenset[Kind]]:
    """The largest groups in which everybody agrees with everybody; a kind that bears no other of its own is one."""
    nodes = sorted(set(kinds), key=lambda kind: (kind[0], sorted(kind[1])))
    friends = {kind: {other for other in nodes if other != kind and agree(kind, other)} for kind in nodes}
    found: list[frozenset[Kind]] = []

    def grow(team: frozenset[Kind], more: set[Kind], done: set[Kind]) -> None:
        if not more and not done:
            found.append(team)
        for kind in [node for node in nodes if node in more]:
            grow(team | {kind}, more & friends[kind], done & friends[kind])
            more = more - {kind}
            done = done | {kind}

    grow(frozenset(), set(nodes), set())
    return found
