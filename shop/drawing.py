"""Parts of a page that are drawn once for everybody who is to see the same.

They are known by what is in them and not by a name or an age, so that what was drawn is never out of date: other
contents are another part.
"""

import pickle
import re
from collections.abc import Callable, Hashable, Mapping
from hashlib import blake2b

from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from catalog import memo


def place(name: str) -> str:
    """Stands for what is put in last, such as the form token of each visitor. Nobody can type it: NUL is refused."""
    return f"\0{name}\0"


TOKEN = place("token")
PLACES = re.compile("\0([a-z_-]+)\0")


def fingerprint(*contents: object) -> str:
    """The same text for the same contents: values, tuples and data classes; nothing that a request or row hangs on."""
    return blake2b(pickle.dumps(contents, pickle.HIGHEST_PROTOCOL), digest_size=16).hexdigest()


def draw(
    request: HttpRequest,
    template_name: str,
    context: Callable[[], dict],
    print_of: Hashable,
    words: Mapping[str, str] | None = None,
) -> SafeString:
    """The part of a page with that fingerprint; forms in it get the visitor's own token.

    `words` are put in last too, where the context has `place(name)` for them: they may differ while all else is the
    same. They are escaped.
    """
    text = memo.remember(
        ("drawn", template_name, get_language(), print_of),
        lambda: render_to_string(template_name, context() | {"csrf_token": TOKEN}),
        # A row weighs about so many characters.
        weight=lambda text: 1 + len(text) // 128,
    )
    if "\0" not in text:
        return mark_safe(text)  # noqa: S308 - drawn by us
    own = {name: escape(word) for name, word in (words or {}).items()}
    if TOKEN in text:
        own["token"] = get_token(request)
    # In one go: what is put in is not looked at again.
    return mark_safe(PLACES.sub(lambda found: own.get(found[1], ""), text))  # noqa: S308 - drawn by us, words escaped
