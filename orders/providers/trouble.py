"""What may go wrong with a provider."""


class Unavailable(Exception):
    """No usable answer: what was asked for may have been done or not.

    `answered` is true when the provider itself spoke of a fault of its own; it repeats that for the same key.
    """

    def __init__(self, message: str, answered: bool = False) -> None:
        super().__init__(message)
        self.answered = answered


class Refused(Exception):
    """The provider said no, and nothing was done; `param` and `code` name the cause where it does."""

    def __init__(self, message: str, param: str = "", code: str = "") -> None:
        super().__init__(message)
        self.param, self.code = param, code


class NotGenuine(Exception):
    """The provider did not send this, or not now, or it makes no sense."""
