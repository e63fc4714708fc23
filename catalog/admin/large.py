"""What lists need that may have a million rows."""

from django.core.paginator import Page, Paginator
from django.utils.functional import cached_property


class PagesByKey(Paginator):
    """Finds which rows stand on a page before it reads them: what is passed over on the way there is not read."""

    def page(self, number) -> Page:
        number = self.validate_number(number)
        first = (number - 1) * self.per_page
        keys = list(self.object_list.values_list("pk", flat=True)[first : first + self.per_page])
        return self._get_page(self.object_list.filter(pk__in=keys), number, self)


class FirstPages(PagesByKey):
    """Counts and shows no more rows than somebody would turn pages for: `is_cut` tells that there are others."""

    MOST = 10_000

    @cached_property
    def count(self) -> int:
        return min(self._found, self.MOST)

    @property
    def is_cut(self) -> bool:
        return self._found > self.MOST

    @cached_property
    def _found(self) -> int:
        return self.object_list.order_by().values("pk")[: self.MOST + 1].count()
