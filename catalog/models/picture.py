"""Pictures of goods."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from pictures.models import PictureField

from catalog.models.attribute import OptionValue
from catalog.models.product import Product
from catalog.models.variant import Variant


class Picture(models.Model):
    """A picture of a product, 4:5; of one colour when `value` is set. Not shown before `is_ready`."""

    product = models.ForeignKey(Product, models.CASCADE, related_name="pictures", verbose_name=_("product"))
    value = models.ForeignKey(
        OptionValue,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("shows the option"),
    )
    variant = models.ForeignKey(
        Variant, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("shows the variant")
    )
    image = PictureField(
        _("picture"), upload_to="products/", aspect_ratios=["4/5"], width_field="width", height_field="height"
    )
    width = models.PositiveIntegerField(default=0, editable=False)
    height = models.PositiveIntegerField(default=0, editable=False)
    alt = models.CharField(_("description for those who do not see it"), max_length=200, blank=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    source = models.CharField(_("source"), max_length=500, blank=True, editable=False)
    # Whether AVIF files lie beside the WebP ones; empty until somebody tried. See catalog.actions.avif.
    has_avif = models.BooleanField(null=True, editable=False)
    is_ready = models.BooleanField(_("ready"), default=False, editable=False)

    class Meta:
        indexes = [
            # For the clock: what nobody tried yet.
            models.Index(fields=["id"], condition=models.Q(has_avif__isnull=True), name="picture_without_avif")
        ]
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return self.alt or self.image.name
