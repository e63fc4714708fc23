"""How a price comes about: pure rules, no database. `timeline` for what is to come, `reductions` for what was."""
