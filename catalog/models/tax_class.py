"""Kinds of goods as tax law tells them apart. What each costs where is said on the floor that knows taxes."""

from django.db import models
from django.utils.translation import gettext_lazy as _

STANDARD = "standard"
ZERO = "zero"

#: What a shop begins with: code, whether it is taxed at all, names.
FIRST_CLASSES = (
    (STANDARD, True, {"en": "Standard rate", "es": "Tipo general", "ru": "Основная ставка"}),
    ("reduced", True, {"en": "Reduced rate", "es": "Tipo reducido", "ru": "Пониженная ставка"}),
    (ZERO, False, {"en": "No tax", "es": "Sin impuestos", "ru": "Без налога"}),
)


class TaxClass(models.Model):
    """Such as books or food. Products point to one by its code; a rate for it is kept by country."""

    code = models.SlugField(_("code"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=80)
    is_taxed = models.BooleanField(
        _("is taxed"), default=True, help_text=_("Not ticked: nothing of this kind bears tax, wherever it goes.")
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("tax class")
        verbose_name_plural = _("tax classes")
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return self.name


def codes() -> frozenset[str]:
    """The codes of all classes. One query."""
    return frozenset(TaxClass.objects.values_list("code", flat=True))


def begin(model: type[models.Model] = TaxClass) -> None:
    """Give a shop that has no tax classes the first three. `model` is the class as a migration knows it."""
    if model.objects.exists():
        return
    columns = {field.name for field in model._meta.fields}
    for position, (code, is_taxed, names) in enumerate(FIRST_CLASSES):
        words = {f"name_{language}": name for language, name in names.items() if f"name_{language}" in columns}
        model.objects.create(code=code, is_taxed=is_taxed, position=position, **{"name": names["en"], **words})
