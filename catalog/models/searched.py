"""What people searched for, counted by the day: never who, and nothing that could tell."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from catalog.models.product import Product

LONGEST = 80


class SearchCount(models.Model):
    """How often words were searched for on a day. Written only by `catalog.actions.searches`."""

    day = models.DateField(_("day"))
    language = models.CharField(_("language"), max_length=10)
    # Folded and in order, as `catalog.search.noting.said` gives them.
    words = models.CharField(_("words"), max_length=LONGEST)
    times = models.PositiveIntegerField(_("searches"), default=0)
    # How many of these ended on a product.
    choices = models.PositiveIntegerField(_("chosen"), default=0)
    # Of the last search of the day.
    results = models.PositiveIntegerField(_("results"), default=0)
    # Whether the goods had all the words as they were typed: only such words are suggested to others.
    is_full = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("search")
        verbose_name_plural = _("searches")
        constraints = [
            models.UniqueConstraint(fields=["day", "language", "words"], name="search_is_counted_once_a_day")
        ]
        indexes = [models.Index(fields=["language", "words"], name="search_count_by_words")]

    def __str__(self) -> str:
        return self.words


class SearchChoice(models.Model):
    """How often a search of a day ended on a product."""

    count = models.ForeignKey(SearchCount, models.CASCADE, related_name="chosen")
    product = models.ForeignKey(Product, models.CASCADE, related_name="+")
    times = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["count", "product"], name="search_choice_is_counted_once")]

    def __str__(self) -> str:
        return f"{self.count_id} → {self.product_id}"
