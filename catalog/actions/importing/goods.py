"""What a file says, whatever its format: goods with their pieces. None means that the file says nothing about it."""

from dataclasses import dataclass, field
from enum import StrEnum

from catalog.words import Words


@dataclass(slots=True)
class Piece:
    """A variant. `axes` are names and values as written: (("Colour", "Blue"), ("Size", "L"))."""

    line: int
    sku: str | None = None
    # Made of the key and the options, for a new variant whose SKU the file does not say.
    spare_sku: str = ""
    axes: tuple[tuple[str, str], ...] = ()
    price: int | None = None
    # 0: the file says that there is none.
    compare_at: int | None = None
    stock: int | None = None
    # For a new variant when `stock` is not said.
    opening_stock: int | None = None
    counts_stock: bool | None = None
    weight_g: int | None = None
    barcode: str | None = None
    is_active: bool | None = None
    # In the shop's currency; 0: the file says that there is none.
    cost: int | None = None
    # Currency -> minor units; 0 takes that price away.
    prices: dict[str, int] = field(default_factory=dict)
    # Name of a location -> pieces.
    stocks: dict[str, int] = field(default_factory=dict)


@dataclass(slots=True)
class Shot:
    """A picture by its address or the name of its file; of one option value when `axis` says which."""

    line: int
    source: str
    alt: str = ""
    # Language -> the same in the others.
    alts: dict[str, str] = field(default_factory=dict)
    position: int | None = None
    axis: tuple[str, str] | None = None


@dataclass(slots=True)
class Fault:
    """A line of the file that is not taken, and why."""

    line: int
    reason: str
    key: str = ""
    name: str = ""


class Finding(StrEnum):
    """By what a known product may be found besides its key. ADDRESS_AND_SKU: both must be its own."""

    ADDRESS = "address"
    SKU = "sku"
    ADDRESS_AND_SKU = "address and sku"


@dataclass(slots=True)
class Goods:
    """A product. What stands in `first` is for a new one only; the merchant keeps what he changed since.

    With `is_firm` it is for known ones too: the file is our own, or is said to lead. A known product is found by `key`,
    else by one of `others` (`Finding`). `words` are columns such as `name_es`; a product that is known needs no name.
    """

    line: int
    key: str
    name: str = ""
    slug: str = ""
    description: str | None = None
    words: dict[str, str] = field(default_factory=dict)
    others: tuple[Finding, ...] = ()
    is_firm: bool = False
    tags: list[str] | None = None
    kind_of_goods: str | None = None
    brand: str | None = None
    status: str | None = None
    # Its program knows no products that are scheduled: they are drafts there.
    knows_no_dates: bool = False
    pieces: list[Piece] = field(default_factory=list)
    shots: list[Shot] = field(default_factory=list)
    facts: dict[str, list[str]] = field(default_factory=dict)
    # Attribute -> language -> what a text says in the languages beside the first.
    fact_words: dict[str, Words] = field(default_factory=dict)
    first: dict[str, str] = field(default_factory=dict)
    remarks: list[str] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    @property
    def short_key(self) -> str:
        """The key as the file has it, without the source in front."""
        return self.key.partition(":")[2] or self.key

    @property
    def address(self) -> str:
        """The address by which it may be found."""
        return self.slug if ":" in self.key else self.key
