"""Words that describe goods: option axes make variants, attributes describe a product."""

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

code = RegexValidator(r"^[a-z0-9][a-z0-9-]*$", _("Use small Latin letters, digits and hyphens."))
colour = RegexValidator(r"^#[0-9a-fA-F]{6}$", _("Write a colour such as #a0522d."))


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
    swatch = models.CharField(
        _("swatch"), max_length=7, blank=True, validators=[colour], help_text=_("A colour such as #a0522d.")
    )

    class Meta:
        verbose_name = _("option value")
        verbose_name_plural = _("option values")
        ordering = ["option", "position", "id"]
        constraints = [models.UniqueConstraint(fields=["option", "code"], name="option_value_code_is_unique")]

    def __str__(self) -> str:
        return self.value


class Attribute(Word):
    """A fact that goods share: a choice of given values such as material, or something said of each product."""

    class Kind(models.TextChoices):
        CHOICE = "choice", _("choice")
        SWATCH = "swatch", _("choice with colours")
        TEXT = "text", _("text")
        NUMBER = "number", _("number")
        YES_NO = "yes-no", _("yes or no")
        DATE = "date", _("date")
        FILE = "file", _("file")
        REFERENCE = "reference", _("another product")

    #: Kinds whose answers are shared values, kept in `Product.attributes`; the others are kept as a `Fact`.
    CHOSEN = (Kind.CHOICE, Kind.SWATCH)
    #: Kinds that lists can be narrowed by.
    FILTERS = (Kind.CHOICE, Kind.SWATCH, Kind.NUMBER, Kind.YES_NO)

    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices, default=Kind.CHOICE)
    name = models.CharField(_("name"), max_length=60)
    unit = models.CharField(_("unit"), max_length=40, blank=True)
    own_unit = models.CharField(
        _("own unit"), max_length=20, blank=True, help_text=_("For a unit that is not in the list, such as g/m².")
    )
    note = models.CharField(
        _("note for colleagues"), max_length=200, blank=True, help_text=_("Stands below the field on a product.")
    )
    is_filter = models.BooleanField(
        _("can be filtered by"), default=True, help_text=_("Choices, numbers, and yes or no.")
    )
    on_card = models.BooleanField(
        _("shown in lists"), default=False, help_text=_("Below the name of a product. Shoppers can then filter by it.")
    )
    is_public = models.BooleanField(
        _("shown to shoppers"), default=True, help_text=_("Unticked, only the back office sees it.")
    )

    class Meta:
        verbose_name = _("attribute")
        verbose_name_plural = _("attributes")
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["code"], name="attribute_code_is_unique"),
            models.CheckConstraint(
                condition=models.Q(
                    kind__in=["choice", "swatch", "text", "number", "yes-no", "date", "file", "reference"]
                ),
                name="attribute_kind_is_known",
            ),
            models.CheckConstraint(
                condition=models.Q(is_filter=False)
                | models.Q(is_public=True, kind__in=["choice", "swatch", "number", "yes-no"]),
                name="attribute_filter_fits_its_kind",
            ),
            models.CheckConstraint(
                condition=models.Q(on_card=False) | models.Q(is_filter=True),
                name="attribute_on_cards_is_a_filter",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_chosen(self) -> bool:
        """Whether its answers are shared values that one chooses among."""
        return self.kind in self.CHOSEN


class AttributeValue(Word):
    """One answer to an attribute: linen, oak."""

    attribute = models.ForeignKey(Attribute, models.CASCADE, related_name="values", verbose_name=_("attribute"))
    value = models.CharField(_("value"), max_length=80)
    swatch = models.CharField(
        _("swatch"), max_length=7, blank=True, validators=[colour], help_text=_("A colour such as #a0522d.")
    )

    class Meta:
        verbose_name = _("attribute value")
        verbose_name_plural = _("attribute values")
        ordering = ["attribute", "position", "id"]
        constraints = [models.UniqueConstraint(fields=["attribute", "code"], name="attribute_value_code_is_unique")]

    def __str__(self) -> str:
        return self.value
