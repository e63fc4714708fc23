"""What lies on the writing desk."""

from marketing.models.event import Event
from marketing.models.flow import Flow
from marketing.models.message import Message
from marketing.models.notice import Notice, WantedVariant
from marketing.models.question import Answer, Question
from marketing.models.review import Review, ReviewReport, ReviewVote
from marketing.models.voice import Grounds, State

__all__ = [
    "Answer",
    "Event",
    "Flow",
    "Grounds",
    "Message",
    "Notice",
    "Question",
    "Review",
    "ReviewReport",
    "ReviewVote",
    "State",
    "WantedVariant",
]
