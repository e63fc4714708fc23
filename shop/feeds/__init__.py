"""Lists of goods for Google Merchant Center and Meta, in each language and currency, with the prices of the pages."""

from shop.feeds.build import Feed, build, build_all, feeds, find

__all__ = ["Feed", "build", "build_all", "feeds", "find"]
