"""The pieces of a product page."""

from dataclasses import dataclass
from datetime import datetime

from catalog.queries.prices import Price, Quote
from catalog.queries.product.availability import Availability


@dataclass(frozen=True, slots=True)
class PictureView:
    """A picture of the product; `value` is the code of the option it shows, such as `oat`, or empty.

    `variant` is the key of the one variant it shows; `avif` a second `srcset` for browsers that know it, or empty.
    """

    pk: int
    src: str
    srcset: str
    width: int
    height: int
    alt: str
    value: str
    variant: int | None = None
    avif: str = ""


@dataclass(frozen=True, slots=True)
class VariantView:
    """A variant for sale. `values` is a code per axis, `words` are for people.

    `price` is what one costs in minor units, None where it is not sold in the visitor's currency.
    """

    pk: int
    sku: str
    quote: Quote
    values: dict[str, str]
    words: str
    availability: Availability
    barcode: str = ""
    weight_g: int = 0

    @property
    def price(self) -> int | None:
        return self.quote.first.unit if self.quote.first else None

    @property
    def compare_at(self) -> int | None:
        return self.quote.first.compare_at if self.quote.first else None

    @property
    def lowest(self) -> int | None:
        return self.quote.first.lowest if self.quote.first else None

    @property
    def ends_at(self) -> datetime | None:
        """When the price goes up again, if the merchant wants it said."""
        return self.quote.first.ends_at if self.quote.first else None

    @property
    def steps(self) -> tuple[Price, ...]:
        """What more pieces cost each; none where the number makes no difference."""
        return self.quote.steps if len(self.quote.steps) > 1 else ()

    @property
    def can_be_bought(self) -> bool:
        """In stock, and sold in this currency."""
        return self.availability.can_be_bought and self.quote.first is not None


@dataclass(frozen=True, slots=True)
class AxisChoice:
    """A value that can be chosen. `sku` is the variant that it leads to; `is_exact`: with all else as chosen now.

    `availability` is that variant's; a choice that is not exact changes another axis too.
    """

    code: str
    label: str
    swatch: str
    sku: str
    selected: bool
    is_exact: bool
    availability: Availability


@dataclass(frozen=True, slots=True)
class Axis:
    """Size, colour: an axis with the choices there are, seen from one chosen variant."""

    code: str
    name: str
    is_swatch: bool
    choices: tuple[AxisChoice, ...]
