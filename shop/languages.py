"""The same page in every language: English has no prefix, the others have their code in front."""

from typing import NamedTuple

from django.conf import settings
from django.utils.translation import get_language, get_language_from_path

NAMES = dict(settings.LANGUAGES)


class Language(NamedTuple):
    """A language and where this page is found in it."""

    code: str
    name: str
    path: str
    address: str
    is_current: bool


def without_prefix(path: str) -> str:
    """The path as English has it."""
    code = get_language_from_path(path)
    if code and code != settings.LANGUAGE_CODE:
        path = path[len(code) + 1 :] or "/"
    # Two slashes in front would lead to another host.
    return f"/{path.lstrip('/')}"


def path_in(code: str, path: str) -> str:
    """The path of the same page in another language."""
    return _with_prefix(code, without_prefix(path))


def _with_prefix(code: str, plain: str) -> str:
    return plain if code == settings.LANGUAGE_CODE else f"/{code}{plain}"


def languages_of(path: str, query: str = "") -> list[Language]:
    """The page in all languages, the default one first. Addresses for search engines carry no query."""
    plain = without_prefix(path)
    current = get_language()
    tail = f"?{query}" if query else ""
    return [
        Language(code, name, f"{local}{tail}", absolute(local), code == current)
        for code, name, local in ((code, name, _with_prefix(code, plain)) for code, name in NAMES.items())
    ]


def absolute(path: str) -> str:
    """The address that search engines and mails may use."""
    return f"{settings.SITE_URL}{path}"
