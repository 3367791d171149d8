"""Which characters the bytes of a text file stand for, and which of its bytes are no text."""

import codecs
import csv
import re
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from performance.returns.files.limits import LONGEST_LINE
from performance.returns.found import CannotRead, Found, error
from performance.wording import written_number

CHUNK = 1 << 20
NUL = re.compile("\0")
# How Python writes bytes that aren't UTF-8, where it is told to pass over them.
NOT_UTF_8 = re.compile("[\udc80-\udcff]")
BEYOND_ASCII = re.compile("[^\0-\x7f\udc80-\udcff]")
# Those of them that are no character in Windows-1252 either.
NOT_WINDOWS_1252 = re.compile("[\udc81\udc8d\udc8f\udc90\udc9d]")
SAVE_AS_UTF_8 = "Save the file as 'CSV UTF-8', and send that."


@dataclass(frozen=True)
class TextFile:
    """encoding: as Python names it. has_hash: whether a # stands anywhere, as in #N/A."""

    path: Path
    encoding: str
    has_hash: bool

    @classmethod
    def of(cls, path: Path, name: str) -> "TextFile":
        """name: of the file as it was sent. Raises CannotRead where its bytes are no text."""
        looked = _Looked.at(path)
        if found := looked.found(path, name):
            raise CannotRead(found)
        return cls(path, looked.encoding, looked.has_hash)

    def opened(self) -> IO[str]:
        return self.path.open(encoding=self.encoding, newline="")


@dataclass
class _Looked:
    """What the bytes of a file hold. longest_line: of lines that reach over the end of a chunk, so
    many bytes at least."""

    has_mark: bool = False
    has_nul: bool = False
    has_hash: bool = False
    is_beyond_ascii: bool = False
    isnt_utf_8: bool = False
    isnt_windows_1252: bool = False
    longest_line: int = 0

    @classmethod
    def at(cls, path: Path) -> "_Looked":
        looked = cls()
        decoder = codecs.getincrementaldecoder("utf-8")("surrogateescape")
        line = 0
        with path.open("rb") as file:
            looked.has_mark = file.peek().startswith(codecs.BOM_UTF8)
            while chunk := file.read(CHUNK):
                looked._take(decoder.decode(chunk))
                end = max(chunk.rfind(b"\n"), chunk.rfind(b"\r"))
                line = line + len(chunk) if end < 0 else len(chunk) - end
                looked.longest_line = max(looked.longest_line, line)
        looked._take(decoder.decode(b"", final=True))
        return looked

    def _take(self, text: str) -> None:
        self.has_nul |= "\0" in text
        self.has_hash |= "#" in text
        if not text.isascii():
            self.is_beyond_ascii |= bool(BEYOND_ASCII.search(text))
            self.isnt_utf_8 |= bool(NOT_UTF_8.search(text))
            self.isnt_windows_1252 |= bool(NOT_WINDOWS_1252.search(text))

    @property
    def encoding(self) -> str:
        if self.isnt_utf_8:
            return "cp1252"
        return "utf-8-sig" if self.has_mark else "utf-8"

    def found(self, path: Path, name: str) -> list[Found]:
        found = []
        if self.has_nul:
            found.append(_nul(_row_with(NUL, path), name))
        # Text in Windows-1252 alone hardly ever has what could be a character in UTF-8.
        if self.isnt_utf_8 and (self.is_beyond_ascii or self.has_mark):
            found.append(_mixed(_row_with(NOT_UTF_8, path), name))
        elif self.isnt_windows_1252:
            found.append(_undefined(_row_with(NOT_WINDOWS_1252, path), name))
        if self.longest_line > LONGEST_LINE:
            found.append(_long_line(name))
        return found


def _row_with(wanted: re.Pattern[str], path: Path) -> int:
    """The first row with it, as a spreadsheet counts. Where rows can't be told apart so far, that
    in which they no longer can."""
    number = 0
    with path.open(encoding="utf-8", errors="surrogateescape", newline="") as lines:
        try:
            for row in csv.reader(lines):
                number += 1
                if any(map(wanted.search, row)):
                    return number
        except csv.Error:
            pass
    return number + 1


def _nul(row: int, name: str) -> Found:
    sentence = (
        f"'{name}' is no text: row {row} is the first with a NUL byte. The file is damaged, or isn't what "
        "its name says. Save the table again as CSV, and send that."
    )
    return error("nul-byte", sentence, row=row)


def _mixed(row: int, name: str) -> Found:
    sentence = (
        f"'{name}' mixes encodings: most of it is UTF-8, and row {row} is the first that isn't. It was put "
        f"together from files of two kinds. Put right what stands there. {SAVE_AS_UTF_8}"
    )
    return error("mixed-encodings", sentence, row=row)


def _undefined(row: int, name: str) -> Found:
    sentence = (
        f"'{name}' is neither UTF-8 nor Windows-1252: row {row} is the first with a byte that neither has. "
        f"{SAVE_AS_UTF_8}"
    )
    return error("unknown-encoding", sentence, row=row)


def _long_line(name: str) -> Found:
    sentence = (
        f"'{name}' has more than {written_number(LONGEST_LINE)} bytes without a line end, so it is no table "
        "of rows. Save the table again as CSV, and send that."
    )
    return error("line-too-long", sentence)
