"""Promotions: what becomes cheaper, for whom and when. What they are worth is reckoned by `orders.promotions`."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_countries.fields import CountryField

from catalog.models import Brand, Category, Collection, Product, Variant
from customers.models import CustomerGroup

WEEK = "0123456"


class Promotion(models.Model):
    """A reduction with its conditions and limits. Amounts are minor units of the shop's currency, tax included.

    The columns of conditions that are empty ask for nothing. `weekdays` holds digits, Monday is 0.
    """

    class Target(models.TextChoices):
        PRODUCT = "product", _("goods")
        ORDER = "order", _("the whole order")
        SHIPPING = "shipping", _("delivery")

    class Benefit(models.TextChoices):
        PERCENT = "percent", _("percent off goods")
        AMOUNT = "amount", _("an amount off each piece")
        PRICE = "price", _("a fixed price for each piece")
        BUY_GET = "buy_get", _("buy some, get some (3 for 2)")
        CHEAPEST = "cheapest", _("the cheapest piece free")
        BUNDLE = "bundle", _("several pieces at one price")
        GIFT = "gift", _("a gift")
        ORDER_PERCENT = "order_percent", _("percent off the whole order")
        ORDER_AMOUNT = "order_amount", _("an amount off the whole order")
        FREE_DELIVERY = "free_delivery", _("free delivery")
        DELIVERY_PERCENT = "delivery_percent", _("percent off delivery")
        DELIVERY_AMOUNT = "delivery_amount", _("an amount off delivery")
        DELIVERY_PRICE = "delivery_price", _("delivery at a fixed price")

    OF_ORDER = (Benefit.ORDER_PERCENT, Benefit.ORDER_AMOUNT)
    OF_DELIVERY = (
        Benefit.FREE_DELIVERY,
        Benefit.DELIVERY_PERCENT,
        Benefit.DELIVERY_AMOUNT,
        Benefit.DELIVERY_PRICE,
    )
    NEED_PERCENT = (Benefit.PERCENT, Benefit.ORDER_PERCENT, Benefit.DELIVERY_PERCENT)
    NEED_AMOUNT = (
        Benefit.AMOUNT,
        Benefit.PRICE,
        Benefit.BUNDLE,
        Benefit.ORDER_AMOUNT,
        Benefit.DELIVERY_AMOUNT,
        Benefit.DELIVERY_PRICE,
    )

    name = models.CharField(
        _("name"), max_length=120, help_text=_("Shoppers read it beside what is taken off, in the cart and later.")
    )
    note = models.CharField(_("note for colleagues"), max_length=300, blank=True)
    is_active = models.BooleanField(
        _("in use"), default=False, help_text=_("Until then it is a draft, which only the test bench knows.")
    )
    needs_code = models.BooleanField(
        _("only with a code"), default=False, help_text=_("Otherwise it applies by itself.")
    )
    starts_at = models.DateTimeField(_("from"), null=True, blank=True)
    ends_at = models.DateTimeField(_("until"), null=True, blank=True)
    weekdays = models.CharField(_("on these days only"), max_length=7, blank=True, default="")

    benefit = models.CharField(_("what it gives"), max_length=16, choices=Benefit.choices, default=Benefit.PERCENT)
    percent = models.PositiveSmallIntegerField(
        _("percent"), null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(100)]
    )
    amount = models.BigIntegerField(_("amount or price"), null=True, blank=True)
    buy_quantity = models.PositiveSmallIntegerField(_("pieces to buy"), null=True, blank=True)
    get_quantity = models.PositiveSmallIntegerField(_("pieces one gets"), null=True, blank=True)
    most_times = models.PositiveSmallIntegerField(
        _("at most so many times in an order"), null=True, blank=True, help_text=_("Empty: as often as it fits.")
    )
    rewards = models.ManyToManyField(
        Product,
        blank=True,
        related_name="+",
        verbose_name=_("goods one gets"),
        help_text=_("Empty: the same goods that have to be bought."),
    )
    gift = models.ForeignKey(
        Variant, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("the gift")
    )

    products = models.ManyToManyField(Product, blank=True, related_name="+", verbose_name=_("products"))
    categories = models.ManyToManyField(
        Category, blank=True, related_name="+", verbose_name=_("categories"), help_text=_("With all below them.")
    )
    brands = models.ManyToManyField(Brand, blank=True, related_name="+", verbose_name=_("brands"))
    collections = models.ManyToManyField(Collection, blank=True, related_name="+", verbose_name=_("collections"))
    leaves_out_reduced = models.BooleanField(_("not for goods that are reduced already"), default=False)
    min_quantity = models.PositiveSmallIntegerField(_("from so many pieces on"), null=True, blank=True)
    min_value = models.BigIntegerField(
        _("from this value on"), null=True, blank=True, help_text=_("Of these goods, before anything is taken off.")
    )
    groups = models.ManyToManyField(CustomerGroup, blank=True, related_name="+", verbose_name=_("customer groups"))
    segment = models.SlugField(_("segment"), max_length=60, blank=True, default="")
    nth_order = models.PositiveSmallIntegerField(
        _("only for this order of a customer"),
        null=True,
        blank=True,
        help_text=_("1 is the first one, 2 the second. Empty: any."),
    )
    countries = CountryField(_("delivered to"), multiple=True, blank=True, help_text=_("Empty: everywhere."))
    delivery_methods = models.ManyToManyField(
        "orders.DeliveryMethod",
        blank=True,
        related_name="+",
        verbose_name=_("delivery methods"),
        help_text=_("Which deliveries become cheaper. Empty: all."),
    )

    combines_product = models.BooleanField(_("with promotions on goods"), default=True)
    combines_order = models.BooleanField(_("with promotions on the whole order"), default=False)
    combines_shipping = models.BooleanField(_("with promotions on delivery"), default=True)
    lane = models.PositiveSmallIntegerField(
        _("lane"),
        default=1,
        help_text=_("Within a lane promotions compete for the same goods; lanes follow one after another."),
    )
    priority = models.SmallIntegerField(
        _("priority"),
        default=0,
        help_text=_("The higher one wins. Where they are equal, the better one for the buyer."),
    )

    limit_total = models.PositiveIntegerField(_("in all"), null=True, blank=True)
    limit_per_customer = models.PositiveIntegerField(_("for each customer"), null=True, blank=True)
    limit_per_day = models.PositiveIntegerField(_("on each day"), null=True, blank=True)
    budget = models.BigIntegerField(
        _("budget"), null=True, blank=True, help_text=_("It ends before more than this was given away.")
    )
    created_at = models.DateTimeField(_("created"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("promotion")
        verbose_name_plural = _("promotions")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(starts_at__isnull=True) | Q(ends_at__isnull=True) | Q(ends_at__gt=models.F("starts_at")),
                name="promotion_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=Q(percent__isnull=True) | Q(percent__gte=1, percent__lte=100),
                name="promotion_percent_is_sensible",
            ),
            models.CheckConstraint(
                condition=(Q(amount__isnull=True) | Q(amount__gte=0))
                & (Q(min_value__isnull=True) | Q(min_value__gte=0))
                & (Q(budget__isnull=True) | Q(budget__gte=0)),
                name="promotion_amounts_are_not_negative",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def target(self) -> Target:
        """The class of the promotion: what becomes cheaper by it."""
        if self.benefit in self.OF_ORDER:
            return self.Target.ORDER
        return self.Target.SHIPPING if self.benefit in self.OF_DELIVERY else self.Target.PRODUCT


class PromotionAmount(models.Model):
    """The amounts of a promotion in another currency. Nothing is converted: without them it does not apply there."""

    promotion = models.ForeignKey(Promotion, models.CASCADE, related_name="amounts", verbose_name=_("promotion"))
    currency = models.CharField(_("currency"), max_length=3)
    amount = models.BigIntegerField(_("amount or price"), null=True, blank=True)
    min_value = models.BigIntegerField(_("from this value on"), null=True, blank=True)
    budget = models.BigIntegerField(_("budget"), null=True, blank=True)

    class Meta:
        verbose_name = _("amounts in another currency")
        verbose_name_plural = _("amounts in other currencies")
        ordering = ["currency"]
        constraints = [
            models.UniqueConstraint(fields=["promotion", "currency"], name="one_promotion_amount_per_currency"),
            models.CheckConstraint(
                condition=(Q(amount__isnull=True) | Q(amount__gte=0))
                & (Q(min_value__isnull=True) | Q(min_value__gte=0))
                & (Q(budget__isnull=True) | Q(budget__gte=0)),
                name="promotion_amounts_abroad_are_not_negative",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.promotion} · {self.currency}"


class PromotionCode(models.Model):
    """A word that opens a promotion. `key` is what counts when it is typed; see `orders.promotions.codes`."""

    promotion = models.ForeignKey(Promotion, models.CASCADE, related_name="codes", verbose_name=_("promotion"))
    code = models.CharField(_("code"), max_length=40)
    key = models.CharField(max_length=40, unique=True, editable=False)
    limit = models.PositiveIntegerField(
        _("may be used so often"), null=True, blank=True, help_text=_("Empty: as the promotion says.")
    )
    batch = models.CharField(_("batch"), max_length=80, blank=True, default="", db_index=True)
    is_active = models.BooleanField(_("valid"), default=True)
    created_at = models.DateTimeField(_("created"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("promotion code")
        verbose_name_plural = _("promotion codes")
        ordering = ["id"]

    def __str__(self) -> str:
        return self.code
