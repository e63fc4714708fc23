"""A fact about one product that is no choice among shared values: a number, a text, a file."""

from functools import reduce
from operator import and_, or_

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from catalog.models.attribute import Attribute
from catalog.models.product import Product

#: Numbers are kept exactly up to here: SQLite keeps fifteen digits.
DIGITS, DECIMALS = 15, 4

FILLED = {
    "text": ~Q(text=""),
    "number": Q(number__isnull=False),
    "yes-no": Q(yes__isnull=False),
    "date": Q(day__isnull=False),
    "file": ~Q(path=""),
    "reference": Q(reference__isnull=False),
}


def only(kind: str) -> Q:
    """The column of this kind says something, and no other does."""
    return reduce(and_, (said if name == kind else ~said for name, said in FILLED.items()), Q(kind=kind))


class Fact(models.Model):
    """What one attribute says of one product, in the column that fits the attribute's kind.

    `kind` repeats the attribute's, so that the database can insist on the fitting column. `path` lies below
    PRIVATE_ROOT, `size` counts its bytes.
    """

    product = models.ForeignKey(Product, models.CASCADE, related_name="facts", verbose_name=_("product"))
    attribute = models.ForeignKey(Attribute, models.CASCADE, related_name="facts", verbose_name=_("attribute"))
    kind = models.CharField(_("kind"), max_length=10, editable=False)
    text = models.CharField(_("text"), max_length=500, blank=True, default="")
    number = models.DecimalField(_("number"), max_digits=DIGITS, decimal_places=DECIMALS, null=True, blank=True)
    yes = models.BooleanField(_("yes or no"), null=True, blank=True)
    day = models.DateField(_("date"), null=True, blank=True)
    path = models.CharField(_("path"), max_length=255, blank=True, default="")
    size = models.PositiveBigIntegerField(_("size"), default=0)
    reference = models.ForeignKey(
        Product, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("another product")
    )

    class Meta:
        verbose_name = _("fact")
        verbose_name_plural = _("facts")
        constraints = [
            models.UniqueConstraint(fields=["product", "attribute"], name="product_has_a_fact_once"),
            models.CheckConstraint(condition=reduce(or_, map(only, FILLED)), name="fact_fills_the_fitting_column"),
            models.CheckConstraint(
                condition=Q(reference__isnull=True) | ~Q(reference=models.F("product")), name="fact_leads_elsewhere"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.product_id}: {self.attribute_id}"
