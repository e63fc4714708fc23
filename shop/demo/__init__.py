"""The demonstration shop: Lumbre, a small house in Valencia that sells things for the house.

Everything here is invented. `fill.fill()` puts it into an empty database: words and goods from `data/`, pictures drawn
by `pictures/`, and a year of trade made by `trade/`. Two fillings on the same day are the same.
"""
