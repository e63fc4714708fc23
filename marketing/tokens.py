"""The link in a reminder: it names a message, brings its cart back, and signs nobody in."""

from django.core import signing

from marketing.models import Message

SALT = "marketing.go"


def token_for(message: Message) -> str:
    return signing.Signer(salt=SALT).sign(str(message.pk))


def message_from(token: str) -> Message:
    """The message of a link. Raises Message.DoesNotExist for everything that is not one of ours."""
    try:
        pk = int(signing.Signer(salt=SALT).unsign(token))
    except (signing.BadSignature, ValueError):
        raise Message.DoesNotExist from None
    return Message.objects.select_related("cart", "customer", "flow").get(pk=pk)
