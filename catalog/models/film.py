"""Films of goods."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from catalog.models.product import Product


class Film(models.Model):
    """A short film of a product, as a file that browsers play. Taken in only by `catalog.actions.films`."""

    product = models.ForeignKey(Product, models.CASCADE, related_name="films", verbose_name=_("product"))
    file = models.FileField(_("film"), upload_to="films/")
    title = models.CharField(_("what it shows"), max_length=200, help_text=_("For those who do not see it."))
    # WebVTT, as checked by catalog.listings.captions; empty when nobody speaks.
    captions = models.FileField(_("subtitles"), upload_to="films/", blank=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("film")
        verbose_name_plural = _("films")
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return self.title or self.file.name
