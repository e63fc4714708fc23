"""How many there are: a level per variant and place, and a ledger that explains it."""

from django.db import models
from django.db.models.functions import Greatest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from catalog.models.location import Location
from catalog.models.variant import Variant


def sellable_at(prefix: str = "") -> Greatest:
    """Pieces of a level that the web shop may still sell; `prefix` leads to the level. Whether its place serves the
    web shop is for the caller to ask: `online(prefix)`."""
    on_hand, reserved, safety, back_order = (
        models.F(prefix + name) for name in ("on_hand", "reserved", "safety", "back_order")
    )
    return Greatest(on_hand - reserved - safety + back_order, models.Value(0))


def ready_at(prefix: str = "") -> Greatest:
    """The same without what is still to come."""
    on_hand, reserved, safety = (models.F(prefix + name) for name in ("on_hand", "reserved", "safety"))
    return Greatest(on_hand - reserved - safety, models.Value(0))


def online(prefix: str = "") -> models.Q:
    """Levels at places that serve the web shop."""
    return models.Q(**{f"{prefix}location__is_active": True, f"{prefix}location__sells_online": True})


class StockLevelQuerySet(models.QuerySet):
    def with_available(self) -> "StockLevelQuerySet":
        """With `free`: on hand and not held, below zero where back-orders wait for a delivery."""
        return self.annotate(free=models.F("on_hand") - models.F("reserved"))

    def online(self) -> "StockLevelQuerySet":
        return self.filter(online())

    def with_sellable(self) -> "StockLevelQuerySet":
        """To filter by `left`: what the web shop may still sell, if the place serves it."""
        return self.alias(left=sellable_at())


class StockLevel(models.Model):
    """Pieces of a variant at a location. Changed only by `catalog.actions`.

    `on_hand` lie there, `reserved` of them (or of those to come) are held for orders, `incoming` are on their way.
    """

    variant = models.ForeignKey(Variant, models.CASCADE, related_name="levels", verbose_name=_("variant"))
    location = models.ForeignKey(Location, models.PROTECT, related_name="levels", verbose_name=_("location"))
    on_hand = models.IntegerField(_("on hand"), default=0)
    reserved = models.IntegerField(_("reserved"), default=0)
    incoming = models.IntegerField(_("incoming"), default=0)
    safety = models.PositiveIntegerField(_("kept back"), default=0, help_text=_("So many pieces are not sold online."))
    back_order = models.PositiveIntegerField(
        _("sold before they come"), default=0, help_text=_("How many pieces may be ordered beyond what is on hand.")
    )
    # The day the next pieces are expected; what a page promises for a back-order.
    comes_on = models.DateField(_("comes on"), null=True, blank=True)

    objects = StockLevelQuerySet.as_manager()

    class Meta:
        verbose_name = _("stock level")
        verbose_name_plural = _("stock levels")
        constraints = [
            models.UniqueConstraint(fields=["variant", "location"], name="one_stock_level_per_variant_and_location"),
            models.CheckConstraint(condition=models.Q(reserved__gte=0), name="stock_reserved_is_not_negative"),
            models.CheckConstraint(condition=models.Q(on_hand__gte=0), name="stock_on_hand_is_not_negative"),
            models.CheckConstraint(condition=models.Q(incoming__gte=0), name="stock_incoming_is_not_negative"),
            models.CheckConstraint(
                condition=models.Q(reserved__lte=models.F("on_hand") + models.F("back_order")),
                name="stock_reserved_is_on_hand_or_back_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.variant} · {self.location}"

    @property
    def available(self) -> int:
        """Pieces on hand that nobody holds; less than none where back-orders wait for a delivery."""
        return self.on_hand - self.reserved

    @property
    def ready(self) -> int:
        """Pieces that the web shop may sell and send at once."""
        return max(self.available - self.safety, 0)

    @property
    def sellable(self) -> int:
        """Pieces that the web shop may sell, with those to come."""
        return max(self.available - self.safety + self.back_order, 0)


class StockMovement(models.Model):
    """One entry of the stock ledger, never changed. The sum of a level's deltas is what it has on hand."""

    class Reason(models.TextChoices):
        OPENING = "opening", _("opening stock")
        RECEIVED = "received", _("goods received")
        COUNTED = "counted", _("stock count")
        SHIPPED = "shipped", _("shipped to a customer")
        RETURNED = "returned", _("returned by a customer")
        DAMAGED = "damaged", _("damaged or lost")
        CORRECTED = "corrected", _("correction")
        IMPORTED = "imported", _("import")
        SENT = "sent", _("sent to another place")
        ARRIVED = "arrived", _("came from another place")

    level = models.ForeignKey(StockLevel, models.CASCADE, related_name="movements", verbose_name=_("stock level"))
    delta = models.IntegerField(_("change"))
    on_hand_after = models.IntegerField(_("on hand afterwards"))
    reason = models.CharField(_("reason"), max_length=12, choices=Reason.choices)
    note = models.CharField(_("note"), max_length=200, blank=True)
    document = models.CharField(_("document"), max_length=80, blank=True, help_text=_("Such as an order number."))
    # A name and no key: this floor does not know people, and the ledger must outlive the account.
    actor = models.CharField(_("by"), max_length=254, blank=True)
    created_at = models.DateTimeField(_("at"), default=timezone.now, db_index=True)

    class Meta:
        verbose_name = _("stock movement")
        verbose_name_plural = _("stock movements")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(condition=~models.Q(delta=0), name="stock_movement_moves_something"),
            models.CheckConstraint(condition=models.Q(on_hand_after__gte=0), name="stock_movement_leaves_no_debt"),
        ]

    def __str__(self) -> str:
        return f"{self.delta:+d} {self.get_reason_display()}"
