"""Paper: invoices, pick lists and packing slips as PDF. Drawn from rows, never kept."""
