"""The counter: every page, form, link and call that a visitor meets."""
