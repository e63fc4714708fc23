"""The tree of categories on one page: drawn from one query, moved by mouse, by keys and by plain buttons."""

from dataclasses import dataclass

from django.contrib import messages
from django.core.cache import caches
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Count
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from catalog.actions import categories
from catalog.admin.choices import choices, is_short
from catalog.models import Category, Product
from catalog.queries.navigation import names_by_path
from catalog.rules.fields import CATEGORY

# A larger tree is shown folded.
OPEN = 60
UNDO = "category-move"
PROGRESS = "category-move-progress"


@dataclass(frozen=True, slots=True)
class Node:
    pk: int
    path: str
    name: str
    is_public: bool
    goods: int


def show(request, model_admin):
    """The page; a POST moves something."""
    if not model_admin.has_change_permission(request):
        raise PermissionDenied
    if request.method == "POST" and request.POST.get("do") != "look":
        return _press(request)
    chosen, find = _number(_said(request, "node")), _said(request, "find")[:80]
    nodes = _nodes()
    context = {
        **model_admin.admin_site.each_context(request),
        "title": _("Tree of categories"),
        "opts": model_admin.opts,
        "tree": draw(nodes, chosen),
        "number": len(nodes),
        "targets": choices(CATEGORY, find),
        "is_searched": not is_short(CATEGORY),
        "find": find,
        "undo": request.session.get(UNDO),
        "progress": caches["shared"].get(PROGRESS),
    }
    return render(request, "office/category-tree.html", context)


def _said(request, name: str) -> str:
    return request.POST.get(name) or request.GET.get(name, "")


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 15 else None


def _nodes() -> list[Node]:
    """Everything in two queries, however large the tree is."""
    names = names_by_path(get_language() or "en")
    rows = Category.objects.order_by("path").values_list("pk", "path", "is_public")
    published = Product.objects.published().order_by().values_list("category")
    goods = dict(published.annotate(Count("pk")))
    return [Node(pk, path, names.get(path, ""), public, goods.get(pk, 0)) for pk, path, public in rows]


def draw(nodes: list[Node], chosen: int | None) -> SafeString:
    """Nested lists; what leads to the chosen one is open. Not written by a template: there may be thousands."""
    step = Category.steplen
    parents = {node.path[:-step] for node in nodes}
    marked = next((node.path for node in nodes if node.pk == chosen), "")
    written, depth = [], 0
    for node in nodes:
        level = len(node.path) // step
        written.append("</ul></details></li>" * (depth - level))
        written.append(_row(node, node.pk == chosen))
        has_more = node.path in parents
        if has_more:
            is_open = len(nodes) <= OPEN or marked.startswith(node.path)
            label = _("below %(name)s") % {"name": node.name}
            opened = mark_safe(" open") if is_open else ""
            written.append(format_html("<details{}><summary>{}</summary><ul>", opened, label))
        else:
            written.append("</li>")
        depth = level + has_more
    written.append("</ul></details></li>" * (depth - 1))
    return mark_safe("".join(written))  # noqa: S308 - each part was escaped


def _row(node: Node, is_chosen: bool) -> str:
    return format_html(
        '<li id="n{0}"><div class="office-node" data-node="{0}"><label><input type="radio" name="node" value="{0}"{1}>'
        '<span>{2}</span></label>{3}<a href="{4}">{5}</a></div>',
        node.pk,
        mark_safe(" checked") if is_chosen else "",
        node.name or "?",
        _notes(node),
        reverse("admin:catalog_category_change", args=[node.pk]),
        _("edit"),
    )


def _notes(node: Node) -> SafeString:
    hidden = format_html(" <em>{}</em>", _("hidden")) if not node.is_public else ""
    goods = format_html(" <small>{}</small>", node.goods) if node.goods else ""
    return format_html("{}{}", goods, hidden)


def _press(request):
    node, verb = _number(request.POST.get("node", "")), request.POST.get("do", "")
    if verb == "undo":
        told = request.session.pop(UNDO, None)
        return _move(request, *told["back"], is_undo=True) if told else redirect("admin:catalog_category_tree")
    if node is None:
        messages.warning(request, _("Choose a category first."))
        return redirect("admin:catalog_category_tree")
    if verb == "to":
        place = request.POST.get("place", "")
        place = place if place in categories.PLACES else categories.INSIDE
        return _move(request, node, _number(request.POST.get("target", "")), place)
    where = _neighbour(node, verb)
    if where is None:
        messages.info(request, _("It cannot go further that way."))
        return redirect(_back(node))
    return _move(request, node, *where)


def _neighbour(node: int, verb: str) -> tuple[int | None, str] | None:
    """Up, down, in and out as a place beside another."""
    row = Category.objects.filter(pk=node).first()
    if row is None:
        return None
    beside = {"up": row.get_prev_sibling, "in": row.get_prev_sibling, "down": row.get_next_sibling}
    other = row.get_parent() if verb == "out" else beside.get(verb, lambda: None)()
    places = {"up": categories.BEFORE, "down": categories.AFTER, "in": categories.INSIDE, "out": categories.AFTER}
    return (other.pk, places[verb]) if other else None


def _move(request, node: int, target: int | None, place: str, is_undo: bool = False):
    try:
        moved = categories.move(node, target, place)
    except categories.Cycle:
        messages.error(request, _("A category cannot hang below itself. Nothing was moved."))
        return redirect(_back(node))
    except categories.NoSuchCategory:
        messages.error(request, _("One of the two categories is gone. Nothing was moved."))
        return redirect("admin:catalog_category_tree")
    name = str(Category.objects.get(pk=node))
    if not is_undo:
        request.session[UNDO] = {"name": name, "back": [node, moved.back_to, moved.back_place]}
    _follow(request, moved)
    words = ngettext(
        "“%(name)s” was moved, with %(number)d product.",
        "“%(name)s” was moved, with %(number)d products.",
        moved.products,
    )
    messages.success(request, words % {"name": name, "number": moved.products})
    return redirect(_back(node))


def _follow(request, moved: categories.Moved) -> None:
    from catalog.tasks import follow_category  # the tasks know the actions

    if moved.products <= categories.AT_ONCE:
        categories.catch_up(moved.node)
        return
    transaction.on_commit(lambda: follow_category.apply_async([moved.node], retry=False), robust=True)
    messages.info(request, _("Lists know the new place. Search and collections follow in the background."))


def _back(node: int) -> str:
    return f"{reverse('admin:catalog_category_tree')}?node={node}#n{node}"
