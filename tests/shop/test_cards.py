"""What a card in a list says about the sizes there are."""

import pytest

from shop.templatetags.shop import few_words


@pytest.mark.parametrize(
    ("values", "words"),
    [
        (("S", "M", "L", "XL"), "S · M · L · XL"),
        (("Set of four, hemmed", "Set of twelve, hemmed"), "Set of four, hemmed · Set of twelve, hemmed"),
        (tuple(str(size) for size in range(36, 46)), "36 · 37 · 38 · 39 · 40 +5"),
        (("90 × 200 cm", "135 × 200 cm", "180 × 200 cm"), "90 × 200 cm +2"),
        ((), ""),
    ],
)
def test_sizes_are_named_until_the_line_is_full(values, words):
    assert few_words(("Size", values)) == words
