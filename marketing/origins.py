"""What a message comes from knows when it may leave and what it says.

An origin is asked in the transaction that takes a message up, in this order: `lock`, `checks`, `compose`.
"""

from datetime import datetime, timedelta
from typing import Protocol

from customers.letters import Letter
from marketing.flows.definition import Definition
from marketing.models import Enrolment, Message, TemplateVersion
from marketing.rules.check import Check, Rule, minute
from marketing.rules.flows import Case, check_all
from marketing.template_letters import compose_from
from marketing.words import CannotBeWritten
from orders.models import Cart


class Origin(Protocol):
    def lock(self) -> bool:
        """Lock what the rules read; False when it is gone."""

    def checks(self, now: datetime) -> list[Check]: ...

    def deadline(self) -> datetime:
        """From when on it is too late, as things stand."""

    def compose(self, now: datetime) -> tuple[Letter, TemplateVersion | None]:
        """What goes out. Raises `marketing.words.CannotBeWritten`."""


class FlowLetter:
    """A message of a step of a flow."""

    gone = Rule.LEFT_FLOW

    def __init__(self, message: Message) -> None:
        self.message = message

    def lock(self) -> bool:
        rows = Enrolment.objects.select_related("flow", "version", "profile__customer", "order", "product")
        enrolment = rows.filter(pk=self.message.enrolment_id).first()
        if enrolment is None:
            return False
        if enrolment.cart_id:
            # Whoever places an order locks the cart first: either we see his order, or he waits for us.
            carts = Cart.objects.select_for_update(of=("self",)).select_related("customer")
            enrolment.cart = self.message.cart = carts.filter(pk=enrolment.cart_id).first()
        self.enrolment, self.definition = enrolment, Definition.read(enrolment.version.definition)
        self.step = self.definition.nodes.get(self.message.step)
        return True

    def checks(self, now: datetime) -> list[Check]:
        late = Check(Rule.TOO_LATE, now <= self.deadline(), minute(self.deadline()))
        return [*check_all(Case(self.enrolment, self.definition, now)), late]

    def deadline(self) -> datetime:
        """As planned; of a cart that was in use again, so long after that."""
        cart = self.enrolment.cart
        if cart is None or self.step is None:
            return self.message.deadline
        idle = timedelta(minutes=self.definition.values.get("idle", 0))
        return max(self.message.deadline, cart.active_at + idle + timedelta(hours=self.step.values["deadline"]))

    def compose(self, now: datetime) -> tuple[Letter, TemplateVersion | None]:
        """By the newest version of the template that its step names."""
        name = str(self.step.values["template"]) if self.step else ""
        versions = TemplateVersion.objects.filter(template=name) if name.isdecimal() else TemplateVersion.objects.none()
        version = versions.order_by("-number").first()
        if version is None:
            raise CannotBeWritten("The template of this step is gone.")
        self.message.enrolment = self.enrolment
        return compose_from(version, self.message, now), version


class Lost:
    """A message whose flow or way through it is gone: it does not leave."""

    gone = Rule.LEFT_FLOW

    def lock(self) -> bool:
        return False


def origin_of(message: Message) -> Origin:
    return FlowLetter(message) if message.enrolment_id else Lost()
