"""The link in a reminder: it names a message, brings its cart back, and signs nobody in."""

from django.core import signing

from marketing.models import Message

SALT = "marketing.go"
FOLLOW_SALT = "marketing.follow"


def token_for(message: Message) -> str:
    return signing.Signer(salt=SALT).sign(str(message.pk))


def message_from(token: str) -> Message:
    """The message of a link. Raises Message.DoesNotExist for everything that is not one of ours."""
    try:
        pk = int(signing.Signer(salt=SALT).unsign(token))
    except (signing.BadSignature, ValueError):
        raise Message.DoesNotExist from None
    return Message.objects.select_related("cart", "customer", "flow", "broadcast", "profile").get(pk=pk)


def follow_token(message: Message, address: str) -> str:
    """Of a link in a message to somewhere else. Signed with the address, so that nobody else's leads through us."""
    return signing.dumps([message.pk, address], salt=FOLLOW_SALT, compress=True)


def followed_from(token: str) -> tuple[Message, str]:
    """The message, and the address. Raises Message.DoesNotExist for everything that is not one of ours."""
    try:
        pk, address = signing.loads(token, salt=FOLLOW_SALT)
    except (signing.BadSignature, ValueError, TypeError, RecursionError):
        raise Message.DoesNotExist from None
    return Message.objects.select_related("flow", "broadcast", "profile").get(pk=pk), address
