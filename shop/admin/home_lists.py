"""Short lists of the home page as lines of text: one entry a line, its parts divided by a bar."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.widgets import UnfoldAdminTextareaWidget

from catalog.models import Product

FACTS = ("title", "text")
VOICES = ("name", "town", "text", "product")


class RowsField(forms.CharField):
    """A list of small dictionaries: `Linen | Woven in Ontinyent` is one with a title and a text."""

    def __init__(self, parts: tuple[str, ...], **kwargs) -> None:
        self.parts = parts
        kwargs["widget"] = UnfoldAdminTextareaWidget(attrs={"rows": 4})
        super().__init__(**kwargs)

    def prepare_value(self, value):
        if not isinstance(value, list):
            return value
        return "\n".join(" | ".join(str(row.get(part, "")) for part in self.parts) for row in value)

    def clean(self, value) -> list[dict]:
        rows = [self._row(line) for line in (super().clean(value) or "").splitlines() if line.strip()]
        slugs = {row["product"] for row in rows if row.get("product")}
        unknown = slugs - set(Product.objects.filter(slug__in=slugs).values_list("slug", flat=True))
        if unknown:
            raise forms.ValidationError(
                _("No product has the address %(slug)s.") % {"slug": ", ".join(sorted(unknown))}
            )
        return rows

    def has_changed(self, initial, data) -> bool:
        try:
            return self.clean(data) != (initial or [])
        except forms.ValidationError:
            return True

    def _row(self, line: str) -> dict:
        texts = [text.strip() for text in line.split("|")]
        if len(texts) != len(self.parts):
            raise forms.ValidationError(
                _("“%(line)s” has %(has)d parts; it needs %(needs)d, divided by |.")
                % {"line": line, "has": len(texts), "needs": len(self.parts)}
            )
        return dict(zip(self.parts, texts, strict=True))


HELP = {
    "facts": gettext_lazy("One a line: title | text"),
    "voices": gettext_lazy("One a line: name | town | what he said | address of the product"),
}
