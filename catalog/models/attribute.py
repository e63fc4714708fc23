"""Words that describe goods: option axes make variants, attributes describe a product."""

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

code = RegexValidator(r"^[a-z0-9][a-z0-9-]*$", _("Use small Latin letters, digits and hyphens."))


class Word(models.Model):
    """A name with a code that stays the same in every language and in every address."""

    code = models.CharField(_("code"), max_length=60, validators=[code])
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        abstract = True


class Option(Word):
    """An axis that a shopper chooses along, such as size or colour."""

    class Kind(models.TextChoices):
        TEXT = "text", _("words")
        SWATCH = "swatch", _("colour swatch")

    name = models.CharField(_("name"), max_length=60)
    kind = models.CharField(_("shown as"), max_length=10, choices=Kind.choices, default=Kind.TEXT)

    class Meta:
        verbose_name = _("option")
        verbose_name_plural = _("options")
        ordering = ["position", "id"]
        constraints = [models.UniqueConstraint(fields=["code"], name="option_code_is_unique")]

    def __str__(self) -> str:
        return self.name


class OptionValue(Word):
    """One place on an axis: size L, colour oat."""

    option = models.ForeignKey(Option, models.CASCADE, related_name="values", verbose_name=_("option"))
    value = models.CharField(_("value"), max_length=80)
    swatch = models.CharField(_("swatch"), max_length=7, blank=True, help_text=_("A colour such as #a0522d."))

    class Meta:
        verbose_name = _("option value")
        verbose_name_plural = _("option values")
        ordering = ["option", "position", "id"]
        constraints = [models.UniqueConstraint(fields=["option", "code"], name="option_value_code_is_unique")]

    def __str__(self) -> str:
        return self.value


class Attribute(Word):
    """A fact that goods share and shoppers filter by, such as material."""

    name = models.CharField(_("name"), max_length=60)
    is_filter = models.BooleanField(_("can be filtered by"), default=True)

    class Meta:
        verbose_name = _("attribute")
        verbose_name_plural = _("attributes")
        ordering = ["position", "id"]
        constraints = [models.UniqueConstraint(fields=["code"], name="attribute_code_is_unique")]

    def __str__(self) -> str:
        return self.name


class AttributeValue(Word):
    """One answer to an attribute: linen, oak."""

    attribute = models.ForeignKey(Attribute, models.CASCADE, related_name="values", verbose_name=_("attribute"))
    value = models.CharField(_("value"), max_length=80)

    class Meta:
        verbose_name = _("attribute value")
        verbose_name_plural = _("attribute values")
        ordering = ["attribute", "position", "id"]
        constraints = [models.UniqueConstraint(fields=["attribute", "code"], name="attribute_value_code_is_unique")]

    def __str__(self) -> str:
        return self.value
