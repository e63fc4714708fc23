"""What a provider of mail tells afterwards: believed when it is signed, kept once, and acted on at once."""

import base64

import pytest

from customers import consent
from customers.models import Mail, Suppression
from marketing.models import DeliveryEvent
from tests.marketing.conftest import ADA, agree
from tests.marketing.written import make_message

pytestmark = pytest.mark.django_db
SECRET = "shop:hush"


@pytest.fixture(autouse=True)
def provider(settings):
    settings.EMAIL_BACKEND = "anymail.backends.postmark.EmailBackend"
    settings.ANYMAIL = {"POSTMARK_SERVER_TOKEN": "token", "WEBHOOK_SECRET": SECRET}


def tell(client, secret=SECRET, **told):
    basic = base64.b64encode(secret.encode()).decode()
    told = {"RecordType": "Bounce", "Type": "HardBounce", "ID": 7, "Email": ADA, **told}
    headers = {"Authorization": f"Basic {basic}"}
    return client.post("/webhooks/mail/", told, content_type="application/json", headers=headers).status_code


def barred() -> list[str]:
    return list(Suppression.objects.values_list("reason", flat=True))


def test_a_mailbox_that_does_not_exist_is_barred_and_what_was_planned_for_it_does_not_go_out(client):
    agree()
    make_message(status="handed_over", provider_id="pm-1")
    waiting = make_message()

    assert [tell(client, MessageID="pm-1"), tell(client, MessageID="pm-1")] == [200, 200]
    waiting.refresh_from_db()
    assert (barred(), consent.may_write(ADA)) == (["bounced"], False)
    assert (waiting.status, waiting.reason) == ("skipped", "suppressed")
    assert DeliveryEvent.objects.count() == 1


def test_a_complaint_about_any_letter_of_ours_bars_the_address_for_good(client):
    mail = Mail.objects.create(key="k", to=ADA, language="en", subject="s", text="t", html="h", status="sent")
    row = {"Metadata": {"row": f"<mail-{mail.pk}@localhost>"}, "MessageID": "pm-2"}

    assert tell(client, RecordType="SpamComplaint", Type="SpamComplaint", **row) == 200
    assert tell(client, ID=8, **row) == 200
    assert barred() == ["complained"]
    assert {event.mail for event in DeliveryEvent.objects.all()} == {mail}


@pytest.mark.parametrize(
    "told",
    [
        {"MessageID": "pm-3", "Type": "SoftBounce"},
        {"MessageID": "pm-3", "RecordType": "Open", "Recipient": ADA, "UserAgent": "GoogleImageProxy"},
        {"MessageID": "nobody-knows-it"},
    ],
)
def test_what_says_nothing_about_the_person_is_kept_and_changes_nothing(client, told):
    agree()
    message = make_message(status="handed_over", provider_id="pm-3")

    assert tell(client, **told) == 200
    event = DeliveryEvent.objects.get()
    message.refresh_from_db()
    assert (consent.may_write(ADA), message.status, message.clicked_at) == (True, "handed_over", None)
    assert event.is_machine == (event.type == "opened")


def test_a_message_in_doubt_that_was_delivered_was_sent(client):
    message = make_message(status="in_doubt")
    row = {"row": f"<message-{message.pk}@localhost>"}

    tell(client, RecordType="Delivery", MessageID="new", Metadata=row, DeliveredAt="2026-11-20T15:01:00Z")
    message.refresh_from_db()
    assert message.status == "handed_over"


def test_nobody_else_is_believed(client, settings):
    make_message(status="handed_over", provider_id="pm-1")

    assert tell(client, secret="shop:guess", MessageID="pm-1") == 400
    big = client.post("/webhooks/mail/", b"x" * 2_000_001, content_type="application/json")
    settings.ANYMAIL = {}
    assert (big.status_code, tell(client, MessageID="pm-1")) == (413, 404)
    assert (barred(), DeliveryEvent.objects.count()) == ([], 0)
