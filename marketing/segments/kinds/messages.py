"""Whether something was written to somebody, and whether he followed it."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marketing.models import Message, Profile
from marketing.segments.found import Found
from marketing.segments.kind import Around, Kind, declare
from marketing.segments.kinds.shared import times
from marketing.segments.params import Pick, When, bounds
from marketing.segments.people import MESSAGES

SENT, CLICKED = "sent", "clicked"


def _found(values, around: Around) -> Found:
    column = "handed_over_at" if values["what"] == SENT else "clicked_at"
    rows = Message.objects.order_by().filter(
        handed_over_at__isnull=False, **bounds(values["when"], around.now).lookups(column)
    )
    if around.among is not None:
        rows = rows.filter(address__in=Profile.objects.filter(pk__in=around.among).values("email"))
    return Found(Found.by(email__in=rows.values("address")).q, None, False)


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
