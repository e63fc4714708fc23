"""Which column is what: a list of choices beside each column, and how the file is to be read."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.widgets import UnfoldAdminSelectWidget, UnfoldAdminTextInputWidget

from catalog.actions.importing import mapping as mappings
from catalog.actions.importing import targets
from catalog.actions.importing.amounts import GRAMS
from catalog.actions.importing.faults import Unreadable
from catalog.actions.importing.guessing import guess
from catalog.actions.importing.sketch import Sketch, decimal_of
from catalog.models import Location, Product

SETTINGS = ("decimal", "weight_unit", "description", "without_price", "category_separator", "list_separator", "source")


class MappingForm(forms.Form):
    decimal = forms.ChoiceField(
        label=gettext_lazy("Decimals stand after"),
        choices=[(".", gettext_lazy("a point: 12.50")), (",", gettext_lazy("a comma: 12,50"))],
        widget=UnfoldAdminSelectWidget,
    )
    weight_unit = forms.ChoiceField(
        label=gettext_lazy("Weights are in"), choices=[(unit, unit) for unit in GRAMS], widget=UnfoldAdminSelectWidget
    )
    description = forms.ChoiceField(
        label=gettext_lazy("Descriptions are"),
        choices=[("text", gettext_lazy("plain text")), ("html", "HTML")],
        widget=UnfoldAdminSelectWidget,
    )
    without_price = forms.ChoiceField(
        label=gettext_lazy("What has no price is"),
        choices=[("refuse", gettext_lazy("refused")), ("draft", gettext_lazy("kept as a draft"))],
        widget=UnfoldAdminSelectWidget,
    )
    category_separator = forms.CharField(
        label=gettext_lazy("Between the steps of a category path"),
        max_length=8,
        strip=False,
        initial=" > ",
        widget=UnfoldAdminTextInputWidget,
    )
    list_separator = forms.CharField(
        label=gettext_lazy("Between several values of one attribute"),
        max_length=3,
        initial="|",
        widget=UnfoldAdminTextInputWidget,
    )
    source = forms.CharField(
        label=gettext_lazy("Where the file comes from"),
        max_length=40,
        initial="csv",
        help_text=gettext_lazy("A short name. Two suppliers may then both have a product 1."),
        widget=UnfoldAdminTextInputWidget,
    )
    status = forms.ChoiceField(
        label=gettext_lazy("New products are"), choices=Product.Status.choices, widget=UnfoldAdminSelectWidget
    )
    stock = forms.IntegerField(
        label=gettext_lazy("Stock of new goods when the file says none"),
        min_value=0,
        max_value=1_000_000,
        required=False,
        widget=UnfoldAdminTextInputWidget,
    )
    overwrite = forms.BooleanField(
        label=gettext_lazy("Category, kind and address of goods that are here follow the file too"), required=False
    )
    keep_as = forms.CharField(
        label=gettext_lazy("Keep these answers as"),
        max_length=80,
        required=False,
        help_text=gettext_lazy("The next file with the same columns is then read without questions."),
        widget=UnfoldAdminTextInputWidget,
    )

    def __init__(self, seen: Sketch, known: dict | None, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.seen, self.known = seen, known or {}
        self.fields["status"].initial = Product.Status.PUBLISHED
        self.fields["decimal"].initial = decimal_of(seen.rows)
        locations = list(Location.objects.values_list("name", flat=True)[:50])
        answers = _answers(known, seen) if known else guess(seen.titles, seen.rows, seen.has_header)
        for place, title in enumerate(seen.titles):
            self.fields[f"column_{place}"] = forms.ChoiceField(
                label=title,
                required=False,
                choices=_choices(title, locations, answers[place]),
                initial=answers[place],
                widget=UnfoldAdminSelectWidget,
            )
        if known:
            self._remember(known)

    def _remember(self, known: dict) -> None:
        for name in SETTINGS:
            if name in known:
                self.fields[name].initial = known[name]
        self.fields["overwrite"].initial = known.get("overwrite", False)
        for name in ("status", "stock"):
            if name in known.get("defaults", {}):
                self.fields[name].initial = known["defaults"][name]

    def columns(self) -> list[dict]:
        """Each column with its field and what stands in it."""
        return [
            {"title": title, "field": self[f"column_{place}"], "samples": self.seen.samples[place]}
            for place, title in enumerate(self.seen.titles)
        ]

    def settings(self) -> list:
        """The fields below the columns."""
        return [self[name] for name in (*SETTINGS, "status", "stock")]

    def clean(self) -> dict:
        told = super().clean()
        columns: dict[str, str] = {}
        for place, column in enumerate(self.seen.columns):
            target = told.get(f"column_{place}")
            if target and target in columns:
                self.add_error(f"column_{place}", _("Another column is that already."))
            elif target:
                columns[target] = column
        if self.errors:
            return told
        # What a file of JSON said and this page does not ask.
        columns |= {name: column for name, column in self.known.get("columns", {}).items() if "{" in str(column)}
        defaults = {name: told[name] for name in ("status", "stock") if told.get(name) not in (None, "")}
        told["mapping"] = {
            **{name: told[name] for name in SETTINGS},
            "columns": columns,
            "defaults": {**self.known.get("defaults", {}), **defaults},
            "overwrite": told["overwrite"],
            "header": self.seen.has_header,
            "tab": self.seen.tab,
        }
        try:
            mappings.of(told["mapping"])
        except Unreadable as fault:
            self.add_error(None, str(fault))
        return told


def _answers(known: dict, seen: Sketch) -> list[str]:
    """The targets that were said before."""
    said = {mappings.name_of(str(column)): targets.canonical(name) for name, column in known["columns"].items()}
    for part in ("attributes", "options"):
        said |= {mappings.name_of(str(column)): f"{part[:-1]}:{name}" for name, column in known.get(part, {}).items()}
    return [said.get(column) or "" for column in seen.columns]


def _choices(title: str, locations: list[str], answer: str) -> list:
    groups = [(name, [(c.target, c.label) for c in choices]) for name, choices in targets.groups(title, locations)]
    known = {target for _name, choices in groups for target, _label in choices}
    more = [(answer, answer)] if answer and answer not in known else []
    return [("", targets.NOTHING), *more, *groups]
