"""The page on which a segment is put together, with whom it finds before it is kept. No script is needed."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from catalog.money import Money
from marketing.actions import segments as desk
from marketing.admin import segment_draft
from marketing.models import Profile, Segment
from marketing.queries.segments import SAMPLE, base_rate, figures
from marketing.segments import KINDS, Group, Unfit, asks_itself, at_large, check, compile
from marketing.segments.measuring import HOLDOUT, WORTHWHILE, needed, smallest_goal

# In a larger shop nobody is counted while he types, and a worker settles the rule.
AT_ONCE = 20_000


def show(request, model_admin, segment: Segment):
    """The page; a POST presses one of its buttons."""
    draft = segment_draft.read(request.POST) if request.method == "POST" else segment_draft.of_rule(segment.rule)
    button = request.POST.get("do", "")
    segment_draft.press(draft, button, request.POST)
    rule, faults = _rule(draft, segment)
    if button == "save":
        if rule:
            return _save(request, segment, rule)
        messages.error(request, _("The rule is not kept yet: see what is said at its conditions."))
    is_small = Profile.objects.count() <= AT_ONCE
    wanted = rule and (is_small or button in ("look", "save"))
    context = {
        **model_admin.admin_site.each_context(request),
        "title": _("Rule"),
        "opts": model_admin.opts,
        "segment": segment,
        "root": segment_draft.rows(draft, faults if button in ("", "look", "save") and draft["parts"] else []),
        "sections": sections(),
        "is_live": is_small,
        "is_empty": not draft["parts"],
        **(found(rule) if wanted else {"waits": rule is not None}),
    }
    return render(request, "office/segment/rule.html", context)


def _rule(draft: dict, segment: Segment) -> tuple[Group | None, list]:
    try:
        rule = check(draft)
    except Unfit as unfit:
        return None, unfit.faults
    if asks_itself(segment.slug, rule):
        return None, [("", circle())]
    return rule, []


def circle() -> str:
    return _("The segment would ask for itself, directly or through others.")


def sections() -> list[tuple[str, list[tuple[str, str]]]]:
    """What a condition can be about, by section."""
    found: dict[str, list[tuple[str, str]]] = {}
    for kind in KINDS.values():
        found.setdefault(str(kind.section), []).append((kind.code, str(kind.label)))
    return list(found.items())


def found(rule: Group) -> dict:
    """Whom the rule finds: numbers, some of them, and whether they are enough to learn from."""
    now = timezone.now()
    people = compile(rule, now)
    language = get_language() or "en"
    with at_large():
        shown = figures(people, now)
        sample = list(people.order_by("-seen_at", "-pk")[:SAMPLE])
        rate = base_rate(now)
    return {
        "figures": shown,
        "value": [Money(amount, currency).format(language) for currency, amount in shown.value],
        "sample": sample,
        "measuring": measuring(shown.size, *rate),
    }


def measuring(size: int, buyers: int, people: int) -> tuple[bool, str]:
    """Whether an effect on so many could be told from chance, and the sentence that says so."""
    if not 0 < buyers < people:
        return False, _("Nobody ordered in the last 30 days: what a message achieves cannot be measured here.")
    base = buyers / people
    goal = min(base * WORTHWHILE, 0.999)
    told = {
        "base": _percent(base), "goal": _percent(goal), "needed": needed(base, goal), "size": size,
        "held": round(HOLDOUT * 100),
    }  # fmt: skip
    if size >= told["needed"]:
        words = _(
            "Large enough: a rise from %(base)s to %(goal)s who order within 30 days would show, "
            "with %(held)d %% held back."
        )
        return True, words % told
    least = smallest_goal(size, base)
    words = _(
        "To see a rise from %(base)s (all people, 30 days) to %(goal)s it takes %(needed)d people, "
        "with %(held)d %% held back: cannot be measured here."
    )
    more = _("With %(size)d people only a rise to %(least)s or more would show.")
    return False, words % told + (f" {more % {**told, 'least': _percent(least)}}" if least else "")


def _percent(share: float) -> str:
    return f"{share * 100:.1f} %"


def _save(request, segment: Segment, rule: Group):
    try:
        desk.save_rule(segment, rule)
    except desk.MakesCircle:
        messages.error(request, circle())
        return redirect("admin:marketing_segment_rule", segment.pk)
    settle_now_or_later(request, segment)
    return redirect("admin:marketing_segment_people", segment.pk)


def settle_now_or_later(request, segment: Segment) -> None:
    from marketing.tasks import settle_segment  # the tasks know the actions

    if Profile.objects.count() > AT_ONCE:
        Segment.objects.filter(pk=segment.pk).update(to_do=1, done=0)
        settle_segment.delay(segment.pk)
        messages.info(request, _("The rule is kept. Its people are being worked out; this page shows how far."))
        return
    changed = desk.bring_in_step(segment, timezone.now())
    words = ngettext(
        "The rule is kept: %(number)d person joined or left.",
        "The rule is kept: %(number)d people joined or left.",
        changed,
    )
    messages.success(request, words % {"number": changed})
