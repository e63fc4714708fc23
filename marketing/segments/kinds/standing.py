"""Where somebody stands: his stage, his scores, and how far he is on the way to an order."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalog.moments import stamp
from marketing.models import Episode, Profile
from marketing.segments.found import Found
from marketing.segments.kind import Kind, declare
from marketing.segments.kinds.shared import lies, moment
from marketing.segments.params import Number, Pick, Ticks, When, bounds
from marketing.segments.params.numbers import AT_LEAST, AT_MOST
from marketing.segments.params.times import BEFORE, BETWEEN, EVER, WITHIN
from marketing.segments.people import EPISODE

STANDING = gettext_lazy("Where the person stands")
SCORES = {
    "recency": gettext_lazy("recency"),
    "frequency": gettext_lazy("frequency"),
    "money": gettext_lazy("money"),
}


def _score(values, around) -> Found:
    name, number = values["score"], values["number"]
    return Found.known(name, **{f"{name}__{'gte' if values['compare'] == AT_LEAST else 'lte'}": number})


def _scored(values, score: int | None) -> bool:
    if score is None:
        return False
    return score >= values["number"] if values["compare"] == AT_LEAST else score <= values["number"]


def _open(values, around) -> Found:
    span = bounds(values["when"], around.now).lookups("active_at")
    rows = Episode.objects.filter(
        profile__isnull=False, ended_at=None, step__in=[int(step) for step in values["steps"] if step.isdigit()], **span
    )
    return Found.among(around.narrow(rows).order_by().values("profile"))


def _stages() -> list[tuple[str, str]]:
    return list(Profile.Stage.choices)


def _steps() -> list[tuple[str, str]]:
    return [(str(code), str(label)) for code, label in Episode.Step.choices if code < Episode.Step.ORDERED]


def _said(episode: tuple | None) -> str:
    return f"{Episode.Step(episode[0]).label}, {stamp(episode[1])}" if episode else _("is not shopping")


declare(
    Kind(
        "stage", STANDING, gettext_lazy("Stage"),
        (Ticks("values", gettext_lazy("Stage"), lambda: list(Profile.Stage.choices)),),
        sql=lambda values, around: Found.by(stage__in=values["values"]),
        seen=lambda values, asked: asked.person.profile.stage,
        holds=lambda values, stage: stage in values["values"],
        say=lambda values, stage: str(Profile.Stage(stage).label),
    ),
    moment(
        "stage-since", STANDING, gettext_lazy("In this stage since"), "stage_since", (WITHIN, BEFORE, BETWEEN),
        lambda asked: asked.person.profile.stage_since,
    ),
    Kind(
        "score", STANDING, gettext_lazy("Score among the buyers"),
        (
            Pick("score", gettext_lazy("Score"), lambda: [(code, str(label)) for code, label in SCORES.items()]),
            Pick("compare", gettext_lazy("how"), lambda: [(AT_LEAST, _("at least")), (AT_MOST, _("at most"))]),
            Number("number", gettext_lazy("Points"), least=1, most=5, begins=4),
        ),
        sql=_score,
        seen=lambda values, asked: getattr(asked.person.profile, values["score"]),
        holds=_scored,
        say=lambda values, score: str(score or _("no score: has not bought")),
        help=gettext_lazy("From 1 to 5 in fifths of all buyers; 5 is the best. Who bought nothing has none."),
    ),
    Kind(
        "episode", STANDING, gettext_lazy("Is shopping now"),
        (
            Ticks("steps", gettext_lazy("Deepest step"), _steps),
            When("when", gettext_lazy("last active"), (EVER, WITHIN, BEFORE)),
        ),
        sql=_open,
        # Whether the open episode is one of those; and the episode.
        seen=lambda values, asked: (
            bool(asked.person.episode)
            and str(asked.person.episode[0]) in values["steps"]
            and lies(asked.person.episode[1], values["when"], asked.now),
            asked.person.episode,
        ),
        holds=lambda values, seen: seen[0],
        say=lambda values, seen: _said(seen[1]),
        needs=frozenset({EPISODE}),
    ),
)  # fmt: skip
