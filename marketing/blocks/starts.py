"""Letters to start from, in the shop's languages, so that a marketer changes words instead of facing an empty page."""

from dataclasses import dataclass

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext_lazy as _

from marketing.blocks.content import HEAD, Content
from marketing.blocks.fields import Words
from marketing.blocks.kinds import KINDS


@dataclass(frozen=True)
class Start:
    """`head` and `blocks` are English sentences of ours, known to the translations."""

    label: object
    head: dict[str, str]
    blocks: tuple[tuple[str, dict[str, str]], ...]

    def content(self) -> Content:
        content = Content({})
        for field in HEAD:
            for language, words in _in_all(self.head.get(field.name, "")):
                content = content.put_head(field, language, words)
        for kind, texts in self.blocks:
            content = content.add(KINDS[kind])
            block = content.blocks[-1]
            for field in block.kind.fields:
                for language, words in _said(field, texts.get(field.name, "")):
                    block = block.put(field, language, words)
            content = content.put(block)
        return content


def _said(field, text: str) -> list[tuple[str, str]]:
    if not text:
        return []
    return _in_all(text) if isinstance(field, Words) else [("", text)]


def _in_all(text: str) -> list[tuple[str, str]]:
    said = []
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            said.append((language, gettext(text) if text else ""))
    return said


STARTS: dict[str, Start] = {
    "empty": Start(_("Nothing: I choose the blocks"), {}, ()),
    "cart": Start(
        _("A cart that was left behind"),
        {
            "subject": gettext_noop("{{ items[0].name }} is still in your cart"),
            "preheader": gettext_noop("We kept it for you."),
        },
        (
            ("heading", {"text": gettext_noop("Your cart is still here{% if name != '' %}, {{ name }}{% endif %}")}),
            ("text", {"text": gettext_noop("You left something behind. It is as you left it, on every device.")}),
            ("cart", {}),
            ("line", {}),
            ("recommended", {"heading": gettext_noop("Others also took"), "number": "2"}),
        ),
    ),
    "news": Start(
        _("News from the shop"),
        {"subject": gettext_noop("New at {{ shop }}"), "preheader": gettext_noop("A few things we like.")},
        (
            ("heading", {"text": gettext_noop("New at {{ shop }}")}),
            ("text", {"text": gettext_noop("Hello{% if name != '' %} {{ name }}{% endif %}, here is what came in.")}),
            ("recommended", {"number": "4"}),
            ("button", {"label": gettext_noop("To the shop"), "link": "home"}),
        ),
    ),
    "thanks": Start(
        _("Thanks, with a code"),
        {"subject": gettext_noop("Thank you from {{ shop }}"), "preheader": gettext_noop("A code for next time.")},
        (
            ("heading", {"text": gettext_noop("Thank you{% if name != '' %}, {{ name }}{% endif %}")}),
            ("text", {"text": gettext_noop("We are glad that you chose us. Here is something for the next time.")}),
            ("coupon", {"text": gettext_noop("Your code")}),
            ("button", {"label": gettext_noop("To the shop"), "link": "home"}),
        ),
    ),
}
