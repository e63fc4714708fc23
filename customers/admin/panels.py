"""Where floors above hang what they know of a customer: a title and a function that returns safe HTML.

`customer_panels.register(gettext_lazy("Orders"), orders_of)` in the `admin` package of the upper floor.
"""

from collections.abc import Callable

from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from customers.models import Customer

Panel = Callable[[Customer], SafeString]


class Panels:
    def __init__(self) -> None:
        self._panels: list[tuple[str, Panel]] = []

    def register(self, title: str, panel: Panel) -> None:
        self._panels.append((title, panel))

    def render(self, customer: Customer) -> SafeString:
        rows = ((title, panel(customer)) for title, panel in self._panels)
        return format_html_join("", "<p><strong>{}</strong><br>{}</p>", rows)


customer_panels = Panels()
