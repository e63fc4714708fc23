"""Mappings kept for the next file with the same columns."""

import json
from collections.abc import Sequence
from hashlib import sha256

from catalog.actions.importing import mapping as mappings
from catalog.actions.importing.faults import Unreadable
from catalog.models import ImportMapping


def signature_of(columns: Sequence[str], has_header: bool) -> str:
    """The same for files with the same columns. Those without a header are told apart by how many columns they have."""
    return sha256(json.dumps([has_header, *columns]).encode("utf-8", "replace")).hexdigest()


def keep(name: str, columns: Sequence[str], data: dict) -> ImportMapping:
    """Keep a mapping under that name, instead of one that has it. Raises Unreadable for a wrong one."""
    told = mappings.of(data)
    values = {"signature": signature_of(columns, told.has_header), "data": data}
    return ImportMapping.objects.update_or_create(name=name.strip()[:80], defaults=values)[0]


def find(columns: Sequence[str], has_header: bool) -> ImportMapping | None:
    """The mapping used last for such columns; one that is no longer understood is passed over."""
    for row in ImportMapping.objects.filter(signature=signature_of(columns, has_header)).order_by("-used_at")[:5]:
        try:
            mappings.of(row.data)
        except Unreadable:
            continue
        return row
    return None
