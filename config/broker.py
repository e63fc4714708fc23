"""Kombu's broker in files, with each file whole from the moment another process can see it.

Kombu opens a message under its last name and fills it afterwards. A worker that looks in between takes an
empty file, dies of it and loses the message (github.com/celery/kombu/issues/1551).
"""

import logging
import os
import tempfile
import time
import uuid
from pathlib import Path

from kombu.exceptions import ChannelError
from kombu.transport import filesystem
from kombu.utils.encoding import str_to_bytes
from kombu.utils.json import dumps

log = logging.getLogger(__name__)


class Channel(filesystem.Channel):
    """Messages and tables appear by renaming, and what cannot be read is put aside with a line in the log."""

    def get_table(self, exchange):
        try:
            return super().get_table(exchange)
        except ValueError:
            log.warning("The table of exchange %s is damaged; it is written again.", exchange)
            return []

    def _queue_bind(self, exchange, routing_key, pattern, queue):
        bound = filesystem.exchange_queue_t(routing_key or "", pattern or "", queue or "")
        table = self.get_table(exchange)
        if bound not in table:
            self.control_folder.mkdir(exist_ok=True)
            _write(self._exchange_file(exchange), [bound, *table])

    def _put(self, queue, payload, **kwargs):
        """Put `payload` onto `queue`; raises ChannelError and leaves nothing behind when it cannot be written."""
        _write(Path(self.data_folder_out) / _message_name(queue), payload)

    def _get(self, queue):
        while True:
            try:
                return super()._get(queue)
            except ValueError:
                log.exception("A message of queue %s could not be read; the next one is taken.", queue)


class Transport(filesystem.Transport):
    Channel = Channel


def _message_name(queue: str) -> str:
    """Sorted by age; the part behind the first dot is what kombu looks for."""
    return f"{time.time_ns()}_{uuid.uuid4()}.{queue}.msg"


def _write(path: Path, content) -> None:
    """Beside its place first: a rename within one folder is seen whole or not at all."""
    handle, beside = tempfile.mkstemp(dir=path.parent, prefix=".writing-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(str_to_bytes(dumps(content)))
        os.replace(beside, path)
    except OSError as problem:
        raise ChannelError(f"Cannot write {path}") from problem
    finally:
        Path(beside).unlink(missing_ok=True)
