"""What happened in the shop, in the order it happened. First-party, append-only."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from catalog.models import Category, Product
from marketing.models.profile import Profile
from marketing.models.visitor import Visitor
from orders.models import Order


class Event(models.Model):
    """One fact. Nobody is named unless he agreed: without consent a view is only a view."""

    class Type(models.TextChoices):
        VIEWED = "product_viewed", _("product viewed")
        BROWSED = "category_viewed", _("category viewed")
        SEARCHED = "searched", _("searched")
        FILTERED = "filtered", _("filtered")
        READ = "content_read", _("page read")
        ADDED = "added_to_cart", _("added to the cart")
        REMOVED = "removed_from_cart", _("removed from the cart")
        CHECKOUT = "checkout_started", _("checkout started")
        CHECKOUT_STEP = "checkout_step", _("step of the checkout")
        ORDERED = "order_placed", _("order placed")
        PAID = "order_paid", _("order paid")
        CANCELLED = "order_cancelled", _("order cancelled")
        SHIPPED = "order_shipped", _("order sent")
        DELIVERED = "order_delivered", _("order delivered")
        REFUNDED = "order_refunded", _("money given back")
        REVIEWED = "reviewed", _("review written")
        ASKED = "question_asked", _("question asked")
        WAITS = "notice_asked", _("waits for goods or a price")
        SIGNED_UP = "signed_up", _("account opened")
        SIGNED_IN = "signed_in", _("signed in")
        SUBSCRIBED = "subscribed", _("subscribed")
        UNSUBSCRIBED = "unsubscribed", _("unsubscribed")
        CLICKED = "message_clicked", _("clicked in a message")
        STAGE = "stage_changed", _("stage changed")

    type = models.CharField(_("event"), max_length=20, choices=Type.choices)
    visitor = models.ForeignKey(
        Visitor, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("visitor")
    )
    profile = models.ForeignKey(
        Profile, models.SET_NULL, null=True, blank=True, related_name="events", verbose_name=_("profile")
    )
    product = models.ForeignKey(
        Product, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("product")
    )
    category = models.ForeignKey(
        Category, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("category")
    )
    order = models.ForeignKey(Order, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("order"))
    # What was searched for, which page was read, which stage follows.
    text = models.CharField(_("words"), max_length=120, blank=True)
    # Minor units of `currency`.
    value = models.BigIntegerField(_("value"), null=True, blank=True)
    currency = models.CharField(_("currency"), max_length=3, blank=True)
    # Who told: our own shop, or the system that history was taken over from.
    source = models.CharField(_("told by"), max_length=20, default="shop")
    # Lets a repeated announcement write one row: "order_placed:41".
    dedupe_key = models.CharField(max_length=80, null=True, blank=True, editable=False)
    occurred_at = models.DateTimeField(_("at"), default=timezone.now)
    received_at = models.DateTimeField(_("written down"), default=timezone.now)

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ["-id"]
        indexes = [
            # For the dashboard's funnel and the nightly popularity: events of a type in a window.
            models.Index(fields=["type", "occurred_at", "product"], name="event_window"),
            # For segments: what one person did. Most rows name nobody.
            models.Index(
                fields=["profile", "type", "occurred_at"],
                condition=Q(profile__isnull=False),
                name="event_of_profile",
            ),
            models.Index(
                fields=["visitor", "occurred_at"], condition=Q(visitor__isnull=False), name="event_of_visitor"
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["source", "dedupe_key"], name="event_is_told_once"),
            models.CheckConstraint(
                condition=Q(value__isnull=True) | ~Q(currency=""), name="event_value_has_a_currency"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_type_display()} · {self.occurred_at:%Y-%m-%d %H:%M}"
