"""Celery's broker in a folder, for one machine: each message comes to the folder whole.

kombu's own transport opens a message in the folder and then writes it. A worker that looks between the two
reads an empty message, which ends it (kombu issue 1551).
"""

from pathlib import Path
from time import monotonic_ns
from typing import Any
from uuid import uuid4

from kombu.transport import TRANSPORT_ALIASES, filesystem
from kombu.utils.json import dumps

SCHEME = "filesystem"


class Channel(filesystem.Channel):
    # kombu's own classes disagree over the name of the second argument, and its functions have no types.
    def _put(self, queue: str, payload: Any, **kwargs: Any) -> None:  # type: ignore[override]
        """Messages are taken in the order of their names, and nobody reads one whose name ends otherwise."""
        name = f"{monotonic_ns():020}_{uuid4()}.{queue}.msg"
        coming = Path(self.data_folder_out) / f"{name}.coming"
        coming.write_text(dumps(payload))  # type: ignore[no-untyped-call]
        coming.rename(coming.with_name(name))


class Transport(filesystem.Transport):
    Channel = Channel


def use_it() -> None:
    """Wherever a broker's address begins with `filesystem:`."""
    TRANSPORT_ALIASES[SCHEME] = f"{__name__}:{Transport.__name__}"
