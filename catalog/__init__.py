"""The shelves: what is sold, what it costs, how many there are, and how it is found."""
