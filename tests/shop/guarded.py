"""Filling in a form that tells people from machines."""

import time

from django.core import signing

from shop.forms.guard import SALT


class _Earlier(signing.TimestampSigner):
    seconds = 10

    def timestamp(self) -> str:
        return signing.b62_encode(int(time.time()) - self.seconds)


def shown_earlier(**fields) -> dict:
    """The fields with the stamp of a page that was opened ten seconds ago."""
    return {"shown": _Earlier(salt=SALT).sign("form"), "website": "", **fields}
