"""The plan of the house as data, and the inspector that compares the code with it."""

import ast
from dataclasses import dataclass
from pathlib import Path

#: Room → the rooms below it, whose code and tables it may mention.
FLOORS: dict[str, set[str]] = {
    "config": {"shop", "marketing", "orders", "customers", "catalog"},
    "shop": {"marketing", "orders", "customers", "catalog"},
    "marketing": {"orders", "customers", "catalog"},
    "orders": {"customers", "catalog"},
    "customers": set(),
    "catalog": set(),
}
#: What only the counter and the back office may import.
VISITORS = ("django.http", "django.shortcuts", "django.views", "django.contrib.messages", "django_htmx")
#: Signals that hide a business rule from whoever reads the action.
HIDDEN_CAUSES = {"post_save", "pre_save", "post_delete", "pre_delete", "m2m_changed"}


@dataclass(frozen=True)
class Import:
    """One import statement: who imports what, and whether it runs when the module loads."""

    module: str
    target: str
    line: int
    names: frozenset[str]
    at_load: bool


def module_name(root: Path, path: Path) -> str:
    parts = path.relative_to(root).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports_of(root: Path) -> list[Import]:
    """Every import in every room below `root`, migrations aside."""
    found = []
    for room in FLOORS:
        for path in sorted((root / room).rglob("*.py")):
            if "migrations" not in path.parts:
                found += _imports_in(path, module_name(root, path))
    return found


def _imports_in(path: Path, module: str) -> list[Import]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    late = {id(inner) for outer in ast.walk(tree) if _runs_later(outer) for inner in ast.walk(outer)}
    package = module if path.name == "__init__.py" else module.rpartition(".")[0]
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found += [Import(module, a.name, node.lineno, frozenset(), id(node) not in late) for a in node.names]
        elif isinstance(node, ast.ImportFrom):
            base = ".".join(package.split(".")[: len(package.split(".")) - node.level + 1]) if node.level else ""
            target = ".".join(part for part in (base, node.module or "") if part)
            names = frozenset(a.name for a in node.names)
            found.append(Import(module, target, node.lineno, names, id(node) not in late))
    return found


def _runs_later(node: ast.AST) -> bool:
    if isinstance(node, ast.If):
        return isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"
    return isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)


def climbers(imports: list[Import]) -> list[str]:
    """Sentences for imports that go up or sideways."""
    return [
        f"{i.module}:{i.line} imports {i.target}: {i.module.split('.')[0]} may not know that room"
        for i in imports
        if (room := i.target.split(".")[0]) in FLOORS
        and room != i.module.split(".")[0]
        and room not in FLOORS[i.module.split(".")[0]]
    ]


def speakers(imports: list[Import]) -> list[str]:
    """Sentences for code below the counter, the back office aside, that speaks HTTP with visitors."""
    return [
        f"{i.module}:{i.line} imports {i.target}: only shop and admin speak HTTP"
        for i in imports
        if i.module.split(".")[0] not in ("config", "shop")
        and ".admin" not in i.module
        and any(i.target == name or i.target.startswith(name + ".") for name in VISITORS)
    ]


def hidden_causes(imports: list[Import]) -> list[str]:
    """Sentences for business rules hung on model signals."""
    return [
        f"{i.module}:{i.line} listens to {', '.join(sorted(i.names & HIDDEN_CAUSES))}"
        for i in imports
        if i.target == "django.db.models.signals" and i.names & HIDDEN_CAUSES
    ]


def circles(imports: list[Import]) -> list[str]:
    """Modules of ours that import each other in a ring while loading."""
    modules = {i.module for i in imports}
    graph: dict[str, set[str]] = {module: set() for module in modules}
    for i in imports:
        if i.at_load:
            targets = {f"{i.target}.{name}" for name in i.names} | {i.target}
            graph[i.module] |= {
                t for t in targets if t in modules and t != i.module and not i.module.startswith(t + ".")
            }
    return _rings(graph)


def _rings(graph: dict[str, set[str]]) -> list[str]:
    """Names of the modules that remain when all that lead nowhere are taken away, again and again."""
    left = {module: set(targets) for module, targets in graph.items()}
    while ends := {module for module, targets in left.items() if not targets & left.keys()}:
        left = {module: targets for module, targets in left.items() if module not in ends}
    reached = set().union(*left.values()) if left else set()
    return sorted(module for module in left if module in reached)


def upward_keys(models) -> list[str]:
    """Sentences for foreign keys and many-to-many fields that lead up or sideways."""
    found = []
    for model in models:
        room = model._meta.app_label
        for field in [*model._meta.fields, *model._meta.many_to_many]:
            if room in FLOORS and field.is_relation and field.related_model:
                other = field.related_model._meta.app_label
                if other in FLOORS and other != room and other not in FLOORS[room]:
                    found.append(f"{model.__name__}.{field.name} leads from {room} up to {other}")
    return found
