"""Nested names in forms: `line_items[0][price_data][currency]=eur` and back to dicts and lists."""

import re
from urllib.parse import parse_qsl

from .errors import Refused


def decode(encoded: str) -> dict:
    """The nested values of a form body or a query string. Raises Refused when names contradict each other."""
    tree: dict = {}
    for name, value in parse_qsl(encoded, keep_blank_values=True):
        _put(tree, _steps(name), value, name)
    return _lists(tree)


def _steps(name: str) -> list[str]:
    head, _, rest = name.partition("[")
    return [head, *re.findall(r"\[?([^\[\]]*)\]", rest)]


def _put(tree: dict, steps: list[str], value: str, name: str) -> None:
    for step in steps[:-1]:
        tree = tree.setdefault(step, {})
        if not isinstance(tree, dict):
            raise Refused(f"Invalid request: {name} is given both as a value and as a hash.", param=name)
    # `types[]=a&types[]=b` appends.
    last = steps[-1] or str(len(tree))
    tree[last] = value


def _lists(value, name: str = ""):
    if not isinstance(value, dict):
        return value
    value = {key: _lists(inner, key) for key, inner in value.items()}
    # The names of metadata are the caller's own, digits included.
    if name not in ("", "metadata") and value and all(key.isdigit() for key in value):
        return [value[key] for key in sorted(value, key=int)]
    return value
