"""Letters as they reach a reader."""

from html.parser import HTMLParser

import pytest
from django.conf import settings

from customers.letters import absolute, one_line, render
from customers.models import ShopDetails

pytestmark = pytest.mark.django_db
OCCASIONS = [
    ("account/email_confirmation", "activate_url"),
    ("account/email_confirmation_signup", "activate_url"),
    ("account/password_reset_key", "password_reset_url"),
    ("account/unknown_account", "signup_url"),
    ("account/account_already_exists", "password_reset_url"),
    ("account/newsletter", "link"),
]
LINK = "http://localhost/somewhere/?a=1&b=2"


class Reader(HTMLParser):
    """Collects the words, the links and the first thing of a page."""

    def __init__(self, html: str):
        super().__init__()
        self.words, self.links, self.first, self._hidden = [], [], None, 0
        self.feed(html)

    def handle_decl(self, decl):
        self.first = self.first or decl

    def handle_starttag(self, tag, attrs):
        self.first = self.first or tag
        self._hidden += tag == "style"
        if tag == "a":
            self.links.append(dict(attrs)["href"])

    def handle_endtag(self, tag):
        self._hidden -= tag == "style"

    def handle_data(self, data):
        if not self._hidden and data.strip():
            self.first = self.first or data
            self.words.append(data.strip())


@pytest.mark.parametrize(("template", "link"), OCCASIONS)
@pytest.mark.parametrize("language", [code for code, _name in settings.LANGUAGES])
def test_each_letter_is_whole_small_and_readable_without_pictures(template, link, language):
    ShopDetails.objects.create(name="Tom & Ann’s", legal_name="Tom & Ann S.L.", email="hola@vitrina.example")
    letter = render(template, language, {link: LINK, "wording": "Write to me.", "email": "ada@example.com"})
    page = Reader(letter.html)

    assert letter.subject
    assert page.first.lower() == "doctype html"
    assert LINK in page.links
    assert LINK in letter.text
    assert "Tom & Ann S.L." in letter.text
    assert "Tom & Ann’s" in page.words
    assert not any(sign in letter.html + letter.text + letter.subject for sign in ("{%", "{{", "{#"))
    assert all(address.startswith(("http://localhost/", "mailto:")) for address in page.links)
    assert len(letter.html.encode()) <= 60 * 1024


def test_dark_mode_survives_and_all_other_style_is_in_the_elements():
    html = render("account/newsletter", "en", {"link": LINK, "wording": "x"}).html

    assert "prefers-color-scheme: dark" in html
    assert "<style>" in html
    assert 'class="button"' in html
    assert "padding: 12px 26px" in html.split("<body", 1)[1]


def test_a_name_is_never_read_as_markup():
    ShopDetails.objects.create(name="<script>alert(1)</script>")
    letter = render("account/newsletter", "en", {"link": LINK, "wording": "<b>x</b>"})

    assert "<script>" not in letter.html
    assert "&lt;b&gt;x" in letter.html


@pytest.mark.parametrize("text", ["a\nb", "a\r\nb", "a\u2028b", "a\x85b", "a\x00b", " a\t b "])
def test_a_header_is_one_line(text):
    assert one_line(text) == "a b"


def test_addresses_are_complete():
    assert absolute("/media/a.webp") == "http://localhost/media/a.webp"
    assert absolute("https://cdn.example/a.webp") == "https://cdn.example/a.webp"
