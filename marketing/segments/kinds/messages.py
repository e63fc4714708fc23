"""Whether something was written to somebody, and whether he followed it."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marketing.models import Message
from marketing.segments.found import Found
from marketing.segments.kind import Around, Kind, declare
from marketing.segments.kinds.shared import times
from marketing.segments.params import Pick, When, bounds
from marketing.segments.people import MESSAGES

SENT, CLICKED = "sent", "clicked"


def _found(values, around: Around) -> Found:
    column = "handed_over_at" if values["what"] == SENT else "clicked_at"
    span = bounds(values["when"], around.now).lookups(column)
    rows = around.narrow(Message.objects.order_by().filter(profile__isnull=False, handed_over_at__isnull=False, **span))
    return Found.among(rows.values("profile"))


def _number(values, asked) -> int:
    span = bounds(values["when"], asked.now)
    return sum(span.holds(at) for at in (asked.person.sent if values["what"] == SENT else asked.person.clicked))


declare(
    Kind(
        "message", gettext_lazy("Messages"), gettext_lazy("Message"),
        (
            Pick("what", gettext_lazy("What"), lambda: [(SENT, _("was sent")), (CLICKED, _("was clicked"))]),
            When("when", gettext_lazy("when")),
        ),
        sql=_found,
        seen=_number,
        holds=lambda values, number: number > 0,
        say=lambda values, number: times(number),
        needs=frozenset({MESSAGES}),
    )
)  # fmt: skip
