"""What sets a flow off. A kind is declared in one place: its fields, its priority, what ends it, how it is found."""

from marketing.flows.triggers import base as _base
from marketing.flows.triggers import goods, happened, left
from marketing.flows.triggers.base import Occasion, Span, Trigger

_ORDER = ("checkout", "cart", "browse")
# Those that most shops begin with stand first.
TRIGGERS: dict[str, Trigger] = {code: _base.TRIGGERS[code] for code in dict.fromkeys((*_ORDER, *_base.TRIGGERS))}

__all__ = ["TRIGGERS", "Occasion", "Span", "Trigger", "goods", "happened", "left"]
