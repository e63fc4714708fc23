"""Ready-made flows: what they do, and their letters in the shop's languages. Nothing is switched on here."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from marketing.actions import templates
from marketing.flows.letters import LETTERS
from marketing.models import Flow, Template

ORDERED = "order_placed"


@dataclass(frozen=True)
class Recipe:
    """`steps` makes the steps, given what writes with a letter of `marketing.flows.letters`."""

    code: str
    name: Any
    what: Any
    trigger: dict
    steps: Callable[[Callable[..., dict]], list[dict]]
    conditions: dict = field(default_factory=dict)
    goal: str = ""
    reentry: int = 30


def wait(amount: int, unit: str = "days") -> dict:
    return {"kind": "wait", "amount": amount, "unit": unit}


def rule(*parts: dict, match: str = "all") -> dict:
    return {"version": 1, "match": match, "parts": list(parts)}


def ordered(compare: str, number: int = 0, days: int = 0) -> dict:
    count = {"compare": compare} if compare == "none" else {"compare": compare, "number": number}
    return {"kind": "orders", "count": count, "when": {"when": "within", "days": days} if days else {"when": "ever"}}


NEWS = rule({"kind": "reach", "channel": "email", "answer": "yes"})

RECIPES: dict[str, Recipe] = {
    one.code: one
    for one in (
        Recipe(
            "welcome", _("Welcome"), _("To who subscribed: a greeting at once, and a second letter three days later."),
            {"kind": "event", "type": "subscribed"},
            lambda write: [write("welcome"), wait(3), write("welcome_more")],
            rule(ordered("none")), ORDERED, 365,
        ),
        Recipe(
            "browse", _("After a look around"), _("To who looked at goods and put nothing into the cart, a day later."),
            {"kind": "browse", "idle": 1440, "late": 72}, lambda write: [write("browse")], NEWS, reentry=7,
        ),
        Recipe(
            "cart", _("A cart left behind"), _("Four hours after the last touch, and once more two days later."),
            {"kind": "cart", "idle": 240, "late": 72},
            lambda write: [write("cart"), wait(2), write("cart_again")], reentry=7,
        ),
        Recipe(
            "checkout", _("A checkout left behind"), _("An hour after the last touch, and once more a day later."),
            {"kind": "checkout", "idle": 60, "late": 72},
            lambda write: [write("cart"), wait(1), write("cart_again")], reentry=7,
        ),
        Recipe(
            "back", _("Back in stock, and not bought"), _("Two days after the notice, while there still are some."),
            {"kind": "back"}, lambda write: [wait(2), write("back")], reentry=14,
        ),
        Recipe(
            "price", _("Cheaper now"), _("To who looked at it within 30 days, when a price falls by a tenth."),
            {"kind": "price", "percent": 10}, lambda write: [write("price")], NEWS, reentry=14,
        ),
        Recipe(
            "thanks", _("Thanks for the first order"), _("The day after the first order was paid."),
            {"kind": "event", "type": "order_paid"}, lambda write: [wait(1), wait(10, "clock"), write("thanks")],
            rule({"kind": "orders", "count": {"compare": "at-most", "number": 1}, "when": {"when": "ever"}}), "", 365,
        ),
        Recipe(
            "review", _("What do you think of it?"), _("A week after the parcel came; not when goods went back."),
            {"kind": "delivered", "days": 7}, lambda write: [wait(10, "clock"), write("review")], goal="reviewed",
        ),
        Recipe(
            "again", _("Soon used up"), _("When others bought it again, by the shop’s own numbers."),
            {"kind": "again", "days": 60, "learn": "yes"}, lambda write: [wait(10, "clock"), write("again")],
        ),
        Recipe(
            "winback", _("We have not seen you for a while"), _("To who lapsed: what is new; again a month later."),
            {"kind": "stage", "stage": "lapsed"},
            lambda write: [wait(10, "clock"), write("winback"), wait(30), write("winback_last")], NEWS, ORDERED, 365,
        ),
        Recipe(
            "birthday", _("Birthday"), _("On the day, in the morning, where it is known."),
            {"kind": "birthday", "days": 0}, lambda write: [write("birthday")], NEWS, "", 300,
        ),
        Recipe(
            "vip", _("For the best customers"), _("When somebody comes among the twentieth who spend most."),
            {"kind": "stage", "stage": "vip"}, lambda write: [wait(10, "clock"), write("vip")], NEWS, "", 365,
        ),
        Recipe(
            "risk", _("Slipping away"), _("When an order is overdue by the person’s own habit."),
            {"kind": "stage", "stage": "at_risk"}, lambda write: [wait(10, "clock"), write("risk")], NEWS, ORDERED, 90,
        ),
    )
}  # fmt: skip


@transaction.atomic
def begin(recipe: Recipe) -> Flow:
    """A draft made of it, with its letters as published templates; nothing is switched on."""
    flow = Flow.objects.create(name=str(recipe.name), recipe=recipe.code)

    def write(letter: str) -> dict:
        return {"kind": "message", "channel": "email", "template": str(template_of(letter).pk), "deadline": 48}

    steps = [{"id": f"s{number}", **step} for number, step in enumerate(recipe.steps(write), 1)]
    flow.draft = {
        "trigger": recipe.trigger, "conditions": recipe.conditions, "exit": {}, "goal": recipe.goal,
        "reentry": recipe.reentry, "steps": steps,
    }  # fmt: skip
    flow.save(update_fields=["draft"])
    return flow


def template_of(letter: str) -> Template:
    """The template of a ready-made letter, published; the same again as long as nobody changed it."""
    start = LETTERS[letter]
    name, content = str(start.label)[:120], start.content()
    for there in Template.objects.filter(name=name, is_archived=False).order_by("-pk")[:5]:
        # Blocks are named anew each time: only what they say is compared.
        if there.newest and _said(there.draft) == _said(content.as_json()):
            return there
    template = Template.objects.create(name=name, draft=content.as_json())
    templates.publish(template, None, timezone.now())
    return template


def _said(content: dict) -> tuple:
    return content.get("head"), [(block["kind"], block["values"]) for block in content.get("blocks", [])]
