"""Where floors above say which goods must be kept, in the `admin` package of the upper floor.

`kept_goods.register(ordered)`, with a function that answers, of these products, which it knows.
"""

from collections.abc import Callable, Iterable

Known = Callable[[list[int]], Iterable[int]]


class KeptGoods:
    def __init__(self) -> None:
        self._known: list[Known] = []

    def register(self, known: Known) -> None:
        self._known.append(known)

    def among(self, product_ids: list[int]) -> set[int]:
        """Those of these products that somebody needs for his books."""
        return {pk for known in self._known for pk in known(product_ids)}


kept_goods = KeptGoods()
# The same for variants.
kept_variants = KeptGoods()


class ShopName:
    """Where the floor that knows it says what the shop is called."""

    def __init__(self) -> None:
        self._ask: Callable[[], str] = str

    def register(self, ask: Callable[[], str]) -> None:
        self._ask = ask

    def now(self) -> str:
        return self._ask()


shop_name = ShopName()


class TaxInside:
    """Where the floor that knows taxes says which rate prices contain at home: hundredths of a percent by tax class."""

    def __init__(self) -> None:
        self._ask: Callable[[], dict[str, int]] = dict

    def register(self, ask: Callable[[], dict[str, int]]) -> None:
        self._ask = ask

    def rates(self) -> dict[str, int]:
        return self._ask()


tax_at_home = TaxInside()
