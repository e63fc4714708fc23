"""The tree of categories as visitors see it: read in one query for each state of the catalogue."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Count

from catalog import memo, revision
from catalog.models import Category, Listing
from catalog.words import Words, languages, say, words_of


@dataclass(slots=True)
class Node:
    """A public category; `count` is how many listed products it and everything below it have."""

    pk: int
    path: str
    slug: str
    words: Words
    image: str
    count: int = 0
    parent: "Node | None" = field(default=None, repr=False)
    children: list["Node"] = field(default_factory=list, repr=False)

    def name_in(self, language: str) -> str:
        return say(self.words, language)


@dataclass(frozen=True, slots=True)
class Link:
    """A category in a menu or a breadcrumb, in the words of one reader."""

    pk: int
    slug: str
    name: str
    count: int
    image: str
    children: tuple["Link", ...] = ()


def tree(language: str, state: str | None = None) -> tuple[Link, ...]:
    """The whole menu: roots with their children below them. Kept; do not change."""
    state = revision.current() if state is None else state
    return memo.remember(
        ("menu", state, language),
        lambda: tuple(_link(node, language, deep=True) for node in _nodes(state).values() if not node.parent),
    )


def breadcrumb(category: Category, language: str, state: str | None = None) -> list[Link]:
    """From the root to this category itself."""
    state = revision.current() if state is None else state
    trail, node = [], _nodes(state).get(category.path)
    while node:
        trail.insert(0, _link(node, language))
        node = node.parent
    return trail


def children(category: Category, language: str, state: str | None = None) -> list[Link]:
    """The categories directly below this one that have something to show."""
    state = revision.current() if state is None else state
    node = _nodes(state).get(category.path)
    return [_link(child, language) for child in node.children if child.count] if node else []


def all_links(language: str, state: str) -> tuple[Link, ...]:
    """Every public category, from root to leaf."""
    return memo.remember(
        ("links", state, language), lambda: tuple(_link(node, language) for node in _nodes(state).values())
    )


def _link(node: Node, language: str, deep: bool = False) -> Link:
    below = tuple(_link(child, language, deep) for child in node.children) if deep else ()
    return Link(node.pk, node.slug, node.name_in(language), node.count, node.image, below)


def _nodes(state: str) -> dict[str, Node]:
    """Public categories by path; what hangs below a hidden one is hidden too."""
    return memo.remember(("categories", state), _read, len)


def _read() -> dict[str, Node]:
    nodes: dict[str, Node] = {}
    for category in Category.objects.filter(is_public=True).order_by("path"):
        parent = nodes.get(category.path[: -Category.steplen])
        if category.depth > 1 and parent is None:
            continue
        image = category.image.url if category.image else ""
        node = Node(category.pk, category.path, category.slug, words_of(category, "name"), image, parent=parent)
        nodes[category.path] = node
        if parent:
            parent.children.append(node)
    _add_counts(nodes)
    return nodes


def _add_counts(nodes: dict[str, Node]) -> None:
    rows = Listing.objects.order_by().values_list("category_path").annotate(Count("pk"))
    for path, count in rows:
        node = nodes.get(path)
        while node:
            node.count += count
            node = node.parent


def names_by_path(language: str) -> dict[str, str]:
    """The name of every category, hidden ones too, in one query: for words such as "Table › Cups"."""
    columns = [f"name_{code.replace('-', '_')}" for code in languages()]
    rows = Category.objects.order_by("path").values_list("path", *columns)
    return {
        path: say(dict(zip(languages(), (name or "" for name in names), strict=True)), language)
        for path, *names in rows
    }


def below_each(paths: Iterable[str]) -> dict[str, set[int]]:
    """The keys of each of these categories and of all below it; one query, none without a category."""
    paths = set(paths)
    if not paths:
        return {}
    rows = list(Category.objects.values_list("pk", "path"))
    return {path: {pk for pk, other in rows if other.startswith(path)} for path in paths}
