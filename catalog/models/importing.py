"""How files were read before, so that the next one of the same kind needs no questions."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ImportMapping(models.Model):
    """A mapping kept under a name; a file with the same columns is read by it. `data` is what `mapping.of` takes."""

    name = models.CharField(_("name"), max_length=80, unique=True)
    # What the columns of a file are called, in their order; see `catalog.actions.importing.saved`.
    signature = models.CharField(_("columns"), max_length=64, editable=False, db_index=True)
    data = models.JSONField(_("mapping"), editable=False)
    used_at = models.DateTimeField(_("used last"), auto_now=True)

    class Meta:
        verbose_name = _("import mapping")
        verbose_name_plural = _("import mappings")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
