"""Who wants to be told when something is back, or cheaper."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from catalog.models import Variant
from customers.models import Customer
from marketing.models.voice import known


class Notice(models.Model):
    """One wish of one person about one variant: unconfirmed → waiting → sent, or cancelled.

    Confirmed by a link in the mailbox, or at once for a customer whose address is proven. Sent once, in the turn in
    which it was confirmed. `seen_price` is in minor units of the currency of `market`.
    """

    class Kind(models.TextChoices):
        STOCK = "stock", _("back in stock")
        PRICE = "price", _("price drop")

    class Status(models.TextChoices):
        UNCONFIRMED = "unconfirmed", _("address not confirmed")
        WAITING = "waiting", _("waiting")
        SENT = "sent", _("sent")
        CANCELLED = "cancelled", _("cancelled")

    OPEN = (Status.UNCONFIRMED, Status.WAITING)

    kind = models.CharField(_("for"), max_length=5, choices=Kind.choices)
    variant = models.ForeignKey(Variant, models.CASCADE, related_name="notices", verbose_name=_("variant"))
    customer = models.ForeignKey(
        Customer, models.CASCADE, null=True, blank=True, related_name="notices", verbose_name=_("customer")
    )
    email = models.EmailField(_("e-mail"))
    language = models.CharField(_("language"), max_length=5, choices=settings.LANGUAGES)
    seen_price = models.BigIntegerField(_("price when asked"))
    # Whose price it was: `catalog.markets.Market.key`.
    market = models.CharField(_("price for"), max_length=80)
    status = models.CharField(_("status"), max_length=11, choices=Status.choices, default=Status.UNCONFIRMED)
    reason = models.CharField(_("why"), max_length=20, blank=True)
    created_at = models.DateTimeField(_("asked"), default=timezone.now)
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, blank=True)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["email", "variant", "kind"],
                condition=models.Q(status__in=["unconfirmed", "waiting"]),
                name="one_open_notice_per_address_variant_and_kind",
            ),
            known("kind", ["stock", "price"], "notice_kind_is_known"),
            known("status", ["unconfirmed", "waiting", "sent", "cancelled"], "notice_status_is_known"),
            models.CheckConstraint(
                condition=~models.Q(status="sent") | models.Q(sent_at__isnull=False), name="sent_notice_has_a_time"
            ),
            models.CheckConstraint(
                condition=~models.Q(status="waiting") | models.Q(confirmed_at__isnull=False),
                name="waiting_notice_is_confirmed",
            ),
        ]
        indexes = [
            models.Index(fields=["created_at"], name="notice_by_day"),
            # For the clock: who waits for what, in turn; and who was told of a variant lately.
            models.Index(fields=["kind", "status", "variant", "confirmed_at"], name="notice_turn"),
            models.Index(fields=["variant", "kind", "sent_at"], name="notice_sent"),
        ]

    def __str__(self) -> str:
        return f"{self.email}: {self.get_kind_display()} {self.variant}"

    @property
    def is_open(self) -> bool:
        return self.status in self.OPEN


class WantedManager(models.Manager):
    """Variants that somebody waits to see back, with how many (`waiting`) and since when (`oldest`)."""

    def get_queryset(self) -> models.QuerySet:
        waits = models.Q(notices__status=Notice.Status.WAITING, notices__kind=Notice.Kind.STOCK)
        rows = super().get_queryset().filter(waits)
        return rows.annotate(waiting=models.Count("notices"), oldest=models.Min("notices__confirmed_at"))


class WantedVariant(Variant):
    """A variant as the list of what people wait for shows it."""

    objects = WantedManager()

    class Meta:
        proxy = True
        verbose_name = _("article people wait for")
        verbose_name_plural = _("articles people wait for")
