"""A message as any planner would have written it, whatever it comes from."""

from datetime import timedelta

from customers.letters import Letter
from marketing.actions import profiles
from marketing.models import Message
from marketing.rules import Check
from tests.marketing.conftest import ADA, NOW


def make_message(channel: str = "email", email: str = ADA, **fields) -> Message:
    fields = {"key": f"{channel}:{Message.objects.count()}", "address": email, "language": "en", **fields}
    fields = {"planned_for": NOW, "deadline": NOW + timedelta(days=2), **fields}
    if fields.get("status") in ("handed_over", "in_doubt"):
        fields |= {"claimed_at": NOW, "handed_over_at": NOW}
    return Message.objects.create(channel=channel, profile=profiles.know(email), **fields)


class AnyOrigin:
    """Where a message comes from of which only its words matter."""

    def __init__(self, letter: Letter) -> None:
        self.letter = letter

    def __call__(self, message: Message) -> "AnyOrigin":
        return self

    def lock(self) -> bool:
        return True

    def checks(self, now) -> list[Check]:
        return []

    def deadline(self):
        return NOW + timedelta(days=2)

    def compose(self, now) -> tuple[Letter, None]:
        return self.letter, None
