"""The order: what was agreed. Its lines keep name, SKU, price and tax as they were on that day."""

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from catalog.models import Product, Variant
from catalog.money import Money
from customers.models import Customer, PostalAddress
from orders.models.cart import Cart
from orders.models.delivery import DeliveryMethod


def adds_up(net: str, tax: str, gross: str) -> models.Q:
    """The condition that net + tax = gross, none of them negative."""
    return models.Q(**{gross: models.F(net) + models.F(tax), f"{net}__gte": 0, f"{tax}__gte": 0})


class OrderQuerySet(models.QuerySet):
    def placed(self) -> "OrderQuerySet":
        return self.filter(status=Order.Status.PLACED)

    def to_pack(self) -> "OrderQuerySet":
        """Agreed, paid (or payable at the door), with something still to send."""
        return self.placed().filter(
            models.Q(payment_status__in=Order.MONEY_IS_THERE) | models.Q(pays_on_delivery=True),
            fulfilment_status=Order.FulfilmentStatus.UNFULFILLED,
        )

    def late(self, today) -> "OrderQuerySet":
        """Agreed, not sent, and the last promised day is over."""
        return self.placed().filter(fulfilment_status=Order.FulfilmentStatus.UNFULFILLED, promised_on__lt=today)

    def awaiting_money(self) -> "OrderQuerySet":
        return self.placed().filter(payment_status=Order.PaymentStatus.UNPAID, pays_on_delivery=False)


class Order(models.Model):
    """Three small machines: is it agreed (`status`), is it paid (`payment_status`), is it sent (`fulfilment_status`).

    All amounts are minor units of `currency`. State moves only in `orders.actions`, each move leaves an OrderEvent.
    """

    class Status(models.TextChoices):
        PENDING = "pending", _("waiting for card payment")
        PLACED = "placed", _("placed")
        CANCELLED = "cancelled", _("cancelled")

    class PaymentStatus(models.TextChoices):
        UNPAID = "unpaid", _("unpaid")
        PAID = "paid", _("paid")
        PARTLY_REFUNDED = "partly_refunded", _("partly refunded")
        REFUNDED = "refunded", _("refunded")

    class FulfilmentStatus(models.TextChoices):
        UNFULFILLED = "unfulfilled", _("to pack")
        FULFILLED = "fulfilled", _("sent")
        NOT_NEEDED = "not_needed", _("nothing to send")

    class Taxing(models.TextChoices):
        TAXED = "taxed", _("taxed")
        REVERSE_CHARGE = "reverse_charge", _("reverse charge")
        EXEMPT = "exempt", _("exempt customer")

    # Something may have gone back already, for a piece that was missing: the rest is still to send.
    MONEY_IS_THERE = (PaymentStatus.PAID, PaymentStatus.PARTLY_REFUNDED)

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    # What was asked for, hashed: tells a second press of the button from a changed mind.
    fingerprint = models.CharField(max_length=64, blank=True, editable=False)
    # Gapless, given at the moment the order is placed; a card payment that never came leaves no gap.
    number = models.CharField(_("number"), max_length=20, null=True, blank=True, unique=True)
    cart = models.ForeignKey(
        Cart, models.SET_NULL, null=True, blank=True, related_name="orders", verbose_name=_("cart")
    )
    customer = models.ForeignKey(
        Customer, models.SET_NULL, null=True, blank=True, related_name="orders", verbose_name=_("customer")
    )
    email = models.EmailField(_("e-mail"), db_index=True)
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    language = models.CharField(_("language"), max_length=5, choices=settings.LANGUAGES, default="en")
    currency = models.CharField(_("currency"), max_length=3)
    note = models.TextField(_("note of the customer"), blank=True)

    status = models.CharField(_("status"), max_length=12, choices=Status.choices, default=Status.PENDING)
    payment_status = models.CharField(
        _("payment"), max_length=16, choices=PaymentStatus.choices, default=PaymentStatus.UNPAID
    )
    fulfilment_status = models.CharField(
        _("fulfilment"), max_length=12, choices=FulfilmentStatus.choices, default=FulfilmentStatus.UNFULFILLED
    )
    pays_on_delivery = models.BooleanField(_("pays on delivery"), default=False)

    # What the goods cost before promotions took something off, and what they took off them.
    goods_total = models.BigIntegerField(_("goods"))
    discount_total = models.BigIntegerField(_("taken off the goods"), default=0)
    delivery_method = models.ForeignKey(
        DeliveryMethod,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("delivery method"),
    )
    delivery_name = models.CharField(_("delivery"), max_length=120, blank=True)
    delivery_net = models.BigIntegerField(_("delivery, net"), default=0)
    delivery_tax = models.BigIntegerField(_("delivery, tax"), default=0)
    delivery_gross = models.BigIntegerField(_("delivery"), default=0)
    # What promotions took off the delivery; the amounts beside it are what remains.
    delivery_discount = models.BigIntegerField(_("taken off the delivery"), default=0)
    delivery_tax_rate_bp = models.PositiveIntegerField(_("delivery, tax rate"), default=0)
    # Whether `unit_price` of its lines and `goods_total` contain tax, and what rounding by sums added to the goods.
    prices_include_tax = models.BooleanField(_("prices contain tax"), default=True)
    rounding = models.SmallIntegerField(_("rounding"), default=0)
    taxing = models.CharField(_("taxing"), max_length=16, choices=Taxing.choices, default=Taxing.TAXED)
    vat_number = models.CharField(_("VAT number"), max_length=20, blank=True)
    # For staff only.
    exempt_reason = models.CharField(_("reason of the exemption"), max_length=200, blank=True)
    net_total = models.BigIntegerField(_("net total"))
    tax_total = models.BigIntegerField(_("tax total"))
    total = models.BigIntegerField(_("total"))
    promised_from = models.DateField(_("arrives from"), null=True, blank=True)
    promised_on = models.DateField(_("arrives by"), null=True, blank=True)

    created_at = models.DateTimeField(_("created"), default=timezone.now)
    placed_at = models.DateTimeField(_("placed"), null=True, blank=True)
    paid_at = models.DateTimeField(_("paid"), null=True, blank=True)
    fulfilled_at = models.DateTimeField(_("sent"), null=True, blank=True)
    cancelled_at = models.DateTimeField(_("cancelled"), null=True, blank=True)

    objects = OrderQuerySet.as_manager()

    class Meta:
        verbose_name = _("order")
        verbose_name_plural = _("orders")
        ordering = ["-id"]
        indexes = [
            # For the morning lists: what is to pack, who has not paid.
            models.Index(fields=["status", "fulfilment_status", "payment_status"], name="order_desk"),
            # For the dashboard: sales by day.
            models.Index(fields=["placed_at"], name="order_by_day"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["cart"], condition=~models.Q(status="cancelled"), name="one_living_order_per_cart"
            ),
            models.CheckConstraint(
                condition=models.Q(status__in=["pending", "placed", "cancelled"]),
                name="order_status_is_known",
            ),
            models.CheckConstraint(
                condition=models.Q(payment_status__in=["unpaid", "paid", "partly_refunded", "refunded"]),
                name="order_payment_status_is_known",
            ),
            models.CheckConstraint(
                condition=models.Q(fulfilment_status__in=["unfulfilled", "fulfilled", "not_needed"]),
                name="order_fulfilment_status_is_known",
            ),
            models.CheckConstraint(
                condition=~models.Q(status="placed") | models.Q(number__isnull=False, placed_at__isnull=False),
                name="placed_order_has_number_and_date",
            ),
            models.CheckConstraint(
                condition=models.Q(payment_status="unpaid") | models.Q(paid_at__isnull=False),
                name="paid_order_has_a_date",
            ),
            models.CheckConstraint(condition=adds_up("net_total", "tax_total", "total"), name="order_total_adds_up"),
            models.CheckConstraint(
                condition=adds_up("delivery_net", "delivery_tax", "delivery_gross"),
                name="order_delivery_adds_up",
            ),
            models.CheckConstraint(
                condition=models.Q(
                    prices_include_tax=True,
                    total=models.F("goods_total")
                    - models.F("discount_total")
                    + models.F("rounding")
                    + models.F("delivery_gross"),
                )
                | models.Q(
                    prices_include_tax=False,
                    net_total=models.F("goods_total") - models.F("discount_total") + models.F("delivery_net"),
                ),
                name="order_total_is_goods_and_delivery",
            ),
            models.CheckConstraint(
                condition=models.Q(
                    discount_total__gte=0, discount_total__lte=models.F("goods_total"), delivery_discount__gte=0
                ),
                name="order_discounts_are_sensible",
            ),
            models.CheckConstraint(
                condition=models.Q(taxing="taxed") | models.Q(tax_total=0), name="untaxed_order_bears_no_tax"
            ),
            models.CheckConstraint(
                condition=~models.Q(taxing="reverse_charge") | ~models.Q(vat_number=""),
                name="reverse_charge_has_a_vat_number",
            ),
        ]

    def __str__(self) -> str:
        return self.number or str(_("order without a number"))

    @property
    def money(self) -> Money:
        """What the customer pays in all."""
        return Money(self.total, self.currency)

    @property
    def delivery_shown(self) -> int:
        """What delivery costs, as prices are written: with tax, or without in a shop whose prices have none."""
        return self.delivery_gross if self.prices_include_tax else self.delivery_net

    @property
    def is_paid(self) -> bool:
        return self.payment_status == self.PaymentStatus.PAID

    @property
    def has_promotions(self) -> bool:
        return bool(self.discount_total or self.delivery_discount)

    @property
    def needs_delivery(self) -> bool:
        return self.fulfilment_status != self.FulfilmentStatus.NOT_NEEDED


class OrderAddress(PostalAddress):
    """The address an order goes to, or the one on its invoice, as typed on that day."""

    class Kind(models.TextChoices):
        DELIVERY = "delivery", _("delivery")
        BILLING = "billing", _("billing")

    order = models.ForeignKey(Order, models.CASCADE, related_name="addresses", verbose_name=_("order"))
    kind = models.CharField(_("kind"), max_length=8, choices=Kind.choices)

    class Meta:
        verbose_name = _("order address")
        verbose_name_plural = _("order addresses")
        constraints = [models.UniqueConstraint(fields=["order", "kind"], name="one_order_address_per_kind")]


class OrderLine(models.Model):
    """What was bought, frozen. `gross` is the row's total with tax.

    `unit_price` is one piece, with tax if `has_tax`; `rounding` is what rounding by sums added to `gross`.
    `discount` is what promotions took off the row, its share of those on the whole order included.
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
    # Sold before it was there: why, and the day that was named, if one was.
    waits = models.CharField(_("waits for"), max_length=10, choices=Waits.choices, blank=True)
    expected_on = models.DateField(_("expected on"), null=True, blank=True)
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
            models.CheckConstraint(condition=models.Q(discount__gte=0), name="order_line_discount_is_not_negative"),
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


class OrderEvent(models.Model):
    """One line of an order's history: what happened, when, by whom. Never changed."""

    class Type(models.TextChoices):
        CREATED = "created", _("created")
        PLACED = "placed", _("placed")
        PAID = "paid", _("paid")
        SHIPPED = "shipped", _("sent")
        CANCELLED = "cancelled", _("cancelled")
        REFUNDED = "refunded", _("refunded")
        INCIDENT = "incident", _("needs a person")
        MAILED = "mailed", _("mail written")
        REMARK = "remark", _("remark")

    order = models.ForeignKey(Order, models.CASCADE, related_name="events", verbose_name=_("order"))
    type = models.CharField(_("event"), max_length=12, choices=Type.choices)
    text = models.CharField(_("what"), max_length=300, blank=True)
    actor = models.ForeignKey(Customer, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("by"))
    created_at = models.DateTimeField(_("at"), default=timezone.now)

    class Meta:
        verbose_name = _("order event")
        verbose_name_plural = _("history")
        ordering = ["id"]

    def __str__(self) -> str:
        return self.get_type_display()
