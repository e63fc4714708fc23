"""What a picture is asked to show."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

VIEWS = ("front", "detail", "scale")


@dataclass(frozen=True)
class PictureSpec:
    """One picture of one thing. The same spec always gives the same picture."""

    shape: str
    colour: str = "#c9beb0"
    second: str | None = None
    material: str = ""
    backdrop: str = "#e9e2d6"
    view: str = "front"
    seed: int = 0
    params: Mapping[str, Any] | tuple[tuple[str, Any], ...] = field(default_factory=tuple)

    def param(self, name: str, default: Any) -> Any:
        """The parameter of this name, or the shape's own default."""
        return dict(self.params).get(name, default)
