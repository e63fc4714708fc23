"""What can be wrong with a file, or with one line of it."""


class Unreadable(Exception):
    """The file cannot be read, or not further; the text is a sentence for whoever sent it."""


class Wrong(Exception):
    """A cell says what cannot be taken; the text is a sentence without the number of the line."""
