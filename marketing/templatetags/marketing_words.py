"""Reasons and states of the writing desk as words for the back office."""

from django import template

from marketing.models import Enrolment, Message
from marketing.reasons import EXITS, in_words

register = template.Library()


@register.filter
def reason_words(code: str) -> str:
    return in_words(code)


@register.filter
def exit_words(code: str) -> str:
    """When a flow of such a trigger ends by itself."""
    return str(EXITS.get(code, code))


@register.filter
def enrolment_words(code: str) -> str:
    return str(dict(Enrolment.Status.choices).get(code, code))


@register.filter
def message_words(code: str) -> str:
    return str(dict(Message.Status.choices).get(code, code))
