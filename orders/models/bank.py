"""What the merchant's bank says: files of its statements, and the lines with money that came in."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from catalog.money import format_minor
from orders.models.order import Order
from orders.models.payment import Payment


class BankLayout(models.Model):
    """Which column of a bank's files is what, remembered by their headings: `{"date": 0, "amount": 3}`."""

    key = models.CharField(max_length=64, unique=True, editable=False)
    columns = models.JSONField(default=dict)

    def __str__(self) -> str:
        return self.key


class BankFile(models.Model):
    """A statement that staff sent. Its text is dropped once its lines are read."""

    name = models.CharField(_("file"), max_length=120)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    text = models.TextField(blank=True, editable=False)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("by")
    )
    created_at = models.DateTimeField(_("sent"), default=timezone.now)

    class Meta:
        verbose_name = _("bank file")
        verbose_name_plural = _("bank files")
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.name


class BankLine(models.Model):
    """Money that came in at the bank; known once, in however many files it stands. `amount` is minor units."""

    class Status(models.TextChoices):
        EXACT = "exact", _("number and amount fit")
        OPEN = "open", _("to look at")
        PAID = "paid", _("an order is paid with it")
        PUT_ASIDE = "aside", _("put aside")

    class Reason(models.TextChoices):
        NONE = "", ""
        NO_NUMBER = "no_number", _("no order number in it")
        UNKNOWN = "unknown", _("no order has this number")
        AMOUNT = "amount", _("the amount is another")
        CURRENCY = "currency", _("the currency is another")
        NOT_WAITING = "not_waiting", _("the order does not wait for a transfer")
        SEVERAL = "several", _("several orders are named")
        BY_AMOUNT = "by_amount", _("no number, but only this order waits for this amount")
        TWICE = "twice", _("another line pays this order")

    digest = models.CharField(max_length=64, unique=True, editable=False)
    file = models.ForeignKey(BankFile, models.PROTECT, related_name="lines", verbose_name=_("file"))
    booked_on = models.DateField(_("booked"))
    amount = models.BigIntegerField(_("amount"))
    currency = models.CharField(_("currency"), max_length=3)
    payer = models.CharField(_("payer"), max_length=160, blank=True)
    text = models.CharField(_("text"), max_length=300, blank=True)
    status = models.CharField(_("status"), max_length=8, choices=Status.choices, default=Status.OPEN)
    reason = models.CharField(_("reason"), max_length=12, choices=Reason.choices, blank=True)
    order = models.ForeignKey(
        Order, models.PROTECT, null=True, blank=True, related_name="bank_lines", verbose_name=_("order")
    )
    # What it settled: an order may ask for more money later.
    payment = models.ForeignKey(
        Payment, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("payment")
    )

    class Meta:
        verbose_name = _("bank line")
        verbose_name_plural = _("bank lines")
        ordering = ["-booked_on", "-id"]
        indexes = [models.Index(fields=["status", "-booked_on"], name="bank_line_to_look_at")]
        constraints = [
            models.CheckConstraint(condition=models.Q(amount__gt=0), name="bank_line_is_money_that_came_in"),
            models.UniqueConstraint(
                fields=["payment"], condition=models.Q(status="paid"), name="one_bank_line_makes_a_payment"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.booked_on} · {format_minor(self.amount, self.currency, get_language() or 'en')}"
