"""Between two days: for lists that may have a million rows, of which an index finds those days."""

from datetime import date, datetime, time, timedelta

from django.contrib import admin
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db.models import DateTimeField
from django.utils.timezone import make_aware
from unfold.contrib.filters.admin import RangeDateFilter
from unfold.contrib.filters.forms import RangeDateForm

FIRST, LAST = date(1970, 1, 1), date(2200, 1, 1)


class DayRangeForm(RangeDateForm):
    """Two days, each of which may be left out."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.validators += [MinValueValidator(FIRST), MaxValueValidator(LAST)]
            field.widget.attrs["aria-label"] = field.widget.attrs["placeholder"]


class DayRange(RangeDateFilter):
    """The days of the shop, both included; what is no day is told beside the field and does not narrow."""

    form_class = DayRangeForm

    def __init__(self, field, *args, **kwargs) -> None:
        super().__init__(field, *args, **kwargs)
        self.has_time = isinstance(field, DateTimeField)

    def queryset(self, request, queryset):
        form = self.form_class(name=self.parameter_name, data=self.used_parameters)
        form.is_valid()
        first, last = (form.cleaned_data.get(name) for name in self.expected_parameters())
        if first:
            queryset = queryset.filter(**{f"{self.field_path}__gte": self._begin(first)})
        if last:
            queryset = queryset.filter(**{f"{self.field_path}__lt": self._begin(last + timedelta(days=1))})
        return queryset

    def _begin(self, day: date) -> date | datetime:
        return make_aware(datetime.combine(day, time())) if self.has_time else day


def by_day(field: str) -> tuple[str, type[admin.FieldListFilter]]:
    """For `list_filter`, on a class with `list_filter_submit`."""
    return field, DayRange
