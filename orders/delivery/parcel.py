"""What is to be sent, as far as its delivery depends on it. Pure."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Piece:
    """A kind of thing in the parcel: its product, and by what methods may leave it out."""

    product: int
    type: int | None = None
    category: int | None = None
    name: str = ""


@dataclass(frozen=True, slots=True)
class Parcel:
    """`value` is that of all goods before promotions, in minor units; weight and number are of what is sent."""

    value: int
    weight_g: int = 0
    number: int = 1
    pieces: tuple[Piece, ...] = ()
