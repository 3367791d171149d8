"""What a file is, by its bytes, never by its name."""

from pathlib import Path

from performance.returns.files.sheet import FileFormat
from performance.returns.files.workbooks.zipped import format_of_zip, password_protected
from performance.returns.found import CannotRead, error

SEND = "Send the table itself, as CSV, XLSX, ODS or Parquet."
SAVE_AS_XLSX = "Open it in your spreadsheet program, save it as XLSX, and send that."
SAVE_AS_UTF_8 = "Save it as 'CSV UTF-8', and send that."

OLD_WORKBOOK = b"\xd0\xcf\x11\xe0"
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
PARQUET = b"PAR1"
ZIP = (b"PK\x03\x04", b"PK\x05\x06")

# How files begin that aren't tables we read: code, what such a file is, what to do.
OTHERS = (
    (b"%PDF", "another-kind", "a PDF document", SEND),
    (b"PARE", "password-protected", "an encrypted Parquet file", "Write it again without encryption."),
    (b"\xff\xfe", "utf-16", "text in UTF-16", SAVE_AS_UTF_8),
    (b"\xfe\xff", "utf-16", "text in UTF-16", SAVE_AS_UTF_8),
    (b"\x00\x00\xfe\xff", "utf-16", "text in UTF-32", SAVE_AS_UTF_8),
    (b"\x1f\x8b", "another-kind", "packed with gzip", "Unpack it, and send the table that is in it."),
    (b"7z\xbc\xaf", "another-kind", "a 7z archive", "Unpack it, and send the table that is in it."),
    (b"Rar!", "another-kind", "a RAR archive", "Unpack it, and send the table that is in it."),
    (b"\x89PNG", "another-kind", "a picture", SEND),
    (b"\xff\xd8\xff", "another-kind", "a picture", SEND),
    (b"GIF8", "another-kind", "a picture", SEND),
    (b"II*\x00", "another-kind", "a picture", SEND),
    (b"MM\x00*", "another-kind", "a picture", SEND),
    (b"{\\rtf", "another-kind", "a text document (RTF)", SEND),
)
# Text that begins so, whatever its case, once spaces are left out.
MARKUP = (
    (b"<html", "a web page", SAVE_AS_XLSX),
    (b"<!doctype", "a web page", SAVE_AS_XLSX),
    (b"<table", "a web page", SAVE_AS_XLSX),
    (b"<?xml", "XML", SAVE_AS_XLSX),
)


def format_of(path: Path, name: str) -> FileFormat:
    """CSV where nothing says otherwise. name: of the file as it was sent, for the sentences. Raises
    CannotRead for what is no table, and for tables that we don't read."""
    with path.open("rb") as file:
        start = file.read(1024)
    if not start:
        raise CannotRead([error("empty-file", f"'{name}' is empty: it has no bytes at all. Send it again.")])
    if start.startswith(PARQUET):
        return FileFormat.PARQUET
    if start.startswith(ZIP):
        return format_of_zip(path, name)
    if start.startswith(OLD_WORKBOOK):
        raise _old_or_encrypted(path, name)
    _refuse_others(start, name)
    return FileFormat.CSV


def _old_or_encrypted(path: Path, name: str) -> CannotRead:
    """Both stand in the same container, which Office has used since before it had zips."""
    if ENCRYPTED in path.read_bytes():
        return password_protected(name)
    what = f"'{name}' is of a format that Excel used until 2003 (such as XLS). {SAVE_AS_XLSX}"
    return CannotRead([error("old-workbook", what)])


def _refuse_others(start: bytes, name: str) -> None:
    for beginning, code, what, advice in OTHERS:
        if start.startswith(beginning):
            raise CannotRead([error(code, f"'{name}' is {what}, whatever its name says. {advice}")])
    text = start.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    for beginning, what, advice in MARKUP:
        if text.startswith(beginning):
            raise CannotRead([error("another-kind", f"'{name}' is {what}, whatever its name says. {advice}")])
