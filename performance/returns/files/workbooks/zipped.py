"""Workbooks are zips. Nothing is unpacked before it is known to be small enough."""

import zlib
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from performance.returns.files.limits import MOST_PARTS, MOST_UNPACKED
from performance.returns.files.sheet import FileFormat
from performance.returns.found import CannotRead, error
from performance.wording import written_number

# Stands before each part in the list at the end of a zip.
PART = b"PK\x01\x02"
CHUNK = 1 << 20
ODS = b"application/vnd.oasis.opendocument.spreadsheet"
# What zipfile raises for bytes that are no sound zip.
UNSOUND = (
    BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
    OSError,
    OverflowError,
    RuntimeError,
    ValueError,
)

# By a part that only they have.
OTHER_ZIPS = {
    "xl/workbook.bin": "a binary workbook (XLSB)",
    "word/document.xml": "a Word document",
    "ppt/presentation.xml": "a PowerPoint presentation",
}


def damaged(name: str, why: str) -> CannotRead:
    """why: what is wrong, as words that follow 'as'."""
    sentence = (
        f"The workbook '{name}' is damaged, as {why}. Open it in your spreadsheet program, save it again as "
        "XLSX, and send that."
    )
    return CannotRead([error("damaged-workbook", sentence)])


def password_protected(name: str) -> CannotRead:
    sentence = f"'{name}' opens with a password only. Save it without one, and send that."
    return CannotRead([error("password-protected", sentence)])


@contextmanager
def opened(path: Path, name: str) -> Iterator[ZipFile]:
    """A zip that is small enough to be unpacked. Raises CannotRead."""
    if path.read_bytes().count(PART) > MOST_PARTS:
        sentence = (
            f"'{name}' is a zip of more than {written_number(MOST_PARTS)} files, which no workbook is. "
            "Open it in your spreadsheet program, save it again as XLSX, and send that."
        )
        raise CannotRead([error("too-many-parts", sentence)])
    with _is_sound(name):
        zipped = ZipFile(path)
    with zipped:
        _check(zipped.infolist(), name)
        yield zipped


@contextmanager
def _is_sound(name: str) -> Iterator[None]:
    try:
        yield
    except UNSOUND as failure:
        raise damaged(name, "it breaks off, or bytes of it have changed") from failure


def _check(parts: list[ZipInfo], name: str) -> None:
    unpacked = sum(part.file_size for part in parts)
    if unpacked > MOST_UNPACKED:
        sentence = (
            f"'{name}' would unpack to {_megabytes(unpacked)}, and may to {_megabytes(MOST_UNPACKED)} at "
            "most. Send the table alone, as CSV or Parquet."
        )
        raise CannotRead([error("unpacks-too-large", sentence)])
    if any(part.flag_bits & 1 for part in parts):
        raise password_protected(name)
    names = {part.filename.casefold() for part in parts}
    if len(names) < len(parts):
        raise damaged(name, "two parts of it have the same name")
    if any(part.compress_type not in (ZIP_STORED, ZIP_DEFLATED) for part in parts):
        raise damaged(name, "it is packed in a way that no spreadsheet program uses")


def _megabytes(count: int) -> str:
    return f"{written_number(count / 1e6)} MB"


def chunks_of(zipped: ZipFile, part: ZipInfo, name: str) -> Generator[bytes, None, None]:
    """What a part holds: never more than it claimed. Raises CannotRead."""
    with _is_sound(name), zipped.open(part) as file:
        while chunk := file.read(CHUNK):
            yield chunk


def part_named(zipped: ZipFile, name: str) -> ZipInfo | None:
    """The part of that name; its case doesn't matter, as programs differ."""
    return next((part for part in zipped.infolist() if part.filename.casefold() == name.casefold()), None)


def format_of_zip(path: Path, name: str) -> FileFormat:
    """Raises CannotRead where a zip is no workbook that we read."""
    with opened(path, name) as zipped:
        if part_named(zipped, "xl/workbook.xml"):
            return FileFormat.XLSX
        mimetype = part_named(zipped, "mimetype")
        if mimetype and b"".join(chunks_of(zipped, mimetype, name)).strip() == ODS:
            return FileFormat.ODS
        kinds = [what for part, what in OTHER_ZIPS.items() if part_named(zipped, part)]
    what = kinds[0] if kinds else "a zip archive"
    sentence = f"'{name}' is {what}. Send the table itself, as CSV, XLSX, ODS or Parquet."
    raise CannotRead([error("another-kind", sentence)])
