"""How a listing row is made from a product and what hangs on it; and how it is read back as a card."""
