"""The lines of an order keep name, SKU, price and tax as they were on that day, and count what became of each."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from catalog.models import Product, Variant
from orders.models.order import Order, adds_up
from orders.models.wish_list import Wish


class OrderLine(models.Model):
    """What was bought, frozen. `gross` is the row's total with tax.

    `quantity` and the amounts stay as they were agreed once it is paid; `sent`, `cancelled` and the `refunded` ones
    count what became of it. `unit_price` is one piece, with tax if `has_tax`; `rounding` is what rounding by sums added
    to `gross`. `discount` is what promotions took off the row, its share of those on the whole order included.
    """

    class Waits(models.TextChoices):
        BACK_ORDER = "back_order", _("goods that are on their way")
        PRE_ORDER = "pre_order", _("the day it comes out")

    order = models.ForeignKey(Order, models.CASCADE, related_name="lines", verbose_name=_("order"))
    variant = models.ForeignKey(
        Variant, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("variant")
    )
    product_name = models.CharField(_("name"), max_length=255)
    variant_name = models.CharField(_("variant"), max_length=255, blank=True)
    # [{"label": "Name to engrave", "words": "Ada", "price": 500}] in the language of the order; price is in unit_price.
    answers = models.JSONField(_("personalisation"), default=list, blank=True)
    answers_key = models.CharField(max_length=64, default="", blank=True, editable=False)
    is_returnable = models.BooleanField(_("can be returned"), default=True)
    sku = models.CharField(_("SKU"), max_length=80)
    kind = models.CharField(_("kind"), max_length=10, choices=Product.Kind.choices)
    quantity = models.PositiveIntegerField(_("quantity"))
    unit_price = models.BigIntegerField(_("price"))
    has_tax = models.BooleanField(_("price contains tax"), default=True)
    rounding = models.SmallIntegerField(_("rounding"), default=0)
    tax_rate_bp = models.PositiveIntegerField(_("tax rate"), help_text=_("In hundredths of a percent."))
    net = models.BigIntegerField(_("net"))
    tax = models.BigIntegerField(_("tax"))
    discount = models.BigIntegerField(_("taken off"), default=0)
    gross = models.BigIntegerField(_("sum"))
    # Minor units of the shop's own currency, without tax; unknown where the variant had none.
    cost = models.BigIntegerField(_("what one piece cost us"), null=True, blank=True, editable=False)
    # Sold before it was there: why, and the day that was named, if one was.
    waits = models.CharField(_("waits for"), max_length=10, choices=Waits.choices, blank=True)
    expected_on = models.DateField(_("expected on"), null=True, blank=True)
    # Pieces in parcels; called off after they were paid; whose money went back, or is on its way back.
    sent = models.PositiveIntegerField(_("sent"), default=0)
    cancelled = models.PositiveIntegerField(_("cancelled"), default=0)
    refunded = models.PositiveIntegerField(_("pieces refunded"), default=0)
    refunded_net = models.BigIntegerField(_("refunded, net"), default=0)
    refunded_tax = models.BigIntegerField(_("refunded, tax"), default=0)
    # The wish of somebody else that it fulfils: it is open again when the order is called off.
    wish = models.ForeignKey(Wish, models.SET_NULL, null=True, blank=True, editable=False, related_name="+")
    # What it came with, if it was added after the order was paid.
    supplement = models.ForeignKey(
        "orders.Supplement", models.PROTECT, null=True, blank=True, related_name="lines", verbose_name=_("supplement")
    )
    # What one piece of a bundle consists of, as on that day: [{"sku", "name", "quantity"}].
    components = models.JSONField(_("components"), default=list, blank=True)

    class Meta:
        verbose_name = _("order line")
        verbose_name_plural = _("order lines")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=adds_up("net", "tax", "gross"), name="order_line_adds_up"),
            models.CheckConstraint(condition=models.Q(quantity__gte=1), name="order_line_has_a_quantity"),
            models.CheckConstraint(
                condition=models.Q(
                    has_tax=True,
                    gross=models.F("unit_price") * models.F("quantity") - models.F("discount") + models.F("rounding"),
                )
                | models.Q(has_tax=False, net=models.F("unit_price") * models.F("quantity") - models.F("discount")),
                name="order_line_is_price_times_quantity",
            ),
            models.CheckConstraint(
                condition=models.Q(cost=None) | models.Q(cost__gte=0), name="order_line_cost_is_not_negative"
            ),
            models.CheckConstraint(condition=models.Q(discount__gte=0), name="order_line_discount_is_not_negative"),
            models.CheckConstraint(
                condition=models.Q(quantity__gte=models.F("sent") + models.F("cancelled")),
                name="order_line_sends_no_more_than_was_bought",
            ),
            models.CheckConstraint(
                condition=models.Q(
                    refunded__lte=models.F("quantity"),
                    refunded_net__gte=0,
                    refunded_tax__gte=0,
                    refunded_net__lte=models.F("net"),
                    refunded_tax__lte=models.F("tax"),
                ),
                name="order_line_refunds_are_covered",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} × {self.product_name}"

    @property
    def full(self) -> int:
        """What the row would cost without promotions, as prices are written."""
        return self.unit_price * self.quantity

    @property
    def as_shown(self) -> int:
        """What the row costs, as prices are written: with tax, or without in a shop whose prices have none."""
        return self.gross if self.has_tax else self.net

    @property
    def needs_delivery(self) -> bool:
        return self.kind in Product.SENT_KINDS

    @property
    def left(self) -> int:
        """Pieces that are still to send."""
        return self.quantity - self.sent - self.cancelled if self.needs_delivery else 0

    @property
    def waits_for_money(self) -> bool:
        """Added to a paid order and not paid itself: it stays here until then, unless staff decides otherwise."""
        return self.supplement_id is not None and self.supplement.is_open and self.supplement.waits

    @property
    def refundable(self) -> int:
        """What of its price has not gone back."""
        return self.gross - self.refunded_net - self.refunded_tax
