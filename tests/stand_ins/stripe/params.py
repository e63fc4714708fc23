"""Reading the parameters of a call, with the refusals Stripe gives for bad ones."""

import re
from urllib.parse import urlsplit

from .errors import Refused


class Params:
    """A level of nested parameters that knows its own name, such as `line_items[0]`, for messages."""

    def __init__(self, values, path: str = ""):
        if not isinstance(values, dict):
            raise Refused("Invalid object", param=path or None)
        self.values = values
        self.path = path

    def named(self, name: str) -> str:
        """The full name of a parameter of this level."""
        return f"{self.path}[{name}]" if self.path else name

    def only(self, *names: str) -> None:
        """Refuse parameters that are none of these."""
        for name in self.values:
            if name not in names:
                full = self.named(name)
                raise Refused(f"Received unknown parameter: {full}", param=full, code="parameter_unknown")

    def text(self, name: str, *, required: bool = False, longest: int = 5000) -> str | None:
        """A string; None when it was not sent."""
        value = self.values.get(name)
        full = self.named(name)
        if value is None:
            if required:
                raise Refused(f"Missing required param: {full}.", param=full, code="parameter_missing")
            return None
        if not isinstance(value, str):
            raise Refused(f"Invalid string: {value}", param=full)
        if not value:
            raise Refused(_EMPTY.format(full), param=full, code="parameter_invalid_empty")
        if len(value) > longest:
            message = f"Invalid string: must be at most {longest} characters"
            raise Refused(message, param=full, code="parameter_invalid_string_length")
        return value

    def integer(self, name: str, *, required: bool = False, least: int = 0) -> int | None:
        """A whole number of at least `least`; None when it was not sent."""
        value = self.text(name, required=required)
        if value is None:
            return None
        full = self.named(name)
        if not re.fullmatch(r"-?\d{1,15}", value):
            raise Refused(f"Invalid integer: {value}", param=full, code="parameter_invalid_integer")
        if int(value) < least:
            message = f"This value must be greater than or equal to {least}."
            raise Refused(message, param=full, code="parameter_invalid_integer")
        return int(value)

    def choice(self, name: str, options: tuple[str, ...], *, required: bool = False) -> str | None:
        """One of some words; None when it was not sent."""
        value = self.text(name, required=required)
        if value is not None and value not in options:
            full = self.named(name)
            raise Refused(f"Invalid {full}: must be one of {', '.join(options)}", param=full)
        return value

    def address(self, name: str, *, required: bool = False) -> str | None:
        """A web address; None when it was not sent."""
        value = self.text(name, required=required)
        if value is not None and (urlsplit(value).scheme not in ("http", "https") or not urlsplit(value).netloc):
            raise Refused("Not a valid URL", param=self.named(name), code="url_invalid")
        return value

    def email(self, name: str) -> str | None:
        """A mail address; None when it was not sent."""
        value = self.text(name, longest=800)
        if value is not None and not re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s.]+", value):
            raise Refused(f"Invalid email address: {value}", param=self.named(name), code="email_invalid")
        return value

    def metadata(self) -> dict:
        """The notes of the caller: up to 50 of them, names up to 40 characters, values up to 500."""
        notes = self.inner("metadata")
        if len(notes.values) > 50:
            raise Refused("You can only have up to 50 keys in metadata.", param=notes.path)
        for name in notes.values:
            if len(name) > 40:
                raise Refused("Metadata keys must be at most 40 characters.", param=notes.path)
        # An empty value would delete the note; a new object has none to delete.
        return {name: notes.text(name, longest=500) for name, value in notes.values.items() if value != ""}

    def inner(self, name: str) -> "Params":
        """The level below; empty when it was not sent."""
        return Params(self.values.get(name) or {}, self.named(name))

    def each(self, name: str) -> list["Params"]:
        """The levels of a list; empty when it was not sent."""
        values = self.values.get(name) or []
        if not isinstance(values, list):
            raise Refused("Invalid array", param=self.named(name))
        return [Params(value, f"{self.named(name)}[{at}]") for at, value in enumerate(values)]

    def words(self, name: str) -> list[str]:
        """A list of strings; empty when it was not sent."""
        values = self.values.get(name) or []
        if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
            raise Refused("Invalid array", param=self.named(name))
        return values


_EMPTY = (
    "You passed an empty string for '{0}'. We assume empty values are an attempt to unset a parameter; "
    "however '{0}' cannot be unset. You should remove '{0}' from your request or supply a non-empty value."
)
