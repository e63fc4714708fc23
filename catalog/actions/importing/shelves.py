"""Categories by name or by path, made where they are missing."""

from django.utils.translation import gettext as _

from catalog import revision
from catalog.actions.importing.faults import Unreadable
from catalog.actions.importing.texts import code_of, cut, plain
from catalog.actions.importing.vocabulary import fold
from catalog.models import Category
from catalog.naming import first_free
from catalog.words import languages, words_of


class Shelves:
    """The tree of categories; what is new stands below `root`, or else below a category called "Imported"."""

    def __init__(self, root_slug: str = "") -> None:
        self._root_slug = root_slug
        if root_slug and not Category.objects.filter(slug=root_slug).exists():
            raise Unreadable(_("There is no category “%(slug)s”.") % {"slug": root_slug})
        self.forget()

    def forget(self) -> None:
        """Read the tree anew."""
        self._anywhere: dict[str, int] = {}
        self._below: dict[tuple[int, str], int] = {}
        self._names: dict[int, str] = {}
        self._slugs: set[str] = set()
        parents: dict[str, int] = {}
        for row in Category.objects.order_by("path"):
            parents[row.path] = row.pk
            self._remember(row, parents.get(row.path[: -Category.steplen]))
        self._root: int | None = None

    def _remember(self, row: Category, parent: int | None) -> None:
        self._slugs.add(row.slug)
        above = f"{self._names[parent]} > " if parent else ""
        self._names[row.pk] = above + words_of(row, "name")[languages()[0]]
        self._anywhere.setdefault(row.slug, row.pk)
        for name in words_of(row, "name").values():
            self._anywhere.setdefault(fold(name), row.pk)
            self._below.setdefault((parent or 0, fold(name)), row.pk)

    def names(self, pk: int) -> str:
        """The names from the top down to that category."""
        return self._names.get(pk, "")

    def find(self, told: str, separator: str) -> int | None:
        """The category that a file calls so; None when it would have to be made."""
        names = _parts(told, separator)
        pk = self._first(names[0]) if names else None
        for name in names[1:]:
            pk = self._below.get((pk, fold(name))) if pk is not None else None
        return pk

    def _first(self, name: str) -> int | None:
        top = self._below.get((0, fold(name)))
        return top if top is not None else self._anywhere.get(fold(name))

    def place(self, told: str, separator: str) -> int:
        """The primary key of the category that a file calls so: a slug, a name, or names from the top down."""
        names = _parts(told, separator)
        if not names:
            return self._default()
        first = self._first(names[0])
        pk = first if first is not None else self._make(names[0], self._default())
        for name in names[1:]:
            below = self._below.get((pk, fold(name)))
            pk = below if below is not None else self._make(name, pk)
        return pk

    def _default(self) -> int:
        if self._root is None:
            known = self._anywhere.get(self._root_slug or "imported")
            self._root = known if known is not None else self._make("Imported", None)
        return self._root

    def _make(self, name: str, parent: int | None) -> int:
        slug = first_free(code_of(name, 120), self._slugs)
        fields = {"slug": slug, "name": name, f"name_{languages()[0]}": name}
        if parent is None:
            row = Category.objects.add_root(fields)
        else:
            row = Category.objects.add_child(Category.objects.get(pk=parent), fields)
        self._remember(row, parent)
        revision.renew()
        return row.pk


def _parts(told: str, separator: str) -> list[str]:
    return [cut(name, 120) for part in told.split(separator) if (name := plain(part))]
