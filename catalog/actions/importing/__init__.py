"""Taking goods over from files of other shops and suppliers: `preview(path, …)`, `run(path, …)`."""

from catalog.actions.importing.faults import Unreadable
from catalog.actions.importing.options import Options
from catalog.actions.importing.run import preview, run

__all__ = ["Options", "Unreadable", "preview", "run"]
