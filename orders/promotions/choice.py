"""The engine: which of all promotions are used, and what each takes off.

Goods come first, then the whole order, then delivery. Within a class lanes follow one after another, each on what the
one before left. In a lane promotions compete: on goods for each line, else for the one place. There the higher priority
wins, then what takes more off, then the older one. Between groups that do not go together the better for the buyer is
taken, but a higher priority comes before. The order of lines and rules decides nothing.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from orders.promotions.basket import Basket
from orders.promotions.conditions import why_not
from orders.promotions.outcome import Applied, Outcome, Reason, Refused
from orders.promotions.playing import Play
from orders.promotions.rules import Rule, Standing, Target
from orders.promotions.shelf import Shelf
from orders.promotions.teams import agree, kind_of, teams

NOTHING_USED = Standing()


def reckon(basket: Basket, rules: Iterable[Rule], standing: Standing = NOTHING_USED, drafts: bool = False) -> Outcome:
    """Choose the promotions for a basket and say what each takes off, and why the others do not.

    With `drafts` those that are not in use yet take part. No part is negative, no line and no delivery gets below 0.
    """
    shelf = Shelf(replace(basket, goods=tuple(sorted(basket.goods, key=lambda good: good.key))))
    fit, refused, play = [], [], Play(shelf, standing)
    for rule in sorted(rules, key=lambda rule: rule.pk):
        if fault := why_not(rule, shelf, standing, shelf.covered(rule), drafts) or _worthless(rule, play, standing):
            refused.append(fault)
        else:
            fit.append(rule)
    best = _best(play, _teams(fit, play))
    won = {applied.rule.pk for applied in best}
    held = [(applied, play.occupied(applied, play.covered[applied.rule.pk])) for applied in best]
    refused += [_loser(rule, held, play) for rule in fit if rule.pk not in won]
    return _outcome(best, sorted(refused, key=lambda one: one.rule.pk))


def _worthless(rule: Rule, play: Play, standing: Standing) -> Refused | None:
    """By itself it takes nothing off, or more than is left of its budget."""
    amount = play.try_alone(rule).amount
    if amount > standing.left.get(rule.pk, amount):
        return play.refuse(rule, Reason.BUDGET)
    return None if amount else play.refuse(rule, Reason.NOTHING_LEFT)


def _teams(fit: list[Rule], play: Play) -> list[list[Rule]]:
    """Groups that go together. Of a kind that bears no other of its own the best one takes part."""
    kinds = defaultdict(list)
    for rule in fit:
        kinds[kind_of(rule)].append(rule)
    for kind, rules in kinds.items():
        if not agree(kind, kind):
            kinds[kind] = [min(rules, key=lambda rule: (-rule.priority, -play.alone[rule.pk].amount, rule.pk))]
    return [[rule for kind in team for rule in kinds[kind]] for team in teams(kinds)]


def _best(play: Play, groups: list[list[Rule]]) -> tuple[Applied, ...]:
    """The most promising group is tried first; those that cannot be better any more are not."""
    hopes = [(play.hope(team), place) for place, team in enumerate(groups)]
    best, rank = (), _rank(())
    for hope, place in sorted(hopes, key=lambda one: (one[0], -one[1]), reverse=True):
        if best and hope < rank[1:3]:
            break
        applied = play.of(groups[place])
        if _rank(applied) > rank:
            best, rank = applied, _rank(applied)
    return best


def _rank(applied: tuple[Applied, ...]) -> tuple:
    """What is better is greater: priority, what it takes off, fewer promotions, older ones."""
    first = max((one.rule.priority for one in applied), default=0)
    amount = sum(one.amount for one in applied)
    return bool(applied), first, amount, -len(applied), sorted(-one.rule.pk for one in applied)


def _loser(rule: Rule, held: list[tuple[Applied, set[int]]], play: Play) -> Refused:
    """Why a promotion whose conditions are all met is not used; `held` are the winners with the lines they occupy."""
    target = rule.target
    for one, _places in held:
        if not rule.goes_with(one.rule):
            return play.refuse(rule, Reason.NOT_TOGETHER, one.rule)
    for one, places in held:
        same = one.rule.lane == rule.lane and one.rule.target == target
        if same and (target != Target.PRODUCT or not places.isdisjoint(play.covered[rule.pk])):
            return play.refuse(rule, Reason.BEATEN, one.rule)
    return play.refuse(rule, Reason.NOTHING_LEFT)


def _outcome(best: tuple[Applied, ...], refused: list[Refused]) -> Outcome:
    off: dict[int, int] = defaultdict(int)
    for applied in best:
        for key, amount in applied.parts.items():
            off[key] += amount
    return Outcome(best, tuple(refused), dict(off), sum(applied.delivery for applied in best))
