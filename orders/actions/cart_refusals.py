"""Why something does not go into a cart."""

from catalog.quantities import Quantities


class NotForSale(Exception):
    """The shop does not sell this, or no longer."""


class NotInCurrency(NotForSale):
    """The shop sells it, but has no price for it in the currency of the cart (the argument)."""


class CartIsClosed(Exception):
    """An order was made of this cart, or it went into another one."""


class TooMany(Exception):
    """More was asked for than can be had; `available` is how many the cart may hold (0: sold out)."""

    def __init__(self, available: int):
        super().__init__(available)
        self.available = available


class NotThatMany(Exception):
    """It is sold in other quantities; `quantities` says in which."""

    def __init__(self, quantities: Quantities):
        super().__init__(quantities)
        self.quantities = quantities
