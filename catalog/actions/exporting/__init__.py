"""Goods as files that this shop, another Vitrina or Shopify can read: `export(path, kind, ids)`."""

from catalog.actions.exporting.run import KINDS, export

__all__ = ["KINDS", "export"]
