"""Identifiers in the shapes Stripe gives them."""

import secrets
import string

ALPHABET = string.ascii_letters + string.digits
LENGTHS = {"cs_test_a1": 56, "pi_3": 23, "ch_3": 23, "re_3": 23}


def new(prefix: str) -> str:
    """A fresh identifier, such as `pi_3…`."""
    return prefix + noise(LENGTHS.get(prefix, 23))


def noise(length: int) -> str:
    """Letters and digits without meaning."""
    return "".join(secrets.choice(ALPHABET) for _ in range(length))
