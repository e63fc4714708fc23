"""The cart: what somebody means to buy. It stays as evidence when an order was made of it."""

import uuid

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from catalog.markets import Market
from catalog.models import Variant
from catalog.models.price_list import shop_currency
from customers.models import Customer
from orders.models.wish_list import Wish

MAX_QUANTITY = 999
# More promotion codes in one cart is guessing.
MOST_CODES = 5


class CartQuerySet(models.QuerySet):
    def open(self) -> "CartQuerySet":
        return self.filter(status=Cart.Status.OPEN)

    def of_shoppers(self) -> "CartQuerySet":
        """Without those that staff fills for somebody on the telephone: no shopper sees them, nobody is reminded."""
        return self.filter(channel=Cart.Channel.WEB)

    def abandoned_since(self, moment) -> "CartQuerySet":
        """Open carts of shoppers with something in them that nobody touched since then."""
        return self.open().of_shoppers().filter(active_at__lte=moment, lines__isnull=False).distinct()


class Cart(models.Model):
    """A shopper's cart, known by a random id in a signed cookie, or by its customer."""

    class Status(models.TextChoices):
        OPEN = "open", _("open")
        ORDERED = "ordered", _("ordered")
        MERGED = "merged", _("merged into another cart")

    class Channel(models.TextChoices):
        WEB = "web", _("web shop")
        PHONE = "phone", _("telephone")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    status = models.CharField(_("status"), max_length=8, choices=Status.choices, default=Status.OPEN)
    customer = models.ForeignKey(
        Customer, models.SET_NULL, null=True, blank=True, related_name="carts", verbose_name=_("customer")
    )
    # What a guest typed at the checkout; used for a reminder only with consent.
    email = models.EmailField(_("e-mail"), blank=True)
    name = models.CharField(_("name"), max_length=160, blank=True)
    language = models.CharField(_("language"), max_length=5, default="en")
    country = models.CharField(_("country"), max_length=2, blank=True)
    # What it is paid in; `seen_price` of its lines is in minor units of it.
    currency = models.CharField(_("currency"), max_length=3, default=shop_currency)
    # Who fills it: a shopper, or one of the staff for somebody on the telephone.
    channel = models.CharField(_("channel"), max_length=8, choices=Channel.choices, default=Channel.WEB)
    entered_by = models.ForeignKey(
        Customer, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("entered by")
    )
    # Keys of the promotion codes that were typed, the oldest first.
    codes = models.JSONField(_("promotion codes"), default=list, blank=True)
    # Keys of the gift cards and of the store credit that it is to be paid with, the oldest first.
    credit = models.JSONField(_("gift cards"), default=list, blank=True)
    merged_into = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField(_("begun"), default=timezone.now)
    # The last thing the shopper did with it; what counts a cart as left behind.
    active_at = models.DateTimeField(_("last touched"), default=timezone.now)
    ordered_at = models.DateTimeField(_("ordered"), null=True, blank=True)

    objects = CartQuerySet.as_manager()

    class Meta:
        verbose_name = _("cart")
        verbose_name_plural = _("carts")
        ordering = ["-active_at"]
        # For the abandoned-cart planner and its list.
        indexes = [models.Index(fields=["status", "active_at"], name="cart_left_behind")]
        constraints = [
            models.UniqueConstraint(
                fields=["customer"],
                condition=models.Q(status="open", channel="web"),
                name="one_open_cart_per_customer",
            ),
            models.CheckConstraint(
                condition=models.Q(status__in=["open", "ordered", "merged"]), name="cart_status_is_known"
            ),
            models.CheckConstraint(condition=models.Q(channel__in=["web", "phone"]), name="cart_channel_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.email or self.customer or _('guest')} · {self.active_at:%Y-%m-%d %H:%M}"

    @property
    def is_open(self) -> bool:
        return self.status == self.Status.OPEN

    @property
    def market(self) -> Market:
        """Whose prices hold for it: its currency, and the group of its customer."""
        return Market(self.currency, (self.customer.group_id or "") if self.customer_id else "")


class CartLine(models.Model):
    """So many of a variant, with the same answers. Keeps what it was added at, to announce what changed since."""

    cart = models.ForeignKey(Cart, models.CASCADE, related_name="lines", verbose_name=_("cart"))
    # Null once the variant was deleted: the line then says what is no longer sold.
    variant = models.ForeignKey(Variant, models.SET_NULL, null=True, related_name="+", verbose_name=_("variant"))
    name = models.CharField(_("name"), max_length=300)
    quantity = models.PositiveIntegerField(
        _("quantity"), default=1, validators=[MinValueValidator(1), MaxValueValidator(MAX_QUANTITY)]
    )
    # Minor units, tax included: the price that the shopper last saw.
    seen_price = models.BigIntegerField(_("price when added"))
    # What the answers added to it for each piece, in minor units.
    seen_extra = models.BigIntegerField(_("price of the personalisation when added"), default=0)
    # By the key of the personalisation, as catalog.personalising keeps them; the key tells lines apart.
    answers = models.JSONField(_("personalisation"), default=dict, blank=True)
    answers_key = models.CharField(max_length=64, default="", blank=True, editable=False)
    added_at = models.DateTimeField(_("added"), default=timezone.now)
    # The wish of somebody else that it is to fulfil: it is marked as bought with the order.
    wish = models.ForeignKey(Wish, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("wish"))

    class Meta:
        verbose_name = _("cart line")
        verbose_name_plural = _("cart lines")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["cart", "variant", "answers_key"],
                condition=models.Q(wish=None),
                name="one_own_line_per_variant_and_answers_in_a_cart",
            ),
            # What is to fulfil somebody's wish lies beside one's own pieces of the same.
            models.UniqueConstraint(
                fields=["cart", "variant", "answers_key", "wish"],
                condition=models.Q(wish__isnull=False),
                name="one_line_per_wish_and_answers_in_a_cart",
            ),
            models.CheckConstraint(
                condition=models.Q(quantity__gte=1, quantity__lte=MAX_QUANTITY),
                name="cart_quantity_is_sensible",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} × {self.name}"
