"""The letter-box for what Stripe tells us: checked, stored once, acted on afterwards."""

import logging
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from orders import providers
from orders.actions.payments.processing import process_event
from orders.models import ProviderEvent

logger = logging.getLogger(__name__)


def receive_event(raw: bytes, signature: str, now: datetime | None = None) -> ProviderEvent | None:
    """Store a signed event of Stripe's, once by its id, and have it processed after the commit.

    None when it is known already. Raises NotGenuine, and nothing is stored, for whatever is not signed with our
    secret in the last five minutes or makes no sense.
    """
    event = providers.opened(raw, signature, now or timezone.now())
    return store(event, now)


@transaction.atomic
def store(event: dict, now: datetime | None = None) -> ProviderEvent | None:
    """Keep an event that is known to be Stripe's; None when it was kept before."""
    row, is_new = ProviderEvent.objects.get_or_create(
        provider=providers.name(),
        event_id=event["id"],
        defaults={"type": event["type"], "payload": event, "received_at": now or timezone.now()},
    )
    if not is_new:
        return None
    transaction.on_commit(lambda: _hand_on(row.pk))
    return row


def _hand_on(pk: int) -> None:
    from orders.tasks import process_provider_event

    try:
        process_provider_event.apply_async([pk], retry=False)
    except Exception as error:
        # No broker: the buyer waits for his confirmation, so it is done here and now. The clock finds it else.
        logger.warning("No worker could be told of event %s: %s", pk, type(error).__name__)
        process_event(pk)
