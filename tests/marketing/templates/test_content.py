"""A letter as plain data: what is kept of what was typed, what is wrong with it, and how it changes."""

from datetime import UTC, datetime

import pytest

from customers.letters import Letter
from marketing.blocks import KINDS, Content
from marketing.blocks.checks import findings_of, findings_of_letter
from marketing.blocks.content import HEAD, MOST_BLOCKS
from marketing.blocks.fields import address_of

NOW = datetime(2026, 11, 20, 15, tzinfo=UTC)
SUBJECT = HEAD[0]


def letter(*kinds: str) -> Content:
    content = Content({}).put_head(SUBJECT, "en", "Hello")
    for kind in kinds:
        content = content.add(KINDS[kind])
    return content


def kinds_of(content: Content) -> list[str]:
    return [block.kind.code for block in content.blocks]


def sentences(content: Content) -> str:
    return " ".join(finding.sentence for finding in findings_of(content, NOW) if finding.stops)


def test_a_letter_comes_back_from_its_json_as_it_was():
    content = letter("heading", "products", "line")
    block = content.blocks[0]
    content = content.put(block.put(block.kind.fields[0], "es", "  Hola\x07  "))

    assert Content.read(content.as_json()) == content
    assert content.blocks[0].text(block.kind.fields[0], "es") == "Hola"


@pytest.mark.parametrize(
    ("rubbish", "kept"),
    [
        (None, []),
        ([], []),
        ("x", []),
        ({"head": 3, "blocks": {}}, []),
        ({"blocks": [None, {"kind": "gone"}, {"kind": "text", "values": [1]}]}, [{}]),
    ],
)
def test_what_is_no_letter_is_read_as_an_empty_one(rubbish, kept):
    content = Content.read(rubbish)

    assert content.head == {}
    assert [block.values for block in content.blocks] == kept


def test_blocks_move_double_and_go():
    content = letter("heading", "text", "line")
    first, second, third = (block.id for block in content.blocks)

    assert kinds_of(content.move(third, -1)) == ["heading", "line", "text"]
    assert content.move(first, -1) == content
    assert kinds_of(content.double(second)) == ["heading", "text", "text", "line"]
    assert kinds_of(content.remove(first).add(KINDS["cart"], after=second)) == ["text", "cart", "line"]


def test_a_letter_cannot_grow_without_end():
    assert len(letter(*["line"] * (MOST_BLOCKS + 5)).blocks) == MOST_BLOCKS


@pytest.mark.parametrize(
    ("kind", "field", "typed", "sentence"),
    [
        ("text", "text", "Hello {{ password }}", "There is no “password” to fill in"),
        ("text", "text", "", "This is missing."),
        ("button", "link", "javascript:alert(1)", "Write cart, home"),
        ("button", "link", "//evil.example/x", "Write cart, home"),
        ("recommended", "number", "5000", "Choose one of the list."),
        ("countdown", "until", "soon", "Write a day and an hour"),
    ],
)
def test_what_is_wrong_stops_the_letter_with_a_sentence(kind, field, typed, sentence):
    content = letter(kind)
    block = content.blocks[0]
    wanted = next(one for one in block.kind.fields if one.name == field)

    assert sentence in sentences(content.put(block.put(wanted, "en", typed)))


@pytest.mark.django_db
def test_unknown_goods_and_promotions_stop_the_letter():
    content = letter("products", "coupon")
    goods, coupon = content.blocks
    content = content.put(goods.put(goods.kind.fields[0], "en", "NO-SUCH"))
    content = content.put(coupon.put(coupon.kind.fields[0], "en", "99"))

    assert "There is no product with the SKU NO-SUCH." in sentences(content)
    assert "Choose one of the list." in sentences(content)


def test_a_missing_translation_is_said_and_stops_nothing():
    found = findings_of(letter("line"), NOW)

    assert [finding.sentence for finding in found if "Русский" in finding.sentence]
    assert not any(finding.stops for finding in found)


@pytest.mark.parametrize(
    ("typed", "language", "address"),
    [
        ("/c/blankets/", "en", "/c/blankets/"),
        ("/c/blankets/", "es", "/es/c/blankets/"),
        ("/ru/c/blankets/", "es", "/ru/c/blankets/"),
        ("https://example.com/a?b=1", "es", "https://example.com/a?b=1"),
        ("http://example.com/", "en", ""),
        ("https://shop@evil.example/", "en", ""),
        ("/\\evil.example", "en", ""),
        ("data:text/html,x", "en", ""),
    ],
)
def test_only_pages_of_the_shop_and_https_are_led_to(typed, language, address):
    assert address_of(typed, language) == address


def test_letters_that_are_cut_off_or_shout_are_pointed_out():
    found = findings_of_letter(Letter("BUY NOW!! BUY", "", "<a href='/x'></a>" + "x" * 103_000))

    assert [finding.sentence.split()[0] for finding in found] == ["The", "A", "A"]
    assert not any(finding.stops for finding in found)
