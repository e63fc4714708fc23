"""What a message comes from knows when it may leave and what it says.

An origin is asked in the transaction that takes a message up, in this order: `lock`, `checks`, `compose`.
"""

from datetime import datetime
from typing import Protocol

from customers.letters import Letter
from marketing.letters import compose
from marketing.models import Flow, Message, TemplateVersion
from marketing.rules.carts import Case, check_all, deadline_of
from marketing.rules.check import Check, Rule
from marketing.template_letters import compose_from
from orders.models import Cart


class Origin(Protocol):
    def lock(self) -> bool:
        """Lock what the rules read; False when it is gone."""

    def checks(self, now: datetime) -> list[Check]: ...

    def deadline(self) -> datetime:
        """From when on it is too late, as things stand."""

    def compose(self, now: datetime) -> tuple[Letter, TemplateVersion | None]:
        """What goes out. Raises `marketing.words.CannotBeWritten`."""


class LeftCart:
    """A reminder of a cart that was left behind."""

    gone = Rule.CLOSED

    def __init__(self, message: Message) -> None:
        self.message = message

    def lock(self) -> bool:
        # Whoever places an order locks the cart first: either we see his order, or he waits for us.
        self.message.flow = Flow.objects.select_for_update().get(pk=self.message.flow_id)
        self.message.cart = Cart.objects.select_for_update(of=("self",)).filter(pk=self.message.cart_id).first()
        return self.message.cart is not None

    def checks(self, now: datetime) -> list[Check]:
        return check_all(Case(self.message.flow, self.message.cart, self.message.address, now, self.message))

    def deadline(self) -> datetime:
        return deadline_of(self.message.flow, self.message.cart)

    def compose(self, now: datetime) -> tuple[Letter, TemplateVersion | None]:
        """The words of its flow, or the newest version of the flow's template."""
        flow = self.message.flow
        version = flow.template.newest if flow.template_id else None
        return (compose_from(version, self.message, now), version) if version else (compose(self.message), None)


def origin_of(message: Message) -> Origin:
    return LeftCart(message)
