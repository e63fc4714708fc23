"""What a bundle consists of."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from catalog.models.variant import Variant

MOST = 99


class BundleItem(models.Model):
    """So many pieces of a variant belong to one piece of a bundle's variant. A bundle holds no other bundle."""

    bundle = models.ForeignKey(Variant, models.CASCADE, related_name="components", verbose_name=_("bundle"))
    # What a bundle needs cannot be deleted, only taken off sale.
    component = models.ForeignKey(Variant, models.PROTECT, related_name="bundles", verbose_name=_("component"))
    quantity = models.PositiveSmallIntegerField(
        _("pieces"), default=1, validators=[MinValueValidator(1), MaxValueValidator(MOST)]
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("component")
        verbose_name_plural = _("components")
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["bundle", "component"], name="one_bundle_item_per_component"),
            models.CheckConstraint(condition=models.Q(quantity__gte=1), name="bundle_item_has_a_quantity"),
            models.CheckConstraint(
                condition=~models.Q(bundle=models.F("component")), name="bundle_does_not_hold_itself"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} × {self.component}"
