"""A sign of life from a worker that is at work, however long one step takes."""

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import DatabaseError, connection

SECONDS = 5.0

logger = logging.getLogger(__name__)


@contextmanager
def beating(beat: Callable[[], object], seconds: float = SECONDS) -> Iterator[None]:
    """While the block runs, beat is called every so many seconds from a thread of its own."""
    is_over = threading.Event()
    thread = threading.Thread(target=_beat_until, args=(is_over, beat, seconds), daemon=True)
    thread.start()
    try:
        yield
    finally:
        is_over.set()
        thread.join()


def _beat_until(is_over: threading.Event, beat: Callable[[], object], seconds: float) -> None:
    try:
        while not is_over.wait(seconds):
            try:
                beat()
            except DatabaseError:
                # The results may be being stored: SQLite lets one writer in at a time. One beat
                # left out is no silence.
                logger.info("a heartbeat was left out", exc_info=True)
    finally:
        # The connection of this thread; the worker's own stays.
        connection.close()
