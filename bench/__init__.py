"""How fast the shop is, against a floor that no Django page can go below."""
