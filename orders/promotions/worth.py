"""What one promotion takes off: of goods by line, of the whole order, of delivery.

`left` is what each line still costs after the promotions before. Where a promotion counts pieces the dearest come
first: who puts one more thing in his cart never gets less taken off.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence

from orders.promotions.rules import Benefit, Rule
from orders.promotions.shelf import Shelf
from orders.promotions.spread import percent_of, spread

# Price of a piece, place of its line, how many there are of it.
Run = tuple[int, int, int]
Parts = dict[int, int]


def off_goods(rule: Rule, shelf: Shelf, left: Sequence[int], free: list[int], rewards: list[int]) -> Parts:
    """What it takes off each line, by place. `free` are those it is about that no other promotion has taken."""
    return {place: off for place, off in WAYS[rule.benefit](rule, shelf, left, free, rewards).items() if off}


def amount_off_order(rule: Rule, shelf: Shelf, left: Sequence[int]) -> int:
    """What it takes off the whole order."""
    whole = sum(map(left.__getitem__, shelf.unreduced if rule.leaves_out_reduced else shelf.all))
    if rule.benefit == Benefit.ORDER_PERCENT:
        return percent_of(whole, rule.percent or 0)
    return min(whole, _amount(rule, shelf))


def off_order(rule: Rule, shelf: Shelf, left: Sequence[int]) -> Parts:
    """The share of each line in that, by place; the parts are the whole."""
    places = shelf.unreduced if rule.leaves_out_reduced else shelf.all
    parts = spread(amount_off_order(rule, shelf, left), [left[place] for place in places])
    return {place: part for place, part in zip(places, parts, strict=True) if part}


def off_delivery(rule: Rule, shelf: Shelf, left: int) -> int:
    """What it takes off a delivery that still costs that much."""
    if rule.benefit == Benefit.FREE_DELIVERY:
        return left
    if rule.benefit == Benefit.DELIVERY_PERCENT:
        return percent_of(left, rule.percent or 0)
    if rule.benefit == Benefit.DELIVERY_AMOUNT:
        return min(left, _amount(rule, shelf))
    return max(0, left - _amount(rule, shelf))


def _percent(rule: Rule, shelf: Shelf, left: Sequence[int], free: list[int], _rewards) -> Parts:
    return {place: percent_of(left[place], rule.percent or 0) for place in free}


def _each(rule: Rule, shelf: Shelf, left: Sequence[int], free: list[int], _rewards) -> Parts:
    amount = _amount(rule, shelf)
    return {place: min(left[place], amount * shelf.numbers[place]) for place in free}


def _fixed(rule: Rule, shelf: Shelf, left: Sequence[int], free: list[int], _rewards) -> Parts:
    price = _amount(rule, shelf)
    return {place: max(0, left[place] - price * shelf.numbers[place]) for place in free}


def _buy_get(rule: Rule, shelf: Shelf, left: Sequence[int], free: list[int], rewards: list[int]) -> Parts:
    buy, get = rule.buy_quantity or 1, rule.get_quantity or 1
    percent = rule.percent or 100
    if rule.rewards:
        bought = [place for place in free if place not in rewards]
        times = _times(rule, sum(shelf.numbers[place] for place in bought) // buy)
        return _cheaper(_first(_runs(shelf, left, rewards), times * get), percent)
    size, runs = buy + get, _runs(shelf, left, free)
    most = _times(rule, sum(number for _, _, number in runs) // size) * size

    def given(pieces: int) -> int:
        """How many of the first so many are given: the last ones of each full set."""
        sets, rest = divmod(min(pieces, most), size)
        return sets * get + max(0, rest - buy)

    chosen, before = [], 0
    for price, place, number in runs:
        chosen.append((price, place, given(before + number) - given(before)))
        before += number
    return _cheaper(chosen, percent)


def _cheapest(rule: Rule, shelf: Shelf, left: Sequence[int], free: list[int], _rewards) -> Parts:
    """Of the pieces that nobody else took there must still be enough."""
    runs = _runs(shelf, left, free)
    if sum(number for _, _, number in runs) < (rule.min_quantity or 1):
        return {}
    return _cheaper(_first(runs[::-1], rule.get_quantity or 1), rule.percent or 100)


def _bundle(rule: Rule, shelf: Shelf, left: Sequence[int], free: list[int], _rewards) -> Parts:
    size, price = rule.buy_quantity or 1, _amount(rule, shelf)
    runs = _runs(shelf, left, free)
    times = _times(rule, sum(number for _, _, number in runs) // size)
    off, weights = 0, defaultdict(int)
    for pieces, sets in _sets(runs, size, times):
        saved = sum(unit * number for unit, _, number in pieces) - price
        if saved > 0:
            off += saved * sets
            for unit, place, number in pieces:
                weights[place] += unit * number * sets
    return dict(zip(weights, spread(off, list(weights.values())), strict=True))


def _sets(runs: list[Run], size: int, times: int) -> Iterable[tuple[list[Run], int]]:
    """Sets of so many pieces from the dearest on, equal ones together: their pieces, and how many such sets."""
    pieces: list[Run] = []
    missing = size
    for unit, place, number in runs:
        while number and times:
            if missing == size and number >= size:
                sets = min(number // size, times)
                yield [(unit, place, size)], sets
                number, times = number - sets * size, times - sets
                continue
            taken = min(number, missing)
            pieces.append((unit, place, taken))
            number, missing = number - taken, missing - taken
            if not missing:
                yield pieces, 1
                pieces, missing, times = [], size, times - 1


def _gift(rule: Rule, shelf: Shelf, left: Sequence[int], free: list[int], rewards: list[int]) -> Parts:
    return _cheaper(_first(_runs(shelf, left, rewards), rule.get_quantity or 1), 100)


def _runs(shelf: Shelf, left: Sequence[int], places: Iterable[int]) -> list[Run]:
    """The pieces of these lines, the dearest first. What does not divide evenly counts as the smaller price."""
    runs = [(left[place] // shelf.numbers[place], place, shelf.numbers[place]) for place in places]
    return sorted(runs, key=lambda run: (-run[0], run[1]))


def _first(runs: Iterable[Run], pieces: int) -> Iterable[Run]:
    for price, place, number in runs:
        taken = min(number, pieces)
        if taken:
            yield price, place, taken
        pieces -= taken


def _cheaper(runs: Iterable[Run], percent: int) -> Parts:
    found: Parts = defaultdict(int)
    for price, place, number in runs:
        found[place] += percent_of(price, percent) * number
    return found


def _times(rule: Rule, fits: int) -> int:
    return fits if rule.most_times is None else min(fits, rule.most_times)


def _amount(rule: Rule, shelf: Shelf) -> int:
    return rule.in_currency(shelf.basket.currency).amount or 0


WAYS: dict[str, Callable[..., Parts]] = {
    Benefit.PERCENT: _percent,
    Benefit.AMOUNT: _each,
    Benefit.PRICE: _fixed,
    Benefit.BUY_GET: _buy_get,
    Benefit.CHEAPEST: _cheapest,
    Benefit.BUNDLE: _bundle,
    Benefit.GIFT: _gift,
}
