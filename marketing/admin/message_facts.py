"""What led to a message: the trigger, the conditions as they were seen, step, variant, template, codes and consent."""

from django.utils.translation import gettext_lazy

from customers.models import Consent
from marketing.flows.definition import Definition
from marketing.models import Message

WAYS = {"yes": gettext_lazy("yes"), "no": gettext_lazy("no")}


def of(message: Message) -> dict:
    enrolment = message.enrolment
    told = {
        "consent": _consent(message),
        "coupons": message.coupons.select_related("code", "promotion"),
        "version": message.version,
    }
    if enrolment is None:
        return told
    definition = Definition.read(enrolment.version.definition)
    places = {step.id: place for place, step in enumerate(definition.walk(), 1)}
    return {
        **told,
        "enrolment": enrolment,
        "sets_off": definition.trigger.words(definition.values) if definition.trigger else "",
        "conditions": enrolment.decision.get("conditions"),
        "place": places.get(message.step),
        "ways": [(places.get(step), WAYS.get(way, way.upper())) for step, way in enrolment.arms.items()],
    }


def _consent(message: Message) -> Consent | None:
    """What the person had said last, when the message was written."""
    email = message.profile.email if message.profile else message.address
    said = Consent.objects.filter(email=email, purpose=Consent.Purpose.MARKETING, channel=message.channel)
    at = message.claimed_at or message.created_at
    return said.filter(created_at__lte=at).order_by("-pk").first() or said.order_by("-pk").first()
