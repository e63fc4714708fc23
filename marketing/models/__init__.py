"""What lies on the writing desk."""

from marketing.models.event import Event
from marketing.models.flow import Flow
from marketing.models.message import Message

__all__ = ["Event", "Flow", "Message"]
