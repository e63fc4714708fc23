"""Money: attempts to pay, what came of them, and what a provider told us."""

import uuid

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from orders.kept import Kept
from orders.models.credit import CreditAccount
from orders.models.order import Order


class PaymentMethod(Kept):
    """A way to pay that the merchant offers."""

    class Code(models.TextChoices):
        CARD = "card", _("card")
        BANK_TRANSFER = "bank_transfer", _("bank transfer")
        ON_DELIVERY = "on_delivery", _("pay on delivery")
        ON_ACCOUNT = "on_account", _("on account")

    code = models.CharField(_("kind"), max_length=16, choices=Code.choices, unique=True)
    name = models.CharField(_("name"), max_length=80)
    hint = models.CharField(_("hint at the checkout"), max_length=200, blank=True)
    instructions = models.TextField(
        _("instructions"),
        blank=True,
        help_text=_("Shown after the order and in its mail: the bank account, say."),
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    is_active = models.BooleanField(_("offered"), default=True)
    captures_on_dispatch = models.BooleanField(
        _("take the money when the first parcel leaves"),
        default=False,
        help_text=_(
            "The card holds the sum when the order is placed, for seven days at most banks, and is charged when the "
            "first parcel leaves: what was cancelled until then is never charged. What needs no parcel is paid at once."
        ),
    )

    class Meta:
        verbose_name = _("payment method")
        verbose_name_plural = _("payment methods")
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return self.name


class Payment(models.Model):
    """One attempt to pay an order. Amounts are minor units of `currency`; states only move forward."""

    class Status(models.TextChoices):
        PENDING = "pending", _("waiting")
        AUTHORISED = "authorised", _("held by the card")
        CAPTURED = "captured", _("received")
        CANCELLED = "cancelled", _("cancelled")

    # What is paid with beside the ways that the merchant offers.
    CREDIT = CreditAccount.Kind
    # Money that staff took themselves: in cash, by the terminal of the shop.
    AT_THE_DESK = "desk"

    order = models.ForeignKey(Order, models.PROTECT, related_name="payments", verbose_name=_("order"))
    method = models.CharField(
        _("method"),
        max_length=16,
        choices=[*PaymentMethod.Code.choices, *CreditAccount.Kind.choices, (AT_THE_DESK, _("paid at the desk"))],
    )
    # The gift card or store credit that pays this part of the order.
    account = models.ForeignKey(
        CreditAccount, models.PROTECT, null=True, blank=True, related_name="payments", verbose_name=_("paid with")
    )
    # What was added to the order after it was paid; None: the order as it was placed.
    supplement = models.ForeignKey(
        "orders.Supplement",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="payments",
        verbose_name=_("supplement"),
    )
    # Came too late, or a second time: it goes back, and the order's books know nothing of it.
    is_surplus = models.BooleanField(_("surplus"), default=False)
    status = models.CharField(_("status"), max_length=10, choices=Status.choices, default=Status.PENDING)
    amount = models.BigIntegerField(_("amount"))
    currency = models.CharField(_("currency"), max_length=3)
    # What its events add up to. `cancelled` is what was held and let go; `refunded` also counts what is on its way.
    authorised = models.BigIntegerField(_("held"), default=0)
    captured = models.BigIntegerField(_("received"), default=0)
    cancelled = models.BigIntegerField(_("let go"), default=0)
    refunded = models.BigIntegerField(_("refunded"), default=0)
    # Until then the bank holds the money; it lets go by itself.
    capture_before = models.DateTimeField(_("held until"), null=True, blank=True)
    # What is being taken of it: written before the provider is asked, so that everybody asks for the same.
    capturing = models.BigIntegerField(_("is being taken"), null=True, blank=True)
    capture_key = models.UUIDField(null=True, blank=True, editable=False)
    # Sent with every call to the provider, so that a repeated call acts once.
    idempotency_key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    session_id = models.CharField(_("checkout session"), max_length=120, null=True, blank=True, unique=True)
    session_url = models.URLField(max_length=1000, blank=True, editable=False)
    intent_id = models.CharField(_("payment intent"), max_length=120, null=True, blank=True, unique=True)
    # The order has no address before it is paid: the provider's page asks for one in this country.
    asks_address_in = models.CharField(_("asks for an address in"), max_length=2, null=True, blank=True)
    # What was asked of the provider, kept because a repeated call must ask for exactly the same.
    request = models.JSONField(null=True, blank=True, editable=False)
    expires_at = models.DateTimeField(_("expires"), null=True, blank=True)
    captured_at = models.DateTimeField(_("received at"), null=True, blank=True)
    checked_at = models.DateTimeField(_("asked the provider"), null=True, blank=True)
    # From then on nothing more can come of it at the provider: paid, or never again payable.
    closed_at = models.DateTimeField(_("closed at the provider"), null=True, blank=True)
    created_at = models.DateTimeField(_("created"), default=timezone.now)

    class Meta:
        verbose_name = _("payment")
        verbose_name_plural = _("payments")
        ordering = ["id"]
        # For the clock: what the provider has not spoken its last word about.
        indexes = [
            models.Index(fields=["checked_at"], condition=models.Q(closed_at=None), name="payment_still_open"),
            models.Index(fields=["created_at"], name="payment_by_day"),
            # For the desk: what is let go soon.
            models.Index(fields=["capture_before"], condition=models.Q(status="authorised"), name="payment_held_until"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["order"],
                condition=models.Q(status__in=["pending", "authorised", "captured"], account=None, supplement=None),
                name="one_living_payment_per_order",
            ),
            models.UniqueConstraint(
                fields=["supplement", "method"],
                condition=models.Q(status="pending", supplement__isnull=False),
                name="a_supplement_waits_once_for_each_way_to_pay",
            ),
            models.UniqueConstraint(
                fields=["order", "account"],
                condition=models.Q(account__isnull=False),
                name="a_gift_card_pays_once_in_an_order",
            ),
            models.CheckConstraint(
                condition=models.Q(status__in=["pending", "authorised", "captured", "cancelled"]),
                name="payment_status_is_known",
            ),
            models.CheckConstraint(condition=models.Q(amount__gte=0), name="payment_amount_is_not_negative"),
            models.CheckConstraint(
                condition=models.Q(refunded__gte=0, refunded__lte=models.F("captured")),
                name="payment_refunds_are_covered",
            ),
            models.CheckConstraint(
                condition=models.Q(authorised=0, cancelled=0)
                | models.Q(cancelled__gte=0, authorised__gte=models.F("captured") + models.F("cancelled")),
                name="payment_takes_no_more_than_is_held",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_method_display()}: {self.get_status_display()}"

    @property
    def refundable(self) -> int:
        return self.captured - self.refunded

    @property
    def held(self) -> int:
        """What the card still holds for us."""
        return self.authorised - self.captured - self.cancelled if self.authorised else 0

    @property
    def is_taken_later(self) -> bool:
        """Whether the provider was asked to hold the money first."""
        asked = (self.request or {}).get("payment_intent_data") or {}
        return asked.get("capture_method") == "manual"


class ProviderEvent(models.Model):
    """What a payment provider told us, stored once by its id before anything acts on it."""

    class Status(models.TextChoices):
        RECEIVED = "received", _("waiting")
        DONE = "done", _("done")
        IGNORED = "ignored", _("of no concern")
        SET_ASIDE = "set_aside", _("needs a person")

    provider = models.CharField(_("provider"), max_length=20)
    event_id = models.CharField(_("event"), max_length=120)
    type = models.CharField(_("type"), max_length=80)
    payload = models.JSONField(_("content"))
    received_at = models.DateTimeField(_("received"), default=timezone.now)
    status = models.CharField(_("status"), max_length=10, choices=Status.choices, default=Status.RECEIVED)
    claimed_at = models.DateTimeField(_("taken up"), null=True, blank=True)
    processed_at = models.DateTimeField(_("processed"), null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    outcome = models.CharField(_("outcome"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("provider event")
        verbose_name_plural = _("provider events")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["provider", "event_id"], name="provider_event_is_stored_once"),
            models.CheckConstraint(
                condition=models.Q(status__in=["received", "done", "ignored", "set_aside"]),
                name="provider_event_status_is_known",
            ),
        ]
        # For the clock: what nobody has acted on yet.
        indexes = [
            models.Index(fields=["status", "received_at"], name="provider_event_due"),
            models.Index(fields=["received_at"], name="provider_event_by_day"),
        ]

    def __str__(self) -> str:
        return f"{self.type} {self.event_id}"
