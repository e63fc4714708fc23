"""What somebody would like: things saved for later, and lists with a name that can be shown to others."""

import uuid

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from catalog.models import Variant
from catalog.models.price_list import shop_currency
from customers.models import Customer

# What an owner may have of each.
MOST_LISTS, MOST_WISHES, MOST_PIECES = 20, 200, 999


class WishList(models.Model):
    """A list of a customer, or of a guest whom a signed cookie knows by his `holder` id.

    Nobody else sees it, unless it has a `key`: whoever has the signed link with that key does. As a gift list it hides
    its prices and what others have bought already from its owner, and shows the latter to those others.
    """

    class Kind(models.TextChoices):
        LATER = "later", _("saved for later")
        LIST = "list", _("wish list")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(_("kind"), max_length=5, choices=Kind.choices, default=Kind.LIST)
    customer = models.ForeignKey(
        Customer, models.CASCADE, null=True, blank=True, related_name="wish_lists", verbose_name=_("customer")
    )
    holder = models.UUIDField(null=True, blank=True, db_index=True, editable=False)
    name = models.CharField(_("name"), max_length=80, blank=True)
    is_gift = models.BooleanField(_("for gifts"), default=False)
    key = models.CharField(max_length=32, blank=True, editable=False)
    created_at = models.DateTimeField(_("begun"), default=timezone.now)

    class Meta:
        verbose_name = _("wish list")
        verbose_name_plural = _("wish lists")
        ordering = ["created_at"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(customer__isnull=False, holder__isnull=True)
                | models.Q(customer__isnull=True, holder__isnull=False),
                name="wish_list_has_one_owner",
            ),
            models.UniqueConstraint(
                fields=["customer"], condition=models.Q(kind="later"), name="saved_for_later_once_per_customer"
            ),
            models.UniqueConstraint(
                fields=["holder"], condition=models.Q(kind="later"), name="saved_for_later_once_per_guest"
            ),
        ]

    def __str__(self) -> str:
        return self.name or str(self.get_kind_display())

    @property
    def is_shared(self) -> bool:
        return bool(self.key)


class Wish(models.Model):
    """So many of a variant on a list, with the same answers; `bought` of them were bought by others."""

    wish_list = models.ForeignKey(WishList, models.CASCADE, related_name="wishes", verbose_name=_("wish list"))
    # Null once the variant was deleted: the name then says what is no longer sold.
    variant = models.ForeignKey(Variant, models.SET_NULL, null=True, related_name="+", verbose_name=_("variant"))
    name = models.CharField(_("name"), max_length=300)
    quantity = models.PositiveIntegerField(
        _("quantity"), default=1, validators=[MinValueValidator(1), MaxValueValidator(MOST_PIECES)]
    )
    bought = models.PositiveIntegerField(_("bought"), default=0)
    # Minor units of `currency`: what one cost, and what its answers added, when it was put here.
    seen_price = models.BigIntegerField(_("price when added"), default=0)
    seen_extra = models.BigIntegerField(_("price of the personalisation when added"), default=0)
    currency = models.CharField(_("currency"), max_length=3, default=shop_currency)
    answers = models.JSONField(_("personalisation"), default=dict, blank=True)
    answers_key = models.CharField(max_length=64, default="", blank=True, editable=False)
    added_at = models.DateTimeField(_("added"), default=timezone.now)

    class Meta:
        verbose_name = _("wish")
        verbose_name_plural = _("wishes")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["wish_list", "variant", "answers_key"], name="one_wish_per_variant_and_answers_on_a_list"
            ),
            models.CheckConstraint(
                condition=models.Q(quantity__gte=1, quantity__lte=MOST_PIECES), name="wish_quantity_is_sensible"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} × {self.name}"

    @property
    def left(self) -> int:
        """Pieces that nobody has bought yet."""
        return max(0, self.quantity - self.bought)
