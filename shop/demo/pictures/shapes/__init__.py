"""Every shape the shop can show, one family per file."""

from . import (  # noqa: F401
    candles,
    cutlery,
    folded,
    furniture,
    hanging,
    laid,
    lamps,
    linens,
    paper,
    plants,
    pots,
    pouring,
    small,
    soft,
    walls,
    wooden,
    woven,
)
