import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.money import CurrencyMismatch, Money, tax_inside


def test_money_is_written_as_its_readers_write_it():
    assert Money(123450, "EUR").format("en") == "€1,234.50"
    assert Money(123450, "EUR").format("es").replace("\xa0", " ") == "1.234,50 €"
    assert Money(123450, "EUR").format("ru").replace("\xa0", " ") == "1 234,50 €"


@pytest.mark.parametrize(
    ("text", "currency", "minor"), [("12.50", "EUR", 1250), ("980", "JPY", 980), ("1.5", "KWD", 1500)]
)
def test_amounts_are_read_in_the_decimals_of_their_currency(text, currency, minor):
    assert Money.parse(text, currency).minor == minor


@pytest.mark.parametrize("text", ["", "abc", "1.234", "NaN", "Infinity", "12,5", "1e999999", "1e99"])
def test_what_is_no_amount_is_refused(text):
    with pytest.raises(ValueError):
        Money.parse(text, "EUR")


def test_two_currencies_never_meet_in_one_sum():
    with pytest.raises(CurrencyMismatch):
        Money(1, "EUR") + Money(1, "USD")


@given(st.integers(0, 10**12), st.integers(0, 10_000))
def test_the_tax_inside_a_price_is_never_more_than_the_price(gross, rate_bp):
    tax = tax_inside(gross, rate_bp)

    assert 0 <= tax <= gross
    assert abs(tax * (10_000 + rate_bp) - gross * rate_bp) * 2 <= 10_000 + rate_bp
