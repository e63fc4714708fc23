"""What a group of promotions that go together takes off, one after another."""

from collections import defaultdict
from collections.abc import Collection
from heapq import heapify, heappop, heappush

from orders.promotions import worth
from orders.promotions.outcome import Applied, Reason, Refused
from orders.promotions.rules import Benefit, Rule, Standing, Target
from orders.promotions.shelf import Shelf

# Their goods count for a set, and so serve no other promotion of the lane even where they keep their price.
SETS = (Benefit.BUY_GET, Benefit.BUNDLE, Benefit.CHEAPEST)


class Play:
    """Tries promotions on one basket. `alone` is what each takes off by itself."""

    def __init__(self, shelf: Shelf, standing: Standing) -> None:
        self.shelf, self.standing = shelf, standing
        self.delivery = shelf.basket.delivery or 0
        self.covered: dict[int, list[int]] = {}
        self.alone: dict[int, Applied] = {}

    def try_alone(self, rule: Rule) -> Applied:
        self.covered[rule.pk] = self.shelf.covered(rule)
        found = self.alone[rule.pk] = self._take(rule, self.shelf.full, self.delivery, self.covered[rule.pk])
        return found

    def hope(self, team: list[Rule]) -> tuple[int, int]:
        """Their highest priority, and what they can take off at the very most."""
        goods: dict[tuple, int] = defaultdict(int)
        rest: dict[tuple, int] = defaultdict(int)
        for rule in team:
            alone = self.alone[rule.pk]
            for key, amount in alone.parts.items() if rule.target == Target.PRODUCT else ():
                goods[rule.lane, key] = max(goods[rule.lane, key], amount)
            if rule.target != Target.PRODUCT:
                rest[rule.target, rule.lane] = max(rest[rule.target, rule.lane], alone.amount)
        whole = sum(self.shelf.full) + self.delivery
        return max((rule.priority for rule in team), default=0), min(whole, sum(goods.values()) + sum(rest.values()))

    def of(self, team: list[Rule]) -> tuple[Applied, ...]:
        left, delivery, applied = list(self.shelf.full), self.delivery, []
        for target in (Target.PRODUCT, Target.ORDER, Target.SHIPPING):
            for lane in _lanes(team, target):
                found = self._compete(lane, left) if target == Target.PRODUCT else self._one(lane, left, delivery)
                for taken in found:
                    for key, off in taken.parts.items():
                        left[self.shelf.place[key]] -= off
                    delivery -= taken.delivery
                applied += found
        return tuple(applied)

    def occupied(self, found: Applied, free: list[int]) -> set[int]:
        """The lines that serve this promotion and no other of its lane."""
        cheaper = {self.shelf.place[key] for key in found.parts}
        return cheaper | set(free) if found.rule.benefit in SETS else cheaper

    def refuse(self, rule: Rule, reason: Reason, by: Rule | None = None) -> Refused:
        return Refused(rule, reason, by=by, code=self.shelf.basket.codes.get(rule.pk, ""))

    def _compete(self, lane: list[Rule], left: list[int]) -> list[Applied]:
        """Who takes most off chooses his lines first; what he leaves the others may have."""
        taken: set[int] = set()
        applied, untouched = [], left == self.shelf.full
        queue = [(-rule.priority, -self.alone[rule.pk].amount, rule.pk, rule) for rule in lane]
        heapify(queue)
        while queue:
            known = heappop(queue)
            rule = known[-1]
            covered = self.covered[rule.pk]
            if untouched and taken.isdisjoint(covered) and not rule.rewards and not rule.gift:
                free, found = covered, self.alone[rule.pk]
            else:
                free = [place for place in covered if place not in taken]
                found = self._within_budget(self._take(rule, left, 0, free, taken))
            if not found.amount:
                continue
            again = (-rule.priority, -found.amount, rule.pk, rule)
            if queue and again > known and again > queue[0]:
                heappush(queue, again)
                continue
            applied.append(found)
            taken |= self.occupied(found, free)
        return applied

    def _one(self, lane: list[Rule], left: list[int], delivery: int) -> list[Applied]:
        """The best of a lane for which there is one place only."""
        amounts = [(self._amount(rule, left, delivery), rule) for rule in lane]
        useful = [(-rule.priority, -amount, rule.pk, rule) for amount, rule in amounts if amount]
        return [self._take(min(useful)[-1], left, delivery, [])] if useful else []

    def _amount(self, rule: Rule, left: list[int], delivery: int) -> int:
        is_sent = rule.target == Target.SHIPPING
        amount = (
            worth.off_delivery(rule, self.shelf, delivery)
            if is_sent
            else worth.amount_off_order(rule, self.shelf, left)
        )
        return amount if amount <= self.standing.left.get(rule.pk, amount) else 0

    def _take(
        self, rule: Rule, left: list[int], delivery: int, free: list[int], taken: Collection[int] = ()
    ) -> Applied:
        code = self.shelf.basket.codes.get(rule.pk, "")
        target = rule.target
        if target == Target.SHIPPING:
            return Applied(rule, {}, worth.off_delivery(rule, self.shelf, delivery), code)
        if target == Target.ORDER:
            parts = worth.off_order(rule, self.shelf, left)
        else:
            parts = worth.off_goods(rule, self.shelf, left, free, self.shelf.rewards(rule, taken))
        goods = self.shelf.goods
        return Applied(rule, {goods[place].key: off for place, off in parts.items()}, 0, code)

    def _within_budget(self, found: Applied) -> Applied:
        left = self.standing.left.get(found.rule.pk)
        return found if left is None or found.amount <= left else Applied(found.rule, {})


def _lanes(team: list[Rule], target: str) -> list[list[Rule]]:
    lanes = defaultdict(list)
    for rule in team:
        if rule.target == target:
            lanes[rule.lane].append(rule)
    return [lanes[number] for number in sorted(lanes)]
