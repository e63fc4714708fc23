"""Files that are sold: kept below PRIVATE_ROOT, where nothing has a public address."""

import re
from pathlib import Path
from typing import IO
from uuid import uuid4

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.core.files.storage import FileSystemStorage

from catalog.models import Product


def keep(product: Product, name: str, content) -> str:
    """Store a file for a product and return its path below PRIVATE_ROOT; nothing is ever overwritten."""
    stem, suffix = Path(name).stem, Path(name).suffix.lower()
    stem = re.sub(r"[^A-Za-z0-9]+", "-", stem).strip("-")[:60] or "file"
    suffix = suffix if re.fullmatch(r"\.[a-z0-9]{1,8}", suffix) else ""
    path = f"files/{product.pk}/{uuid4().hex[:12]}-{stem}{suffix}"
    return storage().save(path, content)


def size_of(path: str) -> int | None:
    """How many bytes a kept file has; None when it is not there."""
    try:
        return storage().size(path)
    except (OSError, ValueError):
        return None


def read(path: str) -> IO[bytes]:
    """The kept file, open. Raises FileNotFoundError, also for a path that leads elsewhere."""
    try:
        return storage().open(path)
    except (OSError, ValueError, SuspiciousOperation):
        raise FileNotFoundError(path) from None


def drop(path: str) -> None:
    """Delete a kept file; one that is not there is no matter."""
    storage().delete(path)


def storage() -> FileSystemStorage:
    return FileSystemStorage(location=settings.PRIVATE_ROOT, file_permissions_mode=0o600)
