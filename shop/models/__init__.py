"""What the counter itself owns: pages of text and the words of the home page."""

from shop.models.page import HomePage, Page

__all__ = ["HomePage", "Page"]
