"""The type of a product: what kind of thing it is, and therefore which facts are said of it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from catalog.models.attribute import Attribute, Option, Word
from catalog.models.tax_class import STANDARD, TaxClass


class ProductType(Word):
    """Tableware, clothes, books: goods that are described by the same attributes and chosen along the same axes."""

    name = models.CharField(_("name"), max_length=60)
    options = models.ManyToManyField(
        Option,
        blank=True,
        related_name="+",
        verbose_name=_("options"),
        help_text=_("What a shopper usually chooses of such goods, such as size. A new product begins with these."),
    )
    attributes = models.ManyToManyField(
        Attribute, through="TypeAttribute", related_name="types", verbose_name=_("attributes")
    )
    # A value of Product.Kind, which is defined above us.
    kind = models.CharField(_("kind"), max_length=10, default="physical")
    tax_class = models.ForeignKey(
        TaxClass,
        models.PROTECT,
        to_field="code",
        db_column="tax_class",
        default=STANDARD,
        related_name="types",
        verbose_name=_("tax of new products"),
    )
    size_guide = models.TextField(
        _("size guide"), blank=True, help_text=_("A table or a few sentences, opened beside the choice of size.")
    )

    class Meta:
        verbose_name = _("product type")
        verbose_name_plural = _("product types")
        ordering = ["position", "id"]
        constraints = [models.UniqueConstraint(fields=["code"], name="product_type_code_is_unique")]

    def __str__(self) -> str:
        return self.name


class TypeAttribute(models.Model):
    """Products of this type have that attribute, in this place, and perhaps must have it."""

    type = models.ForeignKey(ProductType, models.CASCADE, related_name="rows", verbose_name=_("product type"))
    attribute = models.ForeignKey(Attribute, models.CASCADE, related_name="rows", verbose_name=_("attribute"))
    is_required = models.BooleanField(
        _("required"), default=False, help_text=_("Without it, a product of this type is not published.")
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0, db_index=True)

    class Meta:
        verbose_name = _("attribute of the type")
        verbose_name_plural = _("attributes of the type")
        ordering = ["position", "id"]
        constraints = [models.UniqueConstraint(fields=["type", "attribute"], name="type_has_an_attribute_once")]

    def __str__(self) -> str:
        return str(self.attribute)
