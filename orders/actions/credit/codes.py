"""Codes of gift cards: sixteen signs that nobody guesses, eighty bits of chance.

A code is made of the card's random id and the shop's secret key, so that it can be shown to its buyer again although
the database holds only its hash: who steals the rows can pay with none of them.
"""

import hashlib
import hmac
import unicodedata

from django.conf import settings

from orders.models import CreditAccount

# Thirty-two signs, without I, L, O and U, that are taken for others.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 16
# How people write those that are missing.
MISREAD = str.maketrans("ILOU", "110V")


def code_for(uid) -> str:
    """The code of a card, such as `7K4M-92QX-0F3T-B8WN`."""
    drawn = hmac.new(settings.SECRET_KEY.encode(), b"gift card" + uid.bytes, hashlib.sha256).digest()
    signs = "".join(ALPHABET[byte % len(ALPHABET)] for byte in drawn[:LENGTH])
    return "-".join(signs[start : start + 4] for start in range(0, LENGTH, 4))


def code_of(account: CreditAccount) -> str:
    """The code of a gift card; empty when the secret key of the shop has changed since it was made."""
    code = code_for(account.uid)
    return code if hash_of(code) == account.code_hash else ""


def hash_of(typed: str) -> str:
    """What is stored of a typed code; empty when it has not the shape of one."""
    plain = unicodedata.normalize("NFKC", typed[:80]).upper().translate(MISREAD)
    signs = "".join(sign for sign in plain if sign in ALPHABET)
    others = [sign for sign in plain if sign not in ALPHABET and not (sign.isspace() or sign in "-–—_.")]
    if others or len(signs) != LENGTH:
        return ""
    return hashlib.sha256(f"gift card {signs}".encode()).hexdigest()
