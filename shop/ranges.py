"""A part of a file, for whoever asks for one: films are sought through, and Safari plays nothing without."""

import re
from collections.abc import Iterator
from typing import IO

from django.http import FileResponse, HttpResponse, StreamingHttpResponse

_RANGE = re.compile(r"bytes=(\d{0,15})-(\d{0,15})")
CHUNK = 64 * 1024


def part_of(asked: str, answer: FileResponse) -> HttpResponse | StreamingHttpResponse:
    """The answer itself, or 206 with the one range that was asked for, or 416; several ranges get the whole file."""
    size = int(answer.headers.get("Content-Length", 0))
    answer.headers["Accept-Ranges"] = "bytes"
    match = _RANGE.fullmatch(asked.strip())
    if not match or not any(match.groups()) or not size:
        return answer
    first, last = _ends(*match.groups(), size)
    if first > last or first >= size:
        answer.close()
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    file = answer.file_to_stream
    part = StreamingHttpResponse(_read(file, first, last - first + 1), status=206)
    part._resource_closers.append(file.close)
    for name, value in answer.items():
        part.headers[name] = value
    part.headers["Content-Length"] = str(last - first + 1)
    part.headers["Content-Range"] = f"bytes {first}-{last}/{size}"
    return part


def _ends(first: str, last: str, size: int) -> tuple[int, int]:
    if not first:
        # "-500": the last so many bytes.
        return max(0, size - int(last)), size - 1
    return int(first), min(int(last), size - 1) if last else size - 1


def _read(file: IO[bytes], first: int, length: int) -> Iterator[bytes]:
    file.seek(first)
    while length > 0 and (chunk := file.read(min(CHUNK, length))):
        length -= len(chunk)
        yield chunk
