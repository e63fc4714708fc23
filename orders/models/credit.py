"""Money that the shop owes: gift cards, by code, and store credit, by customer."""

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from customers.models import Customer
from orders.models.order_line import OrderLine


class CreditQuerySet(models.QuerySet):
    def usable(self, today) -> "CreditQuerySet":
        """Neither blocked nor over."""
        return self.filter(models.Q(expires_on=None) | models.Q(expires_on__gte=today), is_blocked=False)


class CreditAccount(models.Model):
    """A gift card, or the store credit of a customer. `balance` is minor units and follows its entries.

    Only `orders.actions.credit` moves it. The code of a gift card is not stored: only its hash is, and its last signs.
    """

    class Kind(models.TextChoices):
        GIFT_CARD = "gift_card", _("gift card")
        STORE_CREDIT = "store_credit", _("store credit")

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices, default=Kind.GIFT_CARD)
    code_hash = models.CharField(max_length=64, null=True, blank=True, unique=True, editable=False)
    tail = models.CharField(_("ends with"), max_length=4, blank=True)
    # Whose store credit it is; for a gift card nobody's: who has the code may use it.
    customer = models.ForeignKey(
        Customer, models.PROTECT, null=True, blank=True, related_name="credit", verbose_name=_("customer")
    )
    currency = models.CharField(_("currency"), max_length=3)
    balance = models.BigIntegerField(_("balance"), default=0)
    expires_on = models.DateField(_("valid until"), null=True, blank=True, help_text=_("Empty: for ever."))
    is_blocked = models.BooleanField(_("blocked"), default=False)
    note = models.CharField(_("note for colleagues"), max_length=200, blank=True)
    # Sold: the line of the order, and which of its pieces.
    line = models.ForeignKey(
        OrderLine, models.PROTECT, null=True, blank=True, related_name="gift_cards", verbose_name=_("order line")
    )
    piece = models.PositiveSmallIntegerField(default=1, editable=False)
    # To whom it is mailed, with which words and when; without an address the buyer gets the code.
    email = models.EmailField(_("goes to"), blank=True)
    giver = models.CharField(_("from"), max_length=160, blank=True)
    greeting = models.TextField(_("words with it"), max_length=1000, blank=True)
    language = models.CharField(_("language"), max_length=5, choices=settings.LANGUAGES, default="en")
    send_on = models.DateField(_("sent on"), null=True, blank=True)
    sent_at = models.DateTimeField(_("mailed"), null=True, blank=True)
    created_at = models.DateTimeField(_("made"), default=timezone.now)

    objects = CreditQuerySet.as_manager()

    class Meta:
        verbose_name = _("gift card or store credit")
        verbose_name_plural = _("gift cards and store credit")
        ordering = ["-id"]
        # For the clock: cards whose day has come.
        indexes = [
            models.Index(
                fields=["send_on"], condition=models.Q(sent_at=None) & ~models.Q(email=""), name="gift_card_to_be_sent"
            )
        ]
        constraints = [
            models.CheckConstraint(condition=models.Q(balance__gte=0), name="credit_is_never_below_zero"),
            models.CheckConstraint(
                condition=models.Q(kind="gift_card", code_hash__isnull=False, customer=None)
                | models.Q(kind="store_credit", code_hash=None, customer__isnull=False),
                name="credit_has_a_code_or_a_customer",
            ),
            models.UniqueConstraint(
                fields=["customer", "currency"],
                condition=models.Q(kind="store_credit"),
                name="one_store_credit_per_customer_and_currency",
            ),
            models.UniqueConstraint(fields=["line", "piece"], name="one_gift_card_per_piece_sold"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} …{self.tail}" if self.tail else str(self.get_kind_display())
