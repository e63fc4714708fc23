"""The letters of the ready-made flows. English sentences of ours, known to the translations."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop as say

from marketing.blocks.starts import STARTS, Start

_SHOP = ("button", {"label": say("To the shop"), "link": "home"})
_MORE = ("recommended", {"number": "4"})


def _letter(label, subject: str, preheader: str, heading: str, text: str, *more) -> Start:
    head = {"subject": subject, "preheader": preheader}
    return Start(label, head, (("heading", {"text": heading}), ("text", {"text": text}), *more))


LETTERS: dict[str, Start] = {
    "cart": Start(_("Cart: the first letter"), STARTS["cart"].head, STARTS["cart"].blocks),
    "cart_again": _letter(
        _("Cart: the second letter"),
        say("Still thinking it over?"), say("Your cart is where you left it."),
        say("No hurry{% if name != '' %}, {{ name }}{% endif %}"),
        say("If a size, a colour or a delivery date holds you up, simply answer this letter. A person reads it."),
        ("cart", {}),
    ),
    "welcome": _letter(
        _("Welcome: the greeting"),
        say("Welcome to {{ shop }}"), say("Good to have you here."),
        say("Good to have you here{% if name != '' %}, {{ name }}{% endif %}"),
        say("We write when there is something worth your time, and not more often."), _MORE, _SHOP,
    ),
    "welcome_more": _letter(
        _("Welcome: three days later"),
        say("What people come to {{ shop }} for"), say("A few things that others chose."),
        say("A few things that others chose"),
        say("If you look for something in particular, answer this letter and we look with you."), _MORE, _SHOP,
    ),
    "browse": _letter(
        _("After a look around"),
        say("You looked at {{ items[0].name }}"), say("In case you want another look."),
        say("In case you want another look"),
        say("This is what you looked at last, and what goes well with it."), ("cart", {"label": say("Have a look")}),
        ("recommended", {"number": "2"}),
    ),
    "back": _letter(
        _("Back in stock, and not bought"),
        say("{{ items[0].name }} is still there"), say("There are some left."),
        say("There are some left"), say("You wanted to know when it is back. It still is; for how long we cannot say."),
        ("cart", {"label": say("Have a look")}),
    ),
    "price": _letter(
        _("Cheaper now"),
        say("{{ items[0].name }} costs less now"), say("You looked at it lately."),
        say("It costs less now"), say("You looked at it lately; now it is cheaper."),
        ("cart", {"label": say("Have a look")}),
    ),
    "thanks": _letter(
        _("Thanks for the first order"),
        say("Thank you for your first order"), say("A few words before the parcel comes."),
        say("Thank you{% if name != '' %}, {{ name }}{% endif %}"),
        say("Your first order is with us. If anything is not as you hoped, answer this letter."), _SHOP,
    ),
    "review": _letter(
        _("What do you think of it?"),
        say("How do you like {{ items[0].name }}?"), say("Two lines help others to choose."),
        say("How do you like it?"),
        say("It has been with you for a week. Two lines of yours help others to choose, good or bad."),
        ("cart", {"label": say("Write a review")}),
    ),
    "again": _letter(
        _("Soon used up"),
        say("Time for more of {{ items[0].name }}?"), say("By what others do, it is soon used up."),
        say("Soon used up?"), say("Others buy it again about now. If yours lasts longer, so much the better."),
        ("cart", {"label": say("Order again")}),
    ),
    "winback": _letter(
        _("Win-back: the first letter"),
        say("It has been a while"), say("This is what is new."),
        say("It has been a while{% if name != '' %}, {{ name }}{% endif %}"),
        say("Since you were last here some things came in. These might be for you."), _MORE, _SHOP,
    ),
    "winback_last": _letter(
        _("Win-back: the last letter"),
        say("Shall we go on writing?"), say("If not, one press is enough."),
        say("Shall we go on writing?"),
        say("If our letters are no longer for you, the line at the bottom ends them with one press."),
        _SHOP,
    ),
    "birthday": _letter(
        _("Birthday"),
        say("Happy birthday{% if name != '' %}, {{ name }}{% endif %}"), say("From all of us at {{ shop }}."),
        say("Happy birthday{% if name != '' %}, {{ name }}{% endif %}"),
        say("A good day to you, from all of us at {{ shop }}."), _SHOP,
    ),
    "vip": _letter(
        _("For the best customers"),
        say("You are one of our best customers"), say("Thank you for that."),
        say("Thank you{% if name != '' %}, {{ name }}{% endif %}"),
        say("Few people come to us as often as you do. If there is something that we should do better, tell us."),
        _MORE, _SHOP,
    ),
    "risk": _letter(
        _("Slipping away"),
        say("Something new for you"), say("Chosen by what you bought before."),
        say("Something new for you{% if name != '' %}, {{ name }}{% endif %}"),
        say("Chosen by what you bought before and what others took along."), _MORE, _SHOP,
    ),
}  # fmt: skip
