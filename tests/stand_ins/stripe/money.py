"""Amounts for people: in messages and on the page. The wire carries whole minor units."""

WITHOUT_CENTS = {"jpy", "krw", "clp", "vnd", "xaf", "xof", "pyg", "ugx"}
SYMBOLS = {"usd": "$", "eur": "€", "gbp": "£"}
# What Stripe will not charge less than.
LEAST = {
    "usd": 50,
    "eur": 50,
    "gbp": 30,
    "cad": 50,
    "aud": 50,
    "chf": 50,
    "jpy": 50,
    "mxn": 1000,
    "sek": 300,
    "pln": 200,
}


def spoken(amount: int, currency: str) -> str:
    """`€12.50`, or `12.50 SEK` where no symbol is known."""
    number = f"{amount:,}" if currency in WITHOUT_CENTS else f"{amount / 100:,.2f}"
    symbol = SYMBOLS.get(currency)
    return f"{symbol}{number}" if symbol else f"{number} {currency.upper()}"
