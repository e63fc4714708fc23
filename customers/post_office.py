"""Handing a letter to the mail server, and telling apart what came of it."""

import smtplib
from contextlib import suppress
from email.utils import parseaddr
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.smtp import EmailBackend
from django.core.mail.message import sanitize_address

from customers.letters import Letter, one_line
from customers.models import ShopDetails
from customers.outcomes import Away, NotNow, Refused, Unanswered

__all__ = ["Away", "Line", "NotNow", "Refused", "Unanswered", "hand_over", "message_id", "sender"]


def hand_over(letter: Letter, to: str, headers: dict[str, str] | None = None) -> str:
    """Give the letter to the mail server, or to the provider that EMAIL_BACKEND names; its number there, if it has one.

    Raises NotNow, Refused or Unanswered. Call it outside a transaction.
    """
    with Line() as line:
        return line.hand_over(letter, to, headers)


class Line:
    """A connection to the mail server that is kept for many letters, and opened anew after a fault.

    `with Line() as line:` hangs up at the end. Not for several threads.
    """

    def __init__(self) -> None:
        self._connection = None

    def __enter__(self) -> "Line":
        return self

    def __exit__(self, *_) -> None:
        self.hang_up()

    def hand_over(self, letter: Letter, to: str, headers: dict[str, str] | None = None) -> str:
        """Like `hand_over`. A line that the server let go meanwhile is opened again before the letter is."""
        message = _envelope(letter, to, headers or {})
        was_open = self._connection is not None
        self._open()
        try:
            return self._send(message)
        except _Cut as cut:
            # Before any of the letter was said: it was surely not taken.
            self.hang_up()
            if not was_open:
                raise Away(_said(cut.__cause__)) from cut.__cause__
            return self.hand_over(letter, to, headers)
        except smtplib.SMTPRecipientsRefused as error:
            raise _verdict(max(code for code, _ in error.recipients.values()), error) from error
        except smtplib.SMTPResponseException as error:
            raise _verdict(error.smtp_code, error) from error
        except (smtplib.SMTPServerDisconnected, OSError) as error:
            self.hang_up()
            raise Unanswered(_said(error)) from error
        except Exception as error:
            # One letter that cannot be encoded must not stop those behind it.
            raise (_of_provider(error) or Refused(_said(error))) from error

    def hang_up(self) -> None:
        connection, self._connection = self._connection, None
        if connection is None:
            return
        try:
            connection.close()
        except (OSError, smtplib.SMTPException):
            # What happens at the farewell does not change what became of the letters.
            return

    def _open(self) -> None:
        if self._connection is None:
            connection = get_connection()
            try:
                connection.open()
            except (OSError, smtplib.SMTPException) as error:
                raise Away(_said(error)) from error
            self._connection = connection

    def _send(self, message: EmailMultiAlternatives) -> str:
        """Raises _Cut when the line broke before the letter itself was under way."""
        if isinstance(self._connection, EmailBackend):
            _say(self._connection.connection, message)
            return ""
        message.connection = self._connection
        message.send()
        return str(getattr(getattr(message, "anymail_status", None), "message_id", None) or "")[:120]


def _say(server: smtplib.SMTP, message: EmailMultiAlternatives) -> None:
    """The talk of `smtplib.sendmail`, which does not tell whether it broke before the letter or behind it."""
    giver, [taker] = sanitize_address(message.from_email, "utf-8"), message.recipients()
    taker, raw = sanitize_address(taker, "utf-8"), message.message().as_bytes(linesep="\r\n")
    try:
        server.ehlo_or_helo_if_needed()
        code, words = server.mail(giver, [f"size={len(raw)}"] if server.does_esmtp and server.has_extn("size") else [])
        if code == 421:
            raise smtplib.SMTPServerDisconnected(words)
        if code != 250:
            _forget(server)
            raise smtplib.SMTPSenderRefused(code, words, giver)
        code, words = server.rcpt(taker)
        if code not in (250, 251):
            _forget(server)
            raise smtplib.SMTPRecipientsRefused({taker: (code, words)})
    except (smtplib.SMTPServerDisconnected, OSError) as error:
        if isinstance(error, smtplib.SMTPResponseException | smtplib.SMTPRecipientsRefused):
            raise
        raise _Cut from error
    code, words = server.data(raw)
    if code != 250:
        _forget(server)
        raise smtplib.SMTPDataError(code, words)


def _forget(server: smtplib.SMTP) -> None:
    """What was begun is not gone on with. Whether the server hears it is found out by the next letter."""
    with suppress(OSError, smtplib.SMTPException):
        server.rset()


class _Cut(Exception):
    """Nobody is at the other end of a line that was open."""


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
