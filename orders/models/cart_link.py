"""A cart that travels as a link: what somebody put together for somebody else."""

import uuid

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from catalog.models import Variant
from customers.models import Customer
from orders.models.cart import MAX_QUANTITY


class CartLink(models.Model):
    """Goods, and perhaps a code, that a signed link offers until a day. Who opens it decides what becomes of them."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    note = models.CharField(
        _("note"), max_length=200, blank=True, help_text=_("Whoever opens the link reads it above the goods.")
    )
    code = models.CharField(
        _("promotion code"), max_length=60, blank=True, help_text=_("Goes into the cart together with the goods.")
    )
    made_by = models.ForeignKey(
        Customer, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("made by"), editable=False
    )
    created_at = models.DateTimeField(_("made"), default=timezone.now, editable=False)
    expires_at = models.DateTimeField(_("holds until"))
    opened = models.PositiveIntegerField(_("taken over"), default=0, editable=False)

    class Meta:
        verbose_name = _("cart link")
        verbose_name_plural = _("cart links")
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return f"{self.created_at:%Y-%m-%d} {self.note}".strip()


class CartLinkLine(models.Model):
    """So many of a variant in the link, with what its buyer is to find typed in already."""

    link = models.ForeignKey(CartLink, models.CASCADE, related_name="lines", verbose_name=_("cart link"))
    variant = models.ForeignKey(Variant, models.CASCADE, related_name="+", verbose_name=_("variant"))
    quantity = models.PositiveIntegerField(
        _("quantity"), default=1, validators=[MinValueValidator(1), MaxValueValidator(MAX_QUANTITY)]
    )
    answers = models.JSONField(_("personalisation"), default=dict, blank=True, editable=False)

    class Meta:
        verbose_name = _("line")
        verbose_name_plural = _("lines")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(quantity__gte=1, quantity__lte=MAX_QUANTITY),
                name="cart_link_quantity_is_sensible",
            )
        ]

    def __str__(self) -> str:
        return f"{self.quantity} × {self.variant}"
