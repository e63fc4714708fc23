"""How signing in and up behaves here."""

import uuid
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from django.template import TemplateDoesNotExist
from django.template.loader import get_template
from django.utils.translation import get_language

from customers import mail
from customers.letters import absolute


class AccountAdapter(DefaultAccountAdapter):
    """allauth, with mails that wait in the outbox: nobody's sign-up fails because the mail server is away."""

    def save_user(self, request, user, form, commit=True):
        user.language = get_language() or "en"
        return super().save_user(request, user, form, commit)

    def send_mail(self, template_prefix: str, email: str, context: dict) -> None:
        name = template_prefix.rsplit("/", 1)[-1]
        links = {key: _at_home(value) for key, value in context.items() if key.endswith("_url")}
        values = {**context, **links, "email": email}
        if not _is_ours(name):
            # A mail of allauth that we did not dress: its words on our paper.
            plain = self.render_mail(template_prefix, email, values)
            name, values = "foreign", {"subject_line": plain.subject, "words": plain.body}
        mail.write(f"account:{name}:{uuid.uuid4()}", email, get_language() or "en", f"account/{name}", values)


def _at_home(url: str) -> str:
    """The same page at our own address: the host of a request is the visitor's word."""
    parts = urlsplit(url)
    return absolute(f"{parts.path}?{parts.query}" if parts.query else parts.path)


def _is_ours(name: str) -> bool:
    try:
        get_template(f"emails/account/{name}.html")
    except TemplateDoesNotExist:
        return False
    return True
