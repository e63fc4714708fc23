"""The order: what was agreed, and whether it is paid and sent."""

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from catalog.models import Location
from catalog.money import Money
from customers.models import Customer, PostalAddress
from orders.models.cart import Cart
from orders.models.delivery import DeliveryMethod
from orders.models.pickup_point import PickupPoint


def adds_up(net: str, tax: str, gross: str) -> models.Q:
    """The condition that net + tax = gross, none of them negative."""
    return models.Q(**{gross: models.F(net) + models.F(tax), f"{net}__gte": 0, f"{tax}__gte": 0})


class OrderQuerySet(models.QuerySet):
    def placed(self) -> "OrderQuerySet":
        return self.filter(status=Order.Status.PLACED)

    def to_pack(self) -> "OrderQuerySet":
        """Agreed, paid (or held by a card, or payable at the door), with something still to send."""
        return self.placed().filter(
            models.Q(payment_status__in=Order.MONEY_IS_SURE)
            | models.Q(pays_on_delivery=True)
            | models.Q(due_on__isnull=False),
            fulfilment_status__in=Order.TO_SEND,
        )

    def late(self, today) -> "OrderQuerySet":
        """Agreed, not all of it sent, and the last promised day is over."""
        return self.placed().filter(fulfilment_status__in=Order.TO_SEND, promised_on__lt=today)

    def partly_sent(self) -> "OrderQuerySet":
        return self.placed().filter(fulfilment_status=Order.FulfilmentStatus.PARTLY)

    def lapsing(self, until) -> "OrderQuerySet":
        """Agreed, and the card lets go of the money by then."""
        return self.placed().filter(
            payments__status="authorised", payments__capture_before__lt=until, payment_status="authorised"
        )

    def awaiting_money(self) -> "OrderQuerySet":
        return self.placed().filter(payment_status=Order.PaymentStatus.UNPAID, pays_on_delivery=False, due_on=None)

    def overdue(self, today) -> "OrderQuerySet":
        """Bought on account, and not paid by the day that was agreed."""
        return self.placed().filter(payment_status=Order.PaymentStatus.UNPAID, due_on__lt=today)


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
        AUTHORISED = "authorised", _("held by the card")
        PAID = "paid", _("paid")
        PARTLY_REFUNDED = "partly_refunded", _("partly refunded")
        REFUNDED = "refunded", _("refunded")

    class FulfilmentStatus(models.TextChoices):
        UNFULFILLED = "unfulfilled", _("to pack")
        PARTLY = "partly", _("partly sent")
        FULFILLED = "fulfilled", _("sent")
        NOT_NEEDED = "not_needed", _("nothing to send")

    class Taxing(models.TextChoices):
        TAXED = "taxed", _("taxed")
        REVERSE_CHARGE = "reverse_charge", _("reverse charge")
        EXEMPT = "exempt", _("exempt customer")

    # Something may have gone back already, for a piece that was missing: the rest is still to send.
    MONEY_IS_THERE = (PaymentStatus.PAID, PaymentStatus.PARTLY_REFUNDED)
    # Or a card holds it for us, and it is taken before the parcel leaves.
    MONEY_IS_SURE = (PaymentStatus.AUTHORISED, *MONEY_IS_THERE)
    # Something of it is still to send.
    TO_SEND = (FulfilmentStatus.UNFULFILLED, FulfilmentStatus.PARTLY)

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
    # In E.164; only where the buyer asked to be told of its steps by text.
    texts_to = models.CharField(_("texts (SMS) to"), max_length=16, blank=True)
    language = models.CharField(_("language"), max_length=5, choices=settings.LANGUAGES, default="en")
    currency = models.CharField(_("currency"), max_length=3)
    # Who entered it: its buyer, or one of the staff on the telephone with him.
    channel = models.CharField(_("channel"), max_length=8, choices=Cart.Channel.choices, default=Cart.Channel.WEB)
    entered_by = models.ForeignKey(
        Customer, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("entered by")
    )
    # Until when the link in a letter leads to the card page, for an order that waits for it.
    pay_until = models.DateTimeField(_("to be paid until"), null=True, blank=True)
    note = models.TextField(_("note of the customer"), blank=True)

    status = models.CharField(_("status"), max_length=12, choices=Status.choices, default=Status.PENDING)
    payment_status = models.CharField(
        _("payment"), max_length=16, choices=PaymentStatus.choices, default=PaymentStatus.UNPAID
    )
    fulfilment_status = models.CharField(
        _("fulfilment"), max_length=12, choices=FulfilmentStatus.choices, default=FulfilmentStatus.UNFULFILLED
    )
    pays_on_delivery = models.BooleanField(_("pays on delivery"), default=False)
    # Bought on account: sent before it is paid, and to be paid by then.
    due_on = models.DateField(_("to be paid by"), null=True, blank=True)

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
    # What of the delivery went back, or is on its way back.
    delivery_refunded_net = models.BigIntegerField(_("delivery refunded, net"), default=0)
    delivery_refunded_tax = models.BigIntegerField(_("delivery refunded, tax"), default=0)
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
    # What of it gift cards and store credit pay: a way to pay, no discount.
    credit_total = models.BigIntegerField(_("paid with gift cards"), default=0)
    promised_from = models.DateField(_("arrives from"), null=True, blank=True)
    promised_on = models.DateField(_("arrives by"), null=True, blank=True)
    # Where it is picked up, if it is; `ready_at` is when the buyer was told to come.
    pickup_place = models.ForeignKey(
        Location, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("picked up in")
    )
    pickup_address = models.CharField(_("address of the shop"), max_length=300, blank=True)
    ready_at = models.DateTimeField(_("ready for pick-up"), null=True, blank=True)

    # The point of a carrier it goes to, with its code and name of that day.
    pickup_point = models.ForeignKey(
        PickupPoint, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("pick-up point")
    )
    point_code = models.CharField(_("code of the pick-up point"), max_length=40, blank=True)
    point_name = models.CharField(_("name of the pick-up point"), max_length=160, blank=True)

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
            # Turnover and the funnel of the front page are read from these alone.
            models.Index(fields=["status", "currency", "placed_at", "total"], name="order_turnover"),
            models.Index(fields=["paid_at"], name="order_by_money"),
            # Few beside those of the web shop.
            models.Index(fields=["id"], condition=models.Q(channel="phone"), name="order_by_phone"),
            # Few: who asked to be told by text, by the day that was promised.
            models.Index(fields=["promised_on"], condition=~models.Q(texts_to=""), name="order_told_by_text"),
            # Few, whatever the number of orders that are done.
            models.Index(fields=["status"], condition=models.Q(payment_status="unpaid"), name="order_unpaid"),
            models.Index(
                fields=["due_on"],
                condition=models.Q(payment_status="unpaid", due_on__isnull=False),
                name="order_on_account",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["cart"], condition=~models.Q(status="cancelled"), name="one_living_order_per_cart"
            ),
            models.CheckConstraint(
                condition=models.Q(status__in=["pending", "placed", "cancelled"]),
                name="order_status_is_known",
            ),
            models.CheckConstraint(condition=models.Q(channel__in=["web", "phone"]), name="order_channel_is_known"),
            models.CheckConstraint(
                condition=models.Q(payment_status__in=["unpaid", "authorised", "paid", "partly_refunded", "refunded"]),
                name="order_payment_status_is_known",
            ),
            models.CheckConstraint(
                condition=models.Q(fulfilment_status__in=["unfulfilled", "partly", "fulfilled", "not_needed"]),
                name="order_fulfilment_status_is_known",
            ),
            models.CheckConstraint(
                condition=~models.Q(status="placed") | models.Q(number__isnull=False, placed_at__isnull=False),
                name="placed_order_has_number_and_date",
            ),
            models.CheckConstraint(
                condition=models.Q(payment_status__in=["unpaid", "authorised"]) | models.Q(paid_at__isnull=False),
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
                condition=models.Q(
                    delivery_refunded_net__gte=0,
                    delivery_refunded_tax__gte=0,
                    delivery_refunded_net__lte=models.F("delivery_net"),
                    delivery_refunded_tax__lte=models.F("delivery_tax"),
                ),
                name="order_delivery_refunds_are_covered",
            ),
            models.CheckConstraint(
                condition=models.Q(credit_total__gte=0, credit_total__lte=models.F("total")),
                name="order_credit_pays_no_more_than_the_total",
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
    def to_pay(self) -> int:
        """What gift cards and store credit leave to be paid in another way."""
        return self.total - self.credit_total

    @property
    def delivery_shown(self) -> int:
        """What delivery costs, as prices are written: with tax, or without in a shop whose prices have none."""
        return self.delivery_gross if self.prices_include_tax else self.delivery_net

    @property
    def pays_after(self) -> bool:
        """Whether it may leave before its money is here: paid at the door, or bought on account."""
        return self.pays_on_delivery or self.due_on is not None

    @property
    def is_paid(self) -> bool:
        return self.payment_status == self.PaymentStatus.PAID

    @property
    def has_promotions(self) -> bool:
        return bool(self.discount_total or self.delivery_discount)

    @property
    def delivery_refundable(self) -> int:
        """What of the delivery has not gone back."""
        return self.delivery_gross - self.delivery_refunded_net - self.delivery_refunded_tax

    @property
    def needs_delivery(self) -> bool:
        return self.fulfilment_status != self.FulfilmentStatus.NOT_NEEDED

    @property
    def is_to_send(self) -> bool:
        """Agreed, and something of it is still to send."""
        return self.status == self.Status.PLACED and self.fulfilment_status in self.TO_SEND

    @property
    def is_pickup(self) -> bool:
        """Whether its buyer comes for it; the address is what was true on that day."""
        return bool(self.pickup_address)


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


class OrderEvent(models.Model):
    """One line of an order's history: what happened, when, by whom. Never changed."""

    class Type(models.TextChoices):
        CREATED = "created", _("created")
        PLACED = "placed", _("placed")
        HELD = "held", _("held by the card")
        PAID = "paid", _("paid")
        READY = "ready", _("ready for pick-up")
        SHIPPED = "shipped", _("sent")
        HANDED_OVER = "handed_over", _("handed over")
        CANCELLED = "cancelled", _("cancelled")
        REFUNDED = "refunded", _("refunded")
        INCIDENT = "incident", _("needs a person")
        CHANGED = "changed", _("changed")
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
        indexes = [
            models.Index(fields=["order"], condition=models.Q(type="incident"), name="order_event_incident"),
        ]

    def __str__(self) -> str:
        return self.get_type_display()
