"""What happened in the shop, in the order it happened. First-party, append-only."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from catalog.models import Product
from customers.models import Customer


class Event(models.Model):
    """One fact. Nobody is named unless he agreed: without consent a view is only a view."""

    class Type(models.TextChoices):
        VIEWED = "product_viewed", _("product viewed")
        ADDED = "added_to_cart", _("added to the cart")
        CHECKOUT = "checkout_started", _("checkout started")
        ORDERED = "order_placed", _("order placed")
        PAID = "order_paid", _("order paid")

    type = models.CharField(_("event"), max_length=20, choices=Type.choices)
    product = models.ForeignKey(
        Product, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("product")
    )
    customer = models.ForeignKey(
        Customer, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("customer")
    )
    # Lets a repeated announcement write one row: "order_placed:41".
    dedupe_key = models.CharField(max_length=80, null=True, blank=True, unique=True, editable=False)
    occurred_at = models.DateTimeField(_("at"), default=timezone.now)

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ["-id"]
        # For the dashboard's funnel and the nightly popularity: events of a type in a window.
        indexes = [models.Index(fields=["type", "occurred_at", "product"], name="event_window")]

    def __str__(self) -> str:
        return f"{self.get_type_display()} · {self.occurred_at:%Y-%m-%d %H:%M}"
