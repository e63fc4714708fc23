"""Words that only hold others together: whoever types them is not looking for them."""

from collections.abc import Sequence

SMALL = {
    "en": "a an the for of and or with without in on to by from my our your some any",
    "es": "el la los las un una unos unas de del al y o e con sin en para por a mi tu su",
    "ru": "и или а в во на с со из для по к ко от до у о об без под над за мне мой моя",
}
SMALL = {language: frozenset(words.split()) for language, words in SMALL.items()}


def telling(typed: Sequence[str], language: str) -> list[str]:
    """The words without the small ones; all of them when there are no others."""
    small = SMALL.get(language, frozenset())
    return [word for word in typed if word not in small] or list(typed)
