"""Who somebody is: language, country, name, address, birthday, since when he is known."""

from datetime import date, timedelta

from django.conf import settings
from django.db.models import Q, Value
from django.db.models.functions import StrIndex
from django.db.models.lookups import GreaterThan
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_countries import countries

from catalog.moments import day
from customers.models import CustomerGroup
from marketing.models import Profile
from marketing.segments.found import Found
from marketing.segments.kind import Kind, declare
from marketing.segments.kinds.shared import IS, column, how, moment, turned
from marketing.segments.params import Number, Pick, Words
from marketing.segments.params.times import BEFORE, BETWEEN, NEVER, WITHIN
from marketing.segments.params.words import spellings

PERSON = gettext_lazy("The person")
ACCOUNT, GUEST = "account", "guest"


def every_country() -> list[tuple[str, str]]:
    return [(code, str(name)) for code, name in countries]


def contains(name: str, text: str) -> Q:
    """Whether the column contains the text in one of its spellings."""
    found = Q()
    for word in spellings(text):
        found |= Q(GreaterThan(StrIndex(name, Value(word)), 0))
    return found


def days_from(today: date, number: int) -> set[tuple[int, int]]:
    """Month and day of the birthdays from today on; who was born on 29 February celebrates on the 28th otherwise."""
    coming = [today + timedelta(days=each) for each in range(number + 1)]
    found = {(each.month, each.day) for each in coming}
    leap = any(each.month == 2 and each.day == 28 and (each + timedelta(days=1)).month == 3 for each in coming)
    return found | {(2, 29)} if leap else found


def _birthday(values, around) -> Found:
    coming = sorted(days_from(localdate(around.now), values["days"]))
    said = Q()
    for month in sorted({month for month, _day in coming}):
        said |= Q(birthday__month=month, birthday__day__in=[day for each, day in coming if each == month])
    return Found(Q(birthday__isnull=False) & said)


def _with_account(words: list[str]) -> Found:
    if {ACCOUNT, GUEST} <= set(words):
        return Found.everybody()
    return Found.by(customer__isnull=GUEST in words) if {ACCOUNT, GUEST} & set(words) else Found.nobody()


declare(
    column(
        "language", PERSON, gettext_lazy("Language"), lambda: list(settings.LANGUAGES),
        lambda words: Found.by(language__in=words), lambda asked: asked.person.profile.language,
    ),
    Kind(
        "country", PERSON, gettext_lazy("Country"),
        (how(), Pick("value", gettext_lazy("Country"), every_country)),
        sql=lambda values, around: turned(Found.by(country=values["value"]), values),
        seen=lambda values, asked: asked.person.profile.country,
        holds=lambda values, code: (code == values["value"]) == (values["how"] == IS),
        say=lambda values, code: str(countries.name(code)) or "–",
    ),
    Kind(
        "name", PERSON, gettext_lazy("Name contains"), (Words("words", gettext_lazy("Letters")),),
        sql=lambda values, around: Found(contains("name", values["words"])),
        seen=lambda values, asked: asked.person.profile.name,
        holds=lambda values, name: any(word in name for word in spellings(values["words"])),
        say=lambda values, name: name or "–",
    ),
    Kind(
        "domain", PERSON, gettext_lazy("E-mail address at"), (how(), Words("words", gettext_lazy("Such as gmail.com"))),
        sql=lambda values, around: turned(Found.by(email__endswith=_domain(values)), values),
        seen=lambda values, asked: asked.person.profile.email,
        holds=lambda values, email: email.endswith(_domain(values)) == (values["how"] == IS),
        say=lambda values, email: email,
    ),
    Kind(
        "birthday", PERSON, gettext_lazy("Birthday in the next days"),
        (Number("days", gettext_lazy("Days"), least=0, most=60, begins=7),),
        sql=_birthday,
        seen=lambda values, asked: (asked.person.profile.birthday, days_from(localdate(asked.now), values["days"])),
        holds=lambda values, seen: seen[0] is not None and (seen[0].month, seen[0].day) in seen[1],
        say=lambda values, seen: day(seen[0]) or _("not known"),
        follows_time=lambda values: True,
        help=gettext_lazy("0 is today. In the time of the shop."),
    ),
    moment(
        "known", PERSON, gettext_lazy("Known since"), "created_at", (WITHIN, BEFORE, BETWEEN),
        lambda asked: asked.person.profile.created_at,
    ),
    moment(
        "seen", PERSON, gettext_lazy("Last seen"), "seen_at", (WITHIN, BEFORE, BETWEEN, NEVER),
        lambda asked: asked.person.profile.seen_at,
    ),
    column(
        "account", PERSON, gettext_lazy("Account"),
        lambda: [(ACCOUNT, _("has an account")), (GUEST, _("guest"))],
        _with_account,
        lambda asked: ACCOUNT if asked.person.profile.customer_id else GUEST,
    ),
    column(
        "group", PERSON, gettext_lazy("Customer group"),
        lambda: list(CustomerGroup.objects.order_by("name").values_list("code", "name")),
        lambda words: Found.among(_members(words)), lambda asked: asked.person.group,
    ),
)  # fmt: skip


def _domain(values) -> str:
    return f"@{values['words'].lower().removeprefix('@')}"


def _members(groups: list[str]):
    return Profile.objects.order_by().filter(customer__group__in=groups).values("pk")
