"""Files put together in one zip, the same bytes for the same files whenever and wherever it is made."""

import io
import zipfile
from collections.abc import Iterable, Iterator, Mapping

# The earliest that a zip can tell: files of a release have no time of their own.
NO_TIME = (1980, 1, 1, 0, 0, 0)
READABLE_BY_ALL = 0o100644 << 16


def entry(path: str, compression: int = zipfile.ZIP_DEFLATED) -> zipfile.ZipInfo:
    """A file of a zip that says no time and nothing of the machine it was made on."""
    found = zipfile.ZipInfo(path, NO_TIME)
    found.external_attr = READABLE_BY_ALL
    found.compress_type = compression
    return found


def zipped(files: Mapping[str, str]) -> bytes:
    """Files: the text of each by its path, in the order in which the zip lists them."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for path, text in files.items():
            archive.writestr(entry(path), text.encode())
    return target.getvalue()


class _Passed(io.RawIOBase):
    """A file that keeps what is written until it is taken."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, piece: bytes) -> int:
        self._pieces.append(bytes(piece))
        return len(piece)

    def taken(self) -> bytes:
        taken = b"".join(self._pieces)
        self._pieces.clear()
        return taken


def zip_stream(files: Iterable[tuple[str, Iterable[bytes]]]) -> Iterator[bytes]:
    """Pieces of a zip of files that come in pieces themselves: none is ever held whole."""
    target = _Passed()
    with zipfile.ZipFile(target, "w") as archive:
        for path, pieces in files:
            with archive.open(entry(path), "w", force_zip64=True) as file:
                for piece in pieces:
                    file.write(piece)
                    if taken := target.taken():
                        yield taken
    yield target.taken()
