"""Post of the shop's own business: order confirmations, links to sign in. A row first, then a letter.

`write` belongs into the transaction of the business itself, so that there is no order without its mail and no mail
without its order. A worker sends it after the commit, see `customers.actions.outbox`.
"""

import logging
from datetime import datetime

from django.db import transaction

from customers.actions.outbox import dispatch
from customers.letters import Letter, render, subject_of
from customers.models import Mail
from customers.post_office import hand_over
from customers.tasks import send_mail

__all__ = ["Letter", "dispatch", "draft_first", "hand_over", "queue", "render", "send_again", "write"]

logger = logging.getLogger(__name__)


def write(key: str, to: str, language: str, template: str, context: dict) -> Mail:
    """Write the mail of an occasion and queue it; when that occasion has its mail already, return that one.

    Renders `templates/emails/<template>.{subject.txt,txt,html}` at once: the mail says what was true then.
    """
    if existing := Mail.objects.filter(key=key).first():
        return existing
    return queue(key, to, render(template, language, context))


def draft_first(key: str, to: str, language: str, template: str, facts: dict) -> Mail:
    """`write` for an occasion that came about in this very transaction, so that it cannot have its mail yet.

    The worker draws text and HTML from the facts: plain data (JSON) in which all is said that they are to tell.
    """
    subject = subject_of(template, language, facts)
    draft = {"template": template, "facts": facts}
    mail = Mail.objects.create(key=key, to=to, language=language, subject=subject, text="", html="", draft=draft)
    transaction.on_commit(_ring)
    return mail


def queue(key: str, to: str, letter: Letter) -> Mail:
    """Queue a letter that was rendered already, once per key."""
    mail, created = Mail.objects.get_or_create(key=key, defaults={"to": to, **_words(letter)})
    if created:
        transaction.on_commit(_ring)
    return mail


def _words(letter: Letter) -> dict[str, str]:
    return {"language": letter.language, "subject": letter.subject, "text": letter.text, "html": letter.html}


def send_again(mail: Mail, now: datetime) -> bool:
    """Queue a failed mail once more; False when it is not a failed one."""
    queued = Mail.objects.filter(pk=mail.pk, status=Mail.Status.FAILED).update(
        status=Mail.Status.QUEUED, attempts=0, due_at=now, error=""
    )
    if queued:
        transaction.on_commit(_ring)
    return bool(queued)


def _ring() -> None:
    """Tell a worker that there is post. Without a broker the clock finds it soon enough."""
    try:
        send_mail.apply_async(retry=False)
    except Exception as error:
        logger.warning("No worker could be told of the post: %s", type(error).__name__)
