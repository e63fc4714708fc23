"""Whom we know: one profile for each person, whether a visitor, a guest who ordered, or a customer with an account."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from customers.models import Customer
from orders.models import Order


class People(models.Manager):
    """Everybody once: a profile that was merged into another one is left out."""

    def get_queryset(self) -> models.QuerySet:
        return super().get_queryset().filter(merged_into=None)


class Profile(models.Model):
    """A person with an address. Numbers about orders are kept by `marketing.actions.standing`, never typed.

    One that turned out to be another person's second address stays as a row, `merged_into` that one, and nothing else
    points at it: so the merge can be undone.
    """

    class Stage(models.TextChoices):
        KNOWN = "known", _("known")
        SUBSCRIBER = "subscriber", _("subscriber")
        SHOPPER = "shopper", _("shopper")
        NEW_BUYER = "new_buyer", _("new buyer")
        REPEAT = "repeat", _("repeat buyer")
        VIP = "vip", _("VIP")
        AT_RISK = "at_risk", _("at risk")
        LAPSED = "lapsed", _("lapsed")
        SUNSET = "sunset", _("out of reach")

    # Lower-cased, one spelling for one mailbox (`customers.consent.normal`).
    email = models.EmailField(_("e-mail"), unique=True)
    customer = models.OneToOneField(
        Customer, models.SET_NULL, null=True, blank=True, related_name="profile", verbose_name=_("account")
    )
    name = models.CharField(_("name"), max_length=160, blank=True)
    # E.164, such as +34600111222.
    phone = models.CharField(_("phone"), max_length=16, blank=True)
    language = models.CharField(_("language"), max_length=5, blank=True)
    country = models.CharField(_("country"), max_length=2, blank=True)
    # Of the tz database; empty stands for the shop's own.
    time_zone = models.CharField(_("time zone"), max_length=50, blank=True)
    birthday = models.DateField(_("birthday"), null=True, blank=True)

    merged_into = models.ForeignKey(
        "self", models.CASCADE, null=True, blank=True, related_name="+", editable=False, verbose_name=_("merged into")
    )

    stage = models.CharField(_("stage"), max_length=12, choices=Stage.choices, default=Stage.KNOWN)
    stage_since = models.DateTimeField(_("in this stage since"), default=timezone.now)

    # Placed orders that were not called off, in every currency.
    orders_count = models.PositiveIntegerField(_("orders"), default=0)
    first_order_at = models.DateTimeField(_("first order"), null=True, blank=True)
    last_order_at = models.DateTimeField(_("last order"), null=True, blank=True)
    # Minor units of the shop's own currency: what these orders brought in it, less what went back.
    spent = models.BigIntegerField(_("spent"), default=0)
    # Of these what was spent in the last 365 days; works out by night for who did nothing.
    spent_year = models.BigIntegerField(_("spent within a year"), default=0)
    # Recency, frequency and money from 1 (least) to 5 among the buyers of the shop; nothing for who bought nothing.
    recency = models.PositiveSmallIntegerField(_("recency"), null=True, blank=True)
    frequency = models.PositiveSmallIntegerField(_("frequency"), null=True, blank=True)
    money = models.PositiveSmallIntegerField(_("money"), null=True, blank=True)

    created_at = models.DateTimeField(_("known since"), default=timezone.now)
    seen_at = models.DateTimeField(_("last seen"), null=True, blank=True)
    # Something happened to the person since his segments and stage were worked out.
    dirty_at = models.DateTimeField(null=True, blank=True, editable=False)

    everyone = models.Manager()
    objects = People()

    class Meta:
        default_manager_name = "objects"
        verbose_name = _("profile")
        verbose_name_plural = _("profiles")
        ordering = ["-id"]
        indexes = [
            # Few at any time: those whose segments are to be worked out again.
            models.Index(fields=["dirty_at"], condition=Q(dirty_at__isnull=False), name="profile_dirty"),
            models.Index(fields=["stage", "stage_since"], name="profile_stage"),
            models.Index(fields=["last_order_at"], name="profile_last_order"),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(email=""), name="profile_has_an_address"),
            models.CheckConstraint(
                condition=Q(orders_count=0, first_order_at=None, last_order_at=None)
                | Q(orders_count__gt=0, first_order_at__isnull=False, last_order_at__gte=models.F("first_order_at")),
                name="profile_orders_have_dates",
            ),
            *(
                models.CheckConstraint(
                    condition=Q(**{name: None}) | Q(**{f"{name}__range": (1, 5)}), name=f"profile_{name}_is_1_to_5"
                )
                for name in ("recency", "frequency", "money")
            ),
        ]

    def __str__(self) -> str:
        return self.email


class Purchase(models.Model):
    """Whose order it is. Sums are read from the order itself; a merge of profiles only points this elsewhere."""

    order = models.OneToOneField(
        Order, models.CASCADE, primary_key=True, related_name="purchase", verbose_name=_("order")
    )
    profile = models.ForeignKey(Profile, models.CASCADE, related_name="purchases", verbose_name=_("profile"))
    # In which browser it was ordered, where its owner agreed to be recognised: leads back to the arrivals.
    visitor = models.ForeignKey(
        "marketing.Visitor", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("visitor")
    )

    class Meta:
        verbose_name = _("purchase")
        verbose_name_plural = _("purchases")

    def __str__(self) -> str:
        return f"{self.order_id}: {self.profile_id}"


class PastOrder(models.Model):
    """An order from another system: of what came before this shop only the sum, the day and the person are known.

    It needs no product. A negative value is money that went back; it counts in sums and is no order.
    """

    source = models.CharField(_("told by"), max_length=20)
    reference = models.CharField(_("reference there"), max_length=60)
    profile = models.ForeignKey(Profile, models.CASCADE, related_name="past_orders", verbose_name=_("profile"))
    placed_at = models.DateTimeField(_("ordered"))
    # Minor units of `currency`.
    value = models.BigIntegerField(_("value"))
    currency = models.CharField(_("currency"), max_length=3)
    pieces = models.PositiveIntegerField(_("pieces"), default=0)
    # The codes that were used, separated by spaces.
    codes = models.CharField(_("codes"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("earlier order")
        verbose_name_plural = _("earlier orders")
        ordering = ["-placed_at", "-id"]
        indexes = [models.Index(fields=["profile", "placed_at"], name="past_order_of_profile")]
        constraints = [models.UniqueConstraint(fields=["source", "reference"], name="past_order_is_told_once")]

    def __str__(self) -> str:
        return f"{self.source} {self.reference}"
