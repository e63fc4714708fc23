"""Files that the back office hands to its staff."""

from pathlib import Path
from typing import IO

from django.http import FileResponse


def as_download(file: IO[bytes], name: str) -> FileResponse:
    """Saved by the browser, never run as a page of ours."""
    answer = FileResponse(file, as_attachment=True, filename=Path(name).name)
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
