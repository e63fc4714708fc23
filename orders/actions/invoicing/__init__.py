"""Invoices and credit notes: written once, at the right moment, numbered without a gap."""

from orders.actions.invoicing.crediting import credit
from orders.actions.invoicing.issuing import NotInvoiced, issue
from orders.actions.invoicing.keeping import keep
from orders.actions.invoicing.moments import due, owed

__all__ = ["NotInvoiced", "credit", "due", "issue", "keep", "owed"]
