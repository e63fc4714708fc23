"""A message written from a template: for its reader, with his codes, and with links that tell it was read."""

from dataclasses import replace
from datetime import datetime
from functools import partial

from django.urls import reverse
from django.utils import translation

from customers.letters import Letter, absolute
from marketing import tokens
from marketing.actions import coupons
from marketing.blocks import Content
from marketing.blocks.reader import Reader, about, of_cart, reader_of
from marketing.blocks.rendering import letter_of
from marketing.letters import leave_link, name_of
from marketing.models import Message, Profile, TemplateVersion


def compose_from(version: TemplateVersion, message: Message, now: datetime) -> Letter:
    """The letter of a claimed message. Its coupons are made at the first time. Raises CannotBeWritten."""
    reader = replace(reader_for(message), code_of=partial(coupons.code_for, message))
    return letter_of(Content.read(version.content), reader, leave_link(message), now, partial(followed, message))


def reader_for(message: Message) -> Reader:
    """With the cart that it is about, or the product, or what is known of the person now."""
    profile = message.profile or Profile.objects.filter(email=message.address).select_related("customer").first()
    if message.cart:
        with translation.override(message.language):
            link = absolute(reverse("go", args=[tokens.token_for(message)]))
        return of_cart(message.cart, profile, message.language, link, name_of(message))
    if message.enrolment and message.enrolment.product_id:
        return about(message.enrolment.product, profile, message.language)
    return reader_of(profile, message.language)


def followed(message: Message, address: str) -> str:
    """The same address by way of us; the way back to the cart is one already."""
    if not address or "/go/" in address:
        return address
    with translation.override(message.language):
        return absolute(reverse("follow", args=[tokens.follow_token(message, address)]))
