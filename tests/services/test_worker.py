"""The clockwork with real processes: rows are the queue, the broker only rings."""

import pytest

from customers.models import Mail
from tests.services.conftest import eventually


def queued(number: int) -> Mail:
    return Mail.objects.create(
        key=f"test:{number}", to=f"reader{number}@example.com", language="en", subject=f"Letter {number}",
        text="Good morning.", html="<p>Good morning.</p>",
    )  # fmt: skip


@pytest.mark.services
def test_a_real_worker_sends_each_queued_mail_once_however_often_it_is_rung(clockwork):
    mails = [queued(number) for number in range(5)]

    for _ in range(4):
        clockwork.ask("customers.tasks.send_mail")

    eventually(lambda: Mail.objects.filter(status=Mail.Status.SENT).count() == len(mails))
    letters = "".join(clockwork.letters())
    assert [letters.count(f"To: {mail.to}") for mail in mails] == [1] * len(mails)


@pytest.mark.services
def test_a_poisonous_mail_does_not_stop_the_others(clockwork):
    Mail.objects.create(
        key="poison", to="x@example.com", language="en", subject="a\nBcc: all@example.com", text="", html=""
    )
    good = queued(1)

    clockwork.ask("customers.tasks.send_mail")

    eventually(lambda: Mail.objects.filter(pk=good.pk, status=Mail.Status.SENT).exists())
    assert "Bcc: all@example.com" not in "\n".join(clockwork.letters()).splitlines()
