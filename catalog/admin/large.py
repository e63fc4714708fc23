"""What lists need that may have a million rows."""

from django.core.paginator import Page, Paginator


class PagesByKey(Paginator):
    """Finds which rows stand on a page before it reads them: what is passed over on the way there is not read."""

    def page(self, number) -> Page:
        number = self.validate_number(number)
        first = (number - 1) * self.per_page
        keys = list(self.object_list.values_list("pk", flat=True)[first : first + self.per_page])
        return self._get_page(self.object_list.filter(pk__in=keys), number, self)
