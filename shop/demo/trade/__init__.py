"""A year of invented trade: who came, what they looked at, bought, left behind and sent back."""
