"""What sets a flow off. A kind is declared in one place: its fields, its priority, what ends it, how it is found."""

from marketing.flows.triggers import goods, happened, left
from marketing.flows.triggers.base import TRIGGERS, Occasion, Span, Trigger

__all__ = ["TRIGGERS", "Occasion", "Span", "Trigger", "goods", "happened", "left"]
