"""How many messages a carrier counts for a text. Pure."""

# The alphabet of GSM 03.38; the second row counts twice.
_BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_DOUBLE = frozenset("^{}\\[~]|€\f")
# One message alone, and each of several, which tell their order in a few signs.
GSM, GSM_EACH = 160, 153
UNICODE, UNICODE_EACH = 70, 67


def segments_of(words: str) -> int:
    """160 signs of the GSM alphabet are one message; a single letter outside of it makes that 70."""
    signs = set(words)
    if signs <= _BASIC | _DOUBLE:
        length, alone, each = sum(2 if sign in _DOUBLE else 1 for sign in words), GSM, GSM_EACH
    else:
        length, alone, each = len(words.encode("utf-16-le")) // 2, UNICODE, UNICODE_EACH
    return 1 if length <= alone else -(-length // each)
