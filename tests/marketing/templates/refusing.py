"""A mail server that does not want this letter."""

from smtplib import SMTPRecipientsRefused

from django.core.mail.backends.base import BaseEmailBackend


class Refusing(BaseEmailBackend):
    def send_messages(self, email_messages) -> int:
        raise SMTPRecipientsRefused({email_messages[0].to[0]: (550, b"no such mailbox")})
