"""Brands by name, whatever its capitals."""

from catalog.actions.importing.texts import code_of, cut
from catalog.actions.importing.vocabulary import fold
from catalog.models import Brand
from catalog.naming import first_free


class Brands:
    """All brands, kept in memory for the length of an import; new ones get their rows with `flush`."""

    def __init__(self) -> None:
        self.forget()

    def forget(self) -> None:
        """Read them anew."""
        self._known: dict[str, Brand] = {}
        for brand in Brand.objects.order_by("pk"):
            self._known.setdefault(fold(brand.name), brand)
        self._slugs = {brand.slug for brand in self._known.values()}
        self._new: list[Brand] = []

    def find(self, name: str) -> Brand:
        """The brand of that name; without a primary key while it is new."""
        name = cut(name, 120)
        brand = self._known.get(fold(name))
        if brand is None:
            slug = first_free(code_of(name, 120), self._slugs)
            brand = self._known[fold(name)] = Brand(name=name, slug=slug)
            self._slugs.add(slug)
            self._new.append(brand)
        return brand

    def flush(self) -> None:
        """Make the rows of the new ones."""
        Brand.objects.bulk_create(self._new, batch_size=500)
        self._new = []
