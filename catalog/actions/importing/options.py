"""How an import is to be done."""

from dataclasses import dataclass
from pathlib import Path

from catalog.actions.importing.mapping import Mapping

BATCH = 500


@dataclass(frozen=True, slots=True)
class Options:
    """`mapping` is for plain CSV; `category` the slug of the category below which new things are put.

    `keep_stock` leaves the counts of known variants alone; `only_new` changes nothing that is there. `document` and
    `actor` stand in the stock ledger.
    """

    mapping: Mapping | None = None
    category: str = ""
    pictures: Path | None = None
    keep_stock: bool = False
    only_new: bool = False
    document: str = ""
    actor: str = ""
    fetch: bool = True
    # Whoever may not see costs neither reads nor writes them.
    with_costs: bool = True
    # Where former values are written, so that the import can be undone.
    journal: Path | None = None
