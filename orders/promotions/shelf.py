"""The lines of a basket laid out for quick looking: promotions ask about them hundreds of times."""

from collections import defaultdict
from collections.abc import Collection, Mapping

from orders.promotions.basket import Basket
from orders.promotions.rules import Rule

Index = Mapping[object, list[int]]


class Shelf:
    """Places of the lines, with what each holds and costs before anything is taken off."""

    def __init__(self, basket: Basket) -> None:
        self.basket = basket
        self.goods = basket.goods
        self.numbers = [good.quantity for good in self.goods]
        self.full = [good.gross for good in self.goods]
        self.place = {good.key: place for place, good in enumerate(self.goods)}
        self.all = list(range(len(self.goods)))
        self.gifts = {place for place, good in enumerate(self.goods) if good.is_gift}
        self.unreduced = [place for place, good in enumerate(self.goods) if not good.is_reduced]
        self.products = self._by(lambda good: (good.product,))
        self.variants = self._by(lambda good: (good.variant,))
        self.categories = self._by(lambda good: (good.category,))
        self.brands = self._by(lambda good: (good.brand,))
        self.collections = self._by(lambda good: good.collections)

    def covered(self, rule: Rule) -> list[int]:
        """Places of the goods that a promotion is about. What it gives away does not count as bought."""
        goods = rule.goods
        if goods.is_everything:
            places = self.unreduced if rule.leaves_out_reduced else self.all
        else:
            found = self.of(self.products, goods.products) | self.of(self.categories, goods.categories)
            found |= self.of(self.brands, goods.brands) | self.of(self.collections, goods.collections)
            places = sorted(found.intersection(self.unreduced) if rule.leaves_out_reduced else found)
        if self.gifts:
            places = [place for place in places if place not in self.gifts]
        if not rule.gift:
            return places
        return [place for place in places if self.goods[place].variant != rule.gift]

    def rewards(self, rule: Rule, taken: Collection[int] = ()) -> list[int]:
        """Places of what it gives, where that is something else than what has to be bought."""
        found = self.variants.get(rule.gift, ()) if rule.gift else self.of(self.products, rule.rewards)
        return sorted(place for place in found if place not in taken)

    @staticmethod
    def of(index: Index, keys: Collection) -> set[int]:
        """Places of all that has one of these keys."""
        return {place for key in index.keys() & keys for place in index[key]} if keys else set()

    def _by(self, keys) -> Index:
        found = defaultdict(list)
        for place, good in enumerate(self.goods):
            for key in keys(good):
                found[key].append(place)
        return found
