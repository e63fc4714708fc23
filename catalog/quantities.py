"""How many pieces of a product one order may hold: from so many, up to so many, in steps."""

from dataclasses import dataclass

# What a line of a cart can hold at all.
LIMIT = 999


@dataclass(frozen=True, slots=True)
class Quantities:
    """`most` is None where nothing but the shelf limits it. Counted over all lines of one variant."""

    least: int = 1
    most: int | None = None
    step: int = 1

    @property
    def is_free(self) -> bool:
        """Whether any number will do."""
        return self.first == 1 and self.most is None and self.step == 1

    @property
    def first(self) -> int:
        """The smallest number that can be had."""
        return -(-self.least // self.step) * self.step

    @property
    def last(self) -> int:
        """The largest number that can be had."""
        return min(self.most or LIMIT, LIMIT) // self.step * self.step

    def fits(self, number: int) -> bool:
        return self.first <= number <= self.last and number % self.step == 0


def quantities_of(product) -> Quantities:
    """What staff typed for a product."""
    return Quantities(product.min_quantity, product.max_quantity, product.quantity_step)
