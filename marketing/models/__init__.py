"""What lies on the writing desk."""

from marketing.models.broadcast import Broadcast
from marketing.models.delivery import DeliveryEvent
from marketing.models.device import PushSubscription
from marketing.models.event import Event
from marketing.models.flow import Enrolment, Flow, FlowVersion, Rehearsal
from marketing.models.measures import Measures
from marketing.models.merge import ProfileMerge
from marketing.models.message import Coupon, Message
from marketing.models.notice import Notice, WantedVariant
from marketing.models.pressure import PressurePolicy
from marketing.models.profile import PastOrder, Profile, Purchase
from marketing.models.question import Answer, Question
from marketing.models.review import Review, ReviewReport, ReviewVote
from marketing.models.segment import Segment, SegmentMembership
from marketing.models.template import Template, TemplateVersion
from marketing.models.visitor import Episode, Touch, Visitor
from marketing.models.voice import Grounds, State
from marketing.models.webhook_target import WebhookTarget

__all__ = [
    "Answer",
    "Broadcast",
    "Coupon",
    "DeliveryEvent",
    "Enrolment",
    "Episode",
    "Event",
    "Flow",
    "FlowVersion",
    "Grounds",
    "Measures",
    "Message",
    "Notice",
    "PastOrder",
    "PressurePolicy",
    "Profile",
    "ProfileMerge",
    "Purchase",
    "PushSubscription",
    "Question",
    "Rehearsal",
    "Review",
    "ReviewReport",
    "ReviewVote",
    "Segment",
    "SegmentMembership",
    "State",
    "Template",
    "TemplateVersion",
    "Touch",
    "Visitor",
    "WantedVariant",
    "WebhookTarget",
]
