"""Handing a letter to the mail server, and telling apart what came of it."""

import smtplib
from email.utils import parseaddr
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection

from customers.letters import Letter, one_line
from customers.models import ShopDetails
from customers.outcomes import Away, NotNow, Refused, Unanswered

__all__ = ["Away", "NotNow", "Refused", "Unanswered", "hand_over", "message_id", "sender"]


def hand_over(letter: Letter, to: str, headers: dict[str, str] | None = None) -> str:
    """Give the letter to the mail server, or to the provider that EMAIL_BACKEND names; its number there, if it has one.

    Raises NotNow, Refused or Unanswered. Call it outside a transaction.
    """
    message = _envelope(letter, to, headers or {})
    connection = get_connection()
    try:
        connection.open()
    except (OSError, smtplib.SMTPException) as error:
        raise Away(_said(error)) from error
    try:
        message.connection = connection
        message.send()
    except smtplib.SMTPRecipientsRefused as error:
        raise _verdict(max(code for code, _ in error.recipients.values()), error) from error
    except smtplib.SMTPResponseException as error:
        raise _verdict(error.smtp_code, error) from error
    except (smtplib.SMTPServerDisconnected, OSError) as error:
        raise Unanswered(_said(error)) from error
    except Exception as error:
        # One letter that cannot be encoded must not stop those behind it.
        raise (_of_provider(error) or Refused(_said(error))) from error
    finally:
        _hang_up(connection)
    return str(getattr(getattr(message, "anymail_status", None), "message_id", None) or "")[:120]


def message_id(kind: str, pk: int) -> str:
    """The same id for the same row, so that a second copy of a letter can be told from a second letter."""
    return f"<{kind}-{pk}@{urlsplit(settings.SITE_URL).hostname or 'localhost'}>"


def sender() -> str:
    """The shop's name before the address that the deployment gave us."""
    name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    name = one_line(ShopDetails.current().name) or name
    return '"{}" <{}>'.format(name.replace("\\", "").replace('"', "'"), address)


def _envelope(letter: Letter, to: str, headers: dict[str, str]) -> EmailMultiAlternatives:
    answers_to = ShopDetails.current().email
    message = EmailMultiAlternatives(
        one_line(letter.subject),
        letter.text,
        sender(),
        [to],
        reply_to=[answers_to] if answers_to else None,
        headers={"Content-Language": letter.language, **headers},
    )
    if ours := headers.get("Message-ID"):
        # Providers that give letters an id of their own send this back with what they tell of it.
        message.metadata = {"row": ours}
    message.attach_alternative(letter.html, "text/html")
    return message


def _verdict(code: int, error: Exception) -> Exception:
    return NotNow(_said(error)) if 400 <= code < 500 else Refused(_said(error))


def _of_provider(error: Exception) -> Exception | None:
    """What an answer of a provider's programming interface means (django-anymail); None for anything else."""
    if not type(error).__module__.startswith("anymail."):
        return None
    status = getattr(error, "status_code", None)
    cause = type(error.__cause__).__name__ if error.__cause__ else ""
    if status is None and not cause:
        return None
    if status is None:
        return Away(_said(error)) if "Connect" in cause and "Read" not in cause else Unanswered(_said(error))
    # Nobody's letter is to blame for a wrong key, or for too many letters.
    if status in (401, 403, 404, 407, 408, 429):
        return Away(_said(error))
    return Unanswered(_said(error)) if status >= 500 else Refused(_said(error))


def _said(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"[:500]


def _hang_up(connection) -> None:
    try:
        connection.close()
    except (OSError, smtplib.SMTPException):
        # What happens at the farewell does not change what became of the letter.
        return
