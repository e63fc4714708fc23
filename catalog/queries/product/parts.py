"""The pieces of a product page."""

from dataclasses import dataclass

from catalog.queries.product.availability import Availability


@dataclass(frozen=True, slots=True)
class PictureView:
    """A picture of the product; `value` is the code of the option it shows, such as `oat`, or empty."""

    pk: int
    src: str
    srcset: str
    width: int
    height: int
    alt: str
    value: str


@dataclass(frozen=True, slots=True)
class VariantView:
    """A variant for sale; prices are minor units. `values` is a code per axis, `words` are for people."""

    pk: int
    sku: str
    price: int
    compare_at: int | None
    values: dict[str, str]
    words: str
    availability: Availability


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
