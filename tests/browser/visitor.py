"""Somebody in front of the shop: reads words, presses what is labelled, fills what has a name."""

import re

from django.utils import translation
from django.utils.translation import gettext

from catalog.money import format_minor


class Visitor:
    """A browser window and the language its owner reads: words are given in English and looked for in that language."""

    def __init__(self, page, language: str = "en"):
        self.page, self.language = page, language
        self.faults: list[str] = []
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        page.on("console", lambda said: said.type == "error" and self.faults.append(said.text))
        page.on("response", lambda answer: answer.status >= 500 and self.faults.append(answer.url))

    def words(self, english: str, **values) -> str:
        with translation.override(self.language):
            return gettext(english) % values if values else gettext(english)

    def sum(self, minor: int, currency: str = "EUR") -> str:
        return format_minor(minor, currency, self.language)

    def goes_to(self, path: str) -> None:
        front = "" if self.language == "en" or path.startswith("http") else f"/{self.language}"
        self.page.goto(front + path)

    def fills(self, **fields: str) -> None:
        """Type into fields by their English label, underscores for blanks."""
        for label, value in fields.items():
            self.page.get_by_label(self.words(label.replace("_", " ")), exact=False).first.fill(value)

    def presses(self, english: str, **values) -> None:
        self.page.get_by_role("button", name=self.words(english, **values)).first.click()

    def places_the_order(self, english: str, **values) -> None:
        """The one button of the checkout, which says this."""
        button = self.page.locator("#place")
        button.filter(has_text=self.words(english, **values)).click()

    def follows(self, english: str, **values) -> None:
        self.page.get_by_role("link", name=self.words(english, **values)).first.click()

    def chooses(self, label: str) -> None:
        self.page.get_by_role("radio", name=label).check()

    def sees(self, english: str, **values) -> None:
        """Wait until the words can be read."""
        self.page.get_by_text(self.words(english, **values)).first.wait_for()

    def heading(self) -> str:
        return self.page.get_by_role("heading", level=1).inner_text()

    def at(self, path: str) -> None:
        """Wait for an address that contains this."""
        self.page.wait_for_url(re.compile(re.escape(path)))

    def is_content(self) -> None:
        """Nothing broke on the way: no script error, no refused resource, no answer of 500."""
        assert self.faults == []

    def fits(self) -> bool:
        """Whether the page is no wider than the window."""
        return self.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
