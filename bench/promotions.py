"""Pricing 100 lines against 200 promotions in use: python -m bench.promotions (no database is touched)."""

import os
import random
from datetime import UTC, datetime
from time import process_time

LINES, RULES, TIMES = 100, 200, 9
# More is too slow for a page that asks for it on every view.
MOST_MS = 50


def measure() -> dict[str, float]:
    """Milliseconds of processor time, the best of some times, for shops that combine nothing, usually, and everything."""
    from orders.promotions import reckon

    found = {}
    for name, share in (("nothing", 0), ("usual", None), ("everything", 1)):
        basket, rules = made(share)
        found[name] = min(_once(lambda b=basket, r=rules: reckon(b, r)) for _ in range(TIMES)) * 1000
    return found


def made(share: int | None, seed: int = 1):
    """A basket and promotions of every kind; with `share` None some of them exclude others, as merchants have it."""
    from orders.models import Promotion
    from orders.promotions import Amounts, Basket, Good, Goods, Rule

    chance = random.Random(seed)  # noqa: S311 - nothing secret
    targets = frozenset(Promotion.Target.values)
    usual = [targets, frozenset({"product", "shipping"}), frozenset({"shipping"})]
    benefits = [benefit for benefit in Promotion.Benefit.values if benefit != "gift"]

    def goods() -> Goods:
        if chance.random() < 0.5:
            return Goods(products=frozenset(chance.sample(range(300), chance.randint(1, 80))))
        return Goods(categories=frozenset(chance.sample(range(20), 4))) if chance.random() < 0.7 else Goods()

    rules = [
        Rule(
            pk=pk,
            benefit=chance.choice(benefits),
            percent=chance.randint(5, 60),
            amounts={"EUR": Amounts(chance.randint(100, 2000), chance.choice([None, 1000]))},
            buy_quantity=2,
            get_quantity=1,
            goods=goods(),
            combines=chance.choice(usual) if share is None else targets if share else frozenset(),
            lane=chance.randint(1, 3),
            priority=chance.choice([0, 0, 0, 1]),
        )
        for pk in range(1, RULES + 1)
    ]
    lines = tuple(
        Good(key, chance.randint(100, 9000), chance.randint(1, 6), product=chance.randrange(300), category=key % 20)
        for key in range(LINES)
    )
    return Basket(goods=lines, currency="EUR", at=datetime(2026, 3, 2, tzinfo=UTC), delivery=490), rules


def _once(work) -> float:
    began = process_time()
    work()
    return process_time() - began


if __name__ == "__main__":
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    for name, milliseconds in measure().items():
        print(f"combining {name}: {milliseconds:.1f} ms (at most {MOST_MS})")  # noqa: T201
