"""Parts of a page that are drawn once for everybody who is to see the same.

They are known by what is in them and not by a name or an age, so that what was drawn is never out of date: other
contents are another part.
"""

import pickle
from hashlib import blake2b

from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from catalog import memo

# Stands for the form token of each visitor, which is put in last. Nobody can type it: NUL is refused everywhere.
TOKEN = "\0token\0"  # noqa: S105 - no password


def fingerprint(*contents: object) -> str:
    """The same text for the same contents: values, tuples and data classes; nothing that a request or row hangs on."""
    return blake2b(pickle.dumps(contents, pickle.HIGHEST_PROTOCOL), digest_size=16).hexdigest()


def draw(request: HttpRequest, template_name: str, context: dict, print_of: str) -> SafeString:
    """The part of a page with that fingerprint; forms in it get the visitor's own token."""
    text = memo.remember(
        ("drawn", template_name, get_language(), print_of),
        lambda: render_to_string(template_name, context | {"csrf_token": TOKEN}),
        # A row weighs about so many characters.
        weight=lambda text: 1 + len(text) // 128,
    )
    return mark_safe(text.replace(TOKEN, get_token(request)) if TOKEN in text else text)  # noqa: S308 - drawn by us
