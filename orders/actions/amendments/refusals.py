"""Why an order is not changed. Nothing has changed then."""


class NotAmendable(Exception):
    """The order is not placed, or nothing of it is left to change."""


class ChangedMeanwhile(NotAmendable):
    """Somebody changed it since the person looked; a form sent twice ends here too."""


class IsPaid(NotAmendable):
    """A card holds less than the order would come to: take its money first, then what is added is asked for."""


class IsSettled(NotAmendable):
    """Another payment is on its way than the one that the order waits for: first that, then the change."""


class IsWaiting(NotAmendable):
    """What was added before is not paid yet: first that, or take it back."""


class AboveLimit(NotAmendable):
    """The customer would owe more on account than was agreed: `limit` and `owes` after the change, in minor units."""

    def __init__(self, order_id: int, limit: int, owes: int) -> None:
        super().__init__(order_id, limit, owes)
        self.limit, self.owes = limit, owes


class TaxWouldChange(NotAmendable):
    """At the new address other tax is due: it has to be ordered anew."""


class NothingToChange(NotAmendable):
    """All stays as it is."""


class NotSold(NotAmendable):
    """What was to be added is not sold in this way: not at all, not in the currency, or it asks its buyer something."""


class NotDelivered(NotAmendable):
    """Nothing goes there in that way, or the address lacks what a parcel needs."""


class TooFewPieces(NotAmendable):
    """A line cannot become shorter than what was sent of it; `least` is what is possible."""

    def __init__(self, line_id: int, least: int) -> None:
        super().__init__(line_id, least)
        self.line_id, self.least = line_id, least
