"""What Stripe answers when it says no."""


class Refused(Exception):
    """The API refuses a call.

    `kept` says whether the refusal is remembered for the idempotency key: what went wrong while acting is,
    parameters that never passed the door are not.
    """

    def __init__(
        self,
        message: str,
        *,
        param: str | None = None,
        code: str | None = None,
        status: int = 400,
        type: str = "invalid_request_error",
        kept: bool = False,
    ):
        super().__init__(message)
        self.status = status
        self.kept = kept
        self.details = {"code": code, "message": message, "param": param, "type": type}

    @property
    def body(self) -> dict:
        """The JSON answer; absent details are left out, as Stripe does."""
        return {"error": {name: value for name, value in self.details.items() if value is not None}}


def missing(kind: str, id: str, param: str | None = None) -> Refused:
    """There is no such object."""
    message = f"No such {kind}: '{id}'"
    return Refused(message, param=param or kind.split(".")[-1], code="resource_missing", status=404)


OUTAGES = {
    409: (
        "idempotency_error",
        "idempotency_key_in_use",
        "There is currently another in-progress request using this key.",
    ),
    429: ("invalid_request_error", "rate_limit", "Too many requests hit the API too quickly."),
}


def outage(status: int) -> Refused:
    """An answer of a Stripe that is busy or broken."""
    type, code, message = OUTAGES.get(status, ("api_error", None, "An unknown error occurred."))
    return Refused(message, code=code, status=status, type=type)
