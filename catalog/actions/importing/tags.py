"""Tags by name, whatever their capitals."""

from catalog.actions.importing.texts import code_of, cut
from catalog.actions.importing.vocabulary import fold
from catalog.models import Product, Tag
from catalog.naming import first_free
from catalog.words import languages, words_of


class Tags:
    """All tags, kept in memory for the length of an import; new ones get their rows with `flush`."""

    def __init__(self) -> None:
        self.forget()

    def forget(self) -> None:
        """Read them anew."""
        self._known: dict[str, Tag] = {}
        for tag in Tag.objects.order_by("pk"):
            for name in words_of(tag, "name").values():
                self._known.setdefault(fold(name), tag)
        self._codes = {tag.code for tag in self._known.values()}
        self._new: list[Tag] = []

    def find(self, name: str) -> Tag:
        """The tag of that name; without a primary key while it is new."""
        name = cut(name, 60)
        tag = self._known.get(fold(name))
        if tag is None:
            code = first_free(code_of(name, 50), self._codes)
            tag = self._known[fold(name)] = Tag(code=code, name=name, **{f"name_{languages()[0]}": name})
            self._codes.add(code)
            self._new.append(tag)
        return tag

    def flush(self) -> None:
        """Make the rows of the new ones."""
        Tag.objects.bulk_create(self._new, batch_size=500)
        self._new = []


def write(told: dict[int, list[Tag]]) -> None:
    """Give each of these products exactly these tags."""
    through = Product.tags.through
    through.objects.filter(product_id__in=told).delete()
    rows = [through(product_id=pk, tag_id=tag.pk) for pk, tags in told.items() for tag in tags]
    through.objects.bulk_create(rows, batch_size=500, ignore_conflicts=True)
