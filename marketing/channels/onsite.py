"""On the website: the message waits in its row until the person comes by (`marketing.actions.showing`)."""

from customers.letters import Letter
from marketing.models import Message


def parcel(message: Message, letter: Letter) -> str:
    return letter.html


def hand_over(parcel: str) -> str:
    """It is shown in the page that is being drawn."""
    return ""
