"""What may come of handing a message to who carries it, beside success.

They are answered differently: it was surely not taken and may be tried again (`NotNow`), it will never be taken
(`Refused`), or nobody knows (`Unanswered`).
"""


class NotNow(Exception):
    """It was not taken, and may be later."""


class Away(NotNow):
    """Nobody could be reached, or does not let us in: no message of ours is to blame."""


class Refused(Exception):
    """It cannot be sent, now or later."""


class Unanswered(Exception):
    """The connection broke while it was being handed over: it may have been taken, or not."""
