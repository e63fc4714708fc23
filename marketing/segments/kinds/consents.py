"""What somebody agreed to, channel by channel, and whether we may write to him."""

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from customers.models import Consent, Suppression
from marketing.models import Profile
from marketing.segments.found import Found, all_of, none_of
from marketing.segments.kind import Around, Kind, declare
from marketing.segments.params import Pick
from marketing.segments.people import CONSENT

CONSENTS = gettext_lazy("Consent")
NEVER, YES, NO = "never", "yes", "no"


def channels() -> list[tuple[str, str]]:
    """The ways to write to people; what happens on the website needs no address."""
    return [(code, str(label)) for code, label in Consent.Channel.choices if code != Consent.Channel.WEB]


def _said(channel: str, around: Around):
    said = Consent.objects.filter(
        purpose=Consent.Purpose.MARKETING, channel=channel, created_at__lte=around.now
    ).order_by()
    if around.among is not None:
        said = said.filter(email__in=Profile.objects.filter(pk__in=around.among).values("email"))
    return said


def newest(channel: str, status: str, around: Around) -> Found:
    """Those whose newest statement is that one."""
    said = _said(channel, around)
    later = said.filter(email=OuterRef("email"), pk__gt=OuterRef("pk"))
    return Found(_of(said.filter(~Exists(later), status=status).values("email")).q, None, False)


def _of(emails) -> Found:
    return Found.by(email__in=emails)


def _state(values, around: Around) -> Found:
    if values["state"] == NEVER:
        return none_of(Found(_of(_said(values["channel"], around).values("email")).q, None, False))
    return newest(values["channel"], values["state"], around)


def barred(around: Around) -> Found:
    rows = Suppression.objects.filter(created_at__lte=around.now).order_by()
    if around.among is not None:
        rows = rows.filter(email__in=Profile.objects.filter(pk__in=around.among).values("email"))
    return Found(_of(rows.values("email")).q, None, False)


def reached(channel: str, around: Around) -> Found:
    """Those to whom we may write there: they agreed, and nothing bars the address."""
    return all_of([newest(channel, Consent.Status.GRANTED, around), none_of(barred(around))])


def _reach(values, around: Around) -> Found:
    found = reached(values["channel"], around)
    return found if values["answer"] == YES else none_of(found)


def _states() -> list[tuple[str, str]]:
    return [*((code, str(label)) for code, label in Consent.Status.choices), (NEVER, _("never asked"))]


def _named(state: str, is_barred: bool = False) -> str:
    words = next(label for code, label in _states() if code == state)
    return _("%(state)s, address barred") % {"state": words} if is_barred else words


_ANSWERS = lambda: [(YES, _("yes")), (NO, _("no"))]  # noqa: E731 - told in the language of the reader

declare(
    Kind(
        "reach", CONSENTS, gettext_lazy("We may write to the person"),
        (Pick("channel", gettext_lazy("Channel"), channels), Pick("answer", gettext_lazy("Answer"), _ANSWERS)),
        sql=_reach,
        seen=lambda values, asked: (asked.person.consents.get(values["channel"], NEVER), asked.person.is_barred),
        holds=lambda values, seen: (seen == (Consent.Status.GRANTED, False)) == (values["answer"] == YES),
        say=lambda values, seen: _named(*seen),
        needs=frozenset({CONSENT}),
        help=gettext_lazy("Agreed, and the address is not barred."),
    ),
    Kind(
        "consent", CONSENTS, gettext_lazy("Newest statement"),
        (Pick("channel", gettext_lazy("Channel"), channels), Pick("state", gettext_lazy("Statement"), _states)),
        sql=_state,
        seen=lambda values, asked: asked.person.consents.get(values["channel"], NEVER),
        holds=lambda values, state: state == values["state"],
        say=lambda values, state: _named(state),
        needs=frozenset({CONSENT}),
    ),
    Kind(
        "barred", CONSENTS, gettext_lazy("Address is barred"), (Pick("answer", gettext_lazy("Answer"), _ANSWERS),),
        sql=lambda values, around: barred(around) if values["answer"] == YES else none_of(barred(around)),
        seen=lambda values, asked: asked.person.is_barred,
        holds=lambda values, is_barred: is_barred == (values["answer"] == YES),
        say=lambda values, is_barred: _("yes") if is_barred else _("no"),
        needs=frozenset({CONSENT}),
    ),
)  # fmt: skip
