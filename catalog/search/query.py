"""What is asked of an engine, whichever it is."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Query:
    """Groups of alternatives: each group must be met (`every`), or any. An alternative is terms that stand together
    in a product, in whatever order. A beginning stands for all that begins so.
    """

    groups: tuple[tuple[tuple["Term", ...], ...], ...]
    every: bool = True
    in_title: bool = False


@dataclass(frozen=True)
class Term:
    token: str
    is_beginning: bool = field(default=False)
