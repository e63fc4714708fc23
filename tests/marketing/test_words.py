"""What a marketer may write, and what is refused with a sentence when it is saved."""

import pytest

from marketing.words import SAMPLE, CannotBeWritten, check, fill


def test_places_are_filled_in_as_plain_text():
    assert fill("{{ name }}: {{ items[0].name }}", {**SAMPLE, "name": "<Ann> & {{ shop }}"}) == (
        "<Ann> & {{ shop }}: Wool blanket"
    )


@pytest.mark.parametrize(
    ("words", "part"),
    [
        ("{{ nmae }}", "“nmae”"),
        ("{% if false %}{{ hidden }}{% endif %}", "“hidden”"),
        ("{{ name.__class__ }}", "to fill in"),
        ("{{ items[0].password }}", "to fill in"),
        ("{{ settings.SECRET_KEY }}", "“settings”"),
        ("{{ name | shout }}", "filter"),
        ("{% if name %}", "not complete"),
        ("{{ name", "not complete"),
        ("{% include 'settings.py' %}", "included"),
        ("{% for i in (1..9999999) %}x{% endfor %}", "too long"),
        ("{{ (1..999999999) | join }}", "too long"),
        ("{% if name %}{% assign x = (1..999999999) | sort | size %}{% endif %}", "too long"),
        ("{% if (1..999999999) contains 'x' %}{% endif %}", "too long"),
        ("{{ name | append: (1..999999999) }}", "too long"),
        ("{{ items[1].name }}", "to fill in"),
        ("{{ 1 | divided_by: 0 }}", "cannot be filled in"),
    ],
)
def test_words_that_would_fail_are_refused_with_a_sentence(words, part):
    with pytest.raises(CannotBeWritten) as refusal:
        check(words)

    assert part in str(refusal.value)
    assert "Traceback" not in str(refusal.value)


@pytest.mark.parametrize(
    "words",
    [
        "",
        "Plain words",
        "{% for item in items %}{{ item.quantity }} × {{ item.name }}{% endfor %}",
        "{{ name | upcase }}",
    ],
)
def test_good_words_pass(words):
    check(words)
