"""The parts of a workbook that are needed, copied while they are looked through.

The reader of values is given this copy, never the file that was sent: a zip can tell one program
that a part is small and another that it is huge, or have two lists of its parts.
"""

from collections.abc import Iterable, Iterator
from contextlib import closing
from typing import IO
from zipfile import ZipFile

from performance.returns.files.workbooks.xml_events import UnsoundXml, XmlEvents
from performance.returns.files.workbooks.zipped import chunks_of, damaged, part_named


class CheckedCopy:
    """parts: the names of all that was sent. name: of the file as it was sent."""

    def __init__(self, sent: ZipFile, name: str, copy: ZipFile) -> None:
        """copy: empty."""
        self._sent, self._copy = sent, copy
        self.name = name
        self.parts = sent.namelist()

    def take(self, part: str, looking: XmlEvents, *, is_needed: bool = True) -> None:
        """Raises CannotRead where the part is damaged, or isn't there though it is needed."""
        sent = part_named(self._sent, part)
        if sent is None and not is_needed:
            return
        if sent is None or part in self._copy.namelist():
            raise damaged(self.name, f"it has no part '{part}' of its own")
        try:
            with (
                closing(chunks_of(self._sent, sent, self.name)) as chunks,
                self._copy.open(part, "w") as copy,
            ):
                looking.read(_copied(chunks, copy))
        except UnsoundXml as failure:
            raise damaged(self.name, str(failure)) from failure

    def write(self, part: str, content: bytes) -> None:
        self._copy.writestr(part, content)


def _copied(chunks: Iterable[bytes], copy: IO[bytes]) -> Iterator[bytes]:
    for chunk in chunks:
        copy.write(chunk)
        yield chunk
