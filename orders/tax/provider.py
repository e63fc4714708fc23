"""The seam to whoever knows the rates. `TAX_PROVIDER` names a class; ours reads the shop's own table.

Another provider is one folder or module with a class like `Provider`. It is asked for every cart that is shown, so it
keeps what it learned. It is never asked inside a transaction. What happened to an order in the end it hears by the
signals of `orders.events`.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string

from orders.tax.places import Place


class Provider(Protocol):
    def rates(self, places: Sequence[Place], day: date) -> Sequence[Mapping[str, int]]:
        """For each place its rates on that day: code of the tax class to hundredths of a percent.

        A class that is not named pays nothing there. Must not fail: without an answer from outside it answers what it
        answered last, or what the shop's own table says.
        """

    def is_told_by_area(self, country: str) -> bool:
        """Whether the state or province decides there, so that nothing can be said before an address is known."""

    def refuses(self, number: str) -> bool:
        """Whether that VAT number, well formed, is known to be nobody's. False when it cannot be told now."""


def provider() -> Provider:
    """The one in use."""
    return _made(settings.TAX_PROVIDER)


@lru_cache(maxsize=4)
def _made(path: str) -> Provider:
    return import_string(path)()
