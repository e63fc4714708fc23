"""What a file says, whatever its format: goods with their pieces. None means that the file says nothing about it."""

from dataclasses import dataclass, field


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


@dataclass(slots=True)
class Shot:
    """A picture by its address or the name of its file; of one option value when `axis` says which."""

    line: int
    source: str
    alt: str = ""
    position: int | None = None
    axis: tuple[str, str] | None = None


@dataclass(slots=True)
class Fault:
    """A line of the file that is not taken, and why."""

    line: int
    reason: str
    key: str = ""
    name: str = ""


@dataclass(slots=True)
class Goods:
    """A product. What stands in `first` is for a new one only; the merchant keeps what he changed since."""

    line: int
    key: str
    name: str
    slug: str = ""
    description: str | None = None
    brand: str | None = None
    status: str | None = None
    pieces: list[Piece] = field(default_factory=list)
    shots: list[Shot] = field(default_factory=list)
    facts: dict[str, list[str]] = field(default_factory=dict)
    first: dict[str, str] = field(default_factory=dict)
    remarks: list[str] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
