"""Papers that law asks for: invoices and credit notes. What one says is written once and never again."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_countries.fields import CountryField

from catalog.money import Money
from orders.models.order import Order, adds_up
from orders.models.refund import Refund


class NeverChanged(Exception):
    """Somebody tried to change or delete what an invoice says. It is put right by another paper."""


class PaperQuerySet(models.QuerySet):
    def update(self, **fields):
        raise NeverChanged

    def delete(self):
        raise NeverChanged


class Paper(models.Model):
    """A row that is written once. The database refuses changes too."""

    objects = PaperQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args, **kwargs) -> None:
        if not self._state.adding:
            raise NeverChanged
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise NeverChanged


class Invoice(Paper):
    """An invoice, or a credit note that takes (a part of) one back. Amounts are minor units and never negative: the
    kind says in which direction they count.

    Everything that is printed stands here: seller, buyer, lines, sums and words as they were on that day.
    """

    class Kind(models.TextChoices):
        INVOICE = "invoice", _("invoice")
        CREDIT_NOTE = "credit_note", _("credit note")

    order = models.ForeignKey(Order, models.PROTECT, related_name="invoices", verbose_name=_("order"))
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    # The invoice that a credit note, or a second invoice of the same order, belongs to.
    corrects = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="corrections", verbose_name=_("belongs to")
    )
    # The money that went back, where a credit note was written for that.
    refund = models.OneToOneField(
        Refund, models.PROTECT, null=True, blank=True, related_name="credit_note", verbose_name=_("refund")
    )
    number = models.CharField(_("number"), max_length=30, unique=True)
    series = models.CharField(_("series"), max_length=20)
    place = models.PositiveIntegerField(_("place in the series"))
    issued_on = models.DateField(_("date"), db_index=True)
    issued_at = models.DateTimeField(_("issued"), default=timezone.now)
    language = models.CharField(_("language"), max_length=5, choices=settings.LANGUAGES)
    currency = models.CharField(_("currency"), max_length=3)
    order_number = models.CharField(_("order number"), max_length=20)
    ordered_on = models.DateField(_("ordered on"))
    # {"name", "legal_name", "address", "email", "phone", "vat_number"}
    seller = models.JSONField(_("seller"))
    # The fields of a postal address, and "vat_number", "email".
    buyer = models.JSONField(_("buyer"))
    # Where the goods go, if that is another address.
    delivers_to = models.JSONField(_("goes to"), default=dict, blank=True)
    buyer_name = models.CharField(_("buyer"), max_length=330, blank=True)
    country = CountryField(_("country"), blank=True)
    # {"state": "paid", "open" or "door", "by": code, "name", "on": date} or with "open" (amount) and "instructions".
    payment = models.JSONField(_("payment"), default=dict, blank=True)
    taxing = models.CharField(_("taxing"), max_length=16, choices=Order.Taxing.choices, default=Order.Taxing.TAXED)
    # Sentences that law wants on it, in its language.
    remarks = models.JSONField(_("remarks"), default=list, blank=True)
    prices_include_tax = models.BooleanField(_("prices contain tax"), default=True)
    net = models.BigIntegerField(_("net"))
    tax = models.BigIntegerField(_("tax"))
    gross = models.BigIntegerField(_("sum"))

    class Meta:
        verbose_name = _("invoice")
        verbose_name_plural = _("invoices")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["series", "place"], name="one_paper_per_place_in_a_series"),
            models.UniqueConstraint(
                fields=["order"],
                condition=models.Q(kind="invoice", corrects=None),
                name="one_first_invoice_per_order",
            ),
            models.CheckConstraint(
                condition=models.Q(kind="invoice") | models.Q(kind="credit_note", corrects__isnull=False),
                name="credit_note_belongs_to_an_invoice",
            ),
            models.CheckConstraint(condition=models.Q(place__gte=1), name="paper_has_a_place"),
            models.CheckConstraint(condition=adds_up("net", "tax", "gross"), name="invoice_adds_up"),
            models.CheckConstraint(
                condition=models.Q(taxing="taxed") | models.Q(tax=0), name="untaxed_invoice_bears_no_tax"
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def is_credit(self) -> bool:
        return self.kind == self.Kind.CREDIT_NOTE

    @property
    def is_first(self) -> bool:
        """The invoice of its order."""
        return not self.is_credit and self.corrects_id is None

    @property
    def money(self) -> Money:
        return Money(self.gross, self.currency)


class InvoiceLine(Paper):
    """A row of an invoice. `discount` was taken off; net + tax = gross is what remains."""

    class Kind(models.TextChoices):
        GOODS = "goods", _("goods")
        DELIVERY = "delivery", _("delivery")
        REFUND = "refund", _("refund")

    invoice = models.ForeignKey(Invoice, models.CASCADE, related_name="lines", verbose_name=_("invoice"))
    kind = models.CharField(_("kind"), max_length=8, choices=Kind.choices, default=Kind.GOODS)
    # The order's line it speaks of. No key of the database: a placed order may be edited, its invoice may not.
    line_id = models.PositiveBigIntegerField(null=True, blank=True)
    name = models.CharField(_("name"), max_length=255)
    detail = models.TextField(_("details"), blank=True)
    sku = models.CharField(_("SKU"), max_length=80, blank=True)
    quantity = models.PositiveIntegerField(_("quantity"), default=1)
    # One piece, as prices are written in this invoice.
    unit_price = models.BigIntegerField(_("price"))
    discount = models.BigIntegerField(_("taken off"), default=0)
    rate_bp = models.PositiveIntegerField(_("tax rate"), help_text=_("In hundredths of a percent."))
    net = models.BigIntegerField(_("net"))
    tax = models.BigIntegerField(_("tax"))
    gross = models.BigIntegerField(_("sum"))

    class Meta:
        verbose_name = _("line of an invoice")
        verbose_name_plural = _("lines of an invoice")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=adds_up("net", "tax", "gross"), name="invoice_line_adds_up"),
            models.CheckConstraint(
                condition=models.Q(quantity__gte=1, discount__gte=0), name="invoice_line_is_sensible"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} × {self.name}"


class InvoiceTax(Paper):
    """What of an invoice was taxed at a rate of a country. All rows of an invoice together are its sums."""

    invoice = models.ForeignKey(Invoice, models.CASCADE, related_name="taxes", verbose_name=_("invoice"))
    country = CountryField(_("country"), blank=True)
    rate_bp = models.PositiveIntegerField(_("tax rate"), help_text=_("In hundredths of a percent."))
    net = models.BigIntegerField(_("net"))
    tax = models.BigIntegerField(_("tax"))
    gross = models.BigIntegerField(_("sum"))

    class Meta:
        verbose_name = _("tax of an invoice")
        verbose_name_plural = _("taxes of an invoice")
        ordering = ["country", "-rate_bp"]
        constraints = [
            models.UniqueConstraint(
                fields=["invoice", "country", "rate_bp"], name="one_invoice_tax_per_country_and_rate"
            ),
            models.CheckConstraint(condition=adds_up("net", "tax", "gross"), name="invoice_tax_adds_up"),
        ]

    def __str__(self) -> str:
        return f"{self.country} {self.rate_bp / 100:g} %"
