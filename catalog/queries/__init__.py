"""Questions about the shelves that are not simply rows of one model."""
