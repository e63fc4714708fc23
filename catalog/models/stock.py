"""How many there are: a level per variant and place, and a ledger that explains it."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from catalog.models.variant import Variant


class Location(models.Model):
    """A place that holds stock: a warehouse or a shop."""

    name = models.CharField(_("name"), max_length=120, unique=True)

    class Meta:
        verbose_name = _("location")
        verbose_name_plural = _("locations")
        ordering = ["id"]

    def __str__(self) -> str:
        return self.name


class StockLevelQuerySet(models.QuerySet):
    def with_available(self) -> "StockLevelQuerySet":
        return self.annotate(free=models.F("on_hand") - models.F("reserved"))


class StockLevel(models.Model):
    """Pieces of a variant at a location. Changed only by `catalog.actions.stock`."""

    variant = models.ForeignKey(Variant, models.CASCADE, related_name="levels", verbose_name=_("variant"))
    location = models.ForeignKey(Location, models.PROTECT, related_name="levels", verbose_name=_("location"))
    on_hand = models.IntegerField(_("on hand"), default=0)
    reserved = models.IntegerField(_("reserved"), default=0)

    objects = StockLevelQuerySet.as_manager()

    class Meta:
        verbose_name = _("stock level")
        verbose_name_plural = _("stock levels")
        constraints = [
            models.UniqueConstraint(fields=["variant", "location"], name="one_stock_level_per_variant_and_location"),
            models.CheckConstraint(condition=models.Q(reserved__gte=0), name="stock_reserved_is_not_negative"),
            models.CheckConstraint(
                condition=models.Q(on_hand__gte=models.F("reserved")), name="stock_reserved_is_on_hand"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.variant} · {self.location}"

    @property
    def available(self) -> int:
        """Pieces that may still be sold."""
        return self.on_hand - self.reserved


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
