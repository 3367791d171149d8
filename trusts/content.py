"""Reading the tables that the project ships, with every problem named by file, row and column.

A table is a CSV file whose header is exactly the fields of a pydantic model. All problems of a
file are reported together, and nothing of a file with a problem is used.
"""

import csv
import datetime
import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Generic, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, StringConstraints, ValidationError
from pydantic_core import ErrorDetails


@dataclass(frozen=True)
class Problem:
    """One thing wrong in a content file. Rows are counted as an editor shows lines: header = 1."""

    file: str
    row: int
    column: str
    found: str
    expected: str

    def __str__(self) -> str:
        return f"{self.file}, row {self.row}, {self.column}: found {self.found}; expected {self.expected}."


class ContentError(Exception):
    """A content file can't be used. Its text is one line for each problem."""

    def __init__(self, problems: Iterable[Problem]):
        self.problems = list(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


class TableRow(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


# Covariant, so that a rule for every kind of row takes a row of one kind.
Row = TypeVar("Row", bound=TableRow, covariant=True)


@dataclass(frozen=True)
class Located(Generic[Row]):
    """A row and the place where it stands, so that a later check can name that place."""

    file: str
    number: int
    row: Row

    def problem(self, column: str, found: object, expected: str) -> Problem:
        return Problem(self.file, self.number, column, quoted(found), expected)


def _blank_to_none(text: Any) -> Any:
    return None if text == "" else text


def _written_as_a_date(text: Any) -> Any:
    """Refuses what pydantic would take for a date but no reader would: 20100401, or a number of
    seconds."""
    if isinstance(text, str) and not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        raise ValueError(DATE)
    return text


DATE = "a date such as 2010-04-01"
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=80)]
Blank = BeforeValidator(_blank_to_none)
Date = Annotated[datetime.date, BeforeValidator(_written_as_a_date)]
OptionalDate = Annotated[Date | None, Blank]
OptionalFloat = Annotated[float | None, Blank]


def read_table(path: Path, row_model: type[Row]) -> list[Located[Row]]:
    """All rows of a table. Raises ContentError naming each problem in it."""
    rows, problems = rows_and_problems(path.name, path.read_bytes(), row_model)
    if problems:
        raise ContentError(problems)
    return rows


def rows_and_problems(
    file: str, content: bytes, row_model: type[Row]
) -> tuple[list[Located[Row]], list[Problem]]:
    """The well-formed rows of a table, and each problem of the others. Raises ContentError where
    the table can't be read at all."""
    header, records = _read_csv(file, content)
    _check_header(file, header, list(row_model.model_fields))
    rows: list[Located[Row]] = []
    problems: list[Problem] = []
    for number, record in records:
        try:
            rows.append(Located(file, number, _row(row_model, header, record)))
        except ValidationError as error:
            problems += [_problem(file, number, record, header, e) for e in error.errors()]
        except _WrongWidth as error:
            problems.append(Problem(file, number, "whole row", str(error), f"{len(header)} cells"))
    return rows, problems


def table_files(directory: Path) -> list[Path]:
    """The tables of a folder. Raises ContentError where there is none."""
    paths = sorted(directory.glob("*.csv"))
    if not paths:
        found, expected = "no tables", "at least one ending in .csv"
        raise ContentError([Problem(str(directory), 1, "whole folder", found, expected)])
    return paths


class _WrongWidth(Exception):
    pass


def _row(row_model: type[Row], header: list[str], record: list[str]) -> Row:
    if len(record) != len(header):
        raise _WrongWidth(f"{len(record)} cells")
    return row_model.model_validate(dict(zip(header, record, strict=True)))


def _read_csv(file: str, content: bytes) -> tuple[list[str], Iterator[tuple[int, list[str]]]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        found = f"the byte {error.object[error.start]:#x}"
        raise ContentError([Problem(file, line, "whole row", found, "text in UTF-8")]) from error
    if "\0" in text:
        line = text[: text.index("\0")].count("\n") + 1
        raise ContentError([Problem(file, line, "whole row", "a NUL byte", "text alone")])
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        records = [(reader.line_num, record) for record in reader]
    except csv.Error as error:
        place = Problem(file, reader.line_num, "whole row", str(error), "a well-formed CSV row")
        raise ContentError([place]) from error
    if not records:
        raise ContentError([Problem(file, 1, "header", "an empty file", "a header row")])
    return records[0][1], iter(records[1:])


def _check_header(file: str, header: list[str], expected: list[str]) -> None:
    if sorted(header) == sorted(expected):
        return
    missing = [name for name in expected if name not in header]
    unknown = [name for name in header if name not in expected]
    found = "; ".join(
        f"{what} {', '.join(names)}"
        for what, names in (("no column", missing), ("unknown column", unknown))
        if names
    )
    problem = Problem(file, 1, "header", found or "a column twice", f"the columns {', '.join(expected)}")
    raise ContentError([problem])


def _problem(file: str, number: int, record: list[str], header: list[str], error: ErrorDetails) -> Problem:
    column = str(error["loc"][0]) if error["loc"] else "whole row"
    found = record[header.index(column)] if column in header else ", ".join(record)
    return Problem(file, number, column, quoted(found), expectation(error))


def quoted(found: object) -> str:
    return "an empty cell" if found in ("", None) else f"'{found}'"


EXPECTATIONS = {
    "date_from_datetime_inexact": DATE,
    "date_from_datetime_parsing": DATE,
    "date_parsing": DATE,
    "date_type": DATE,
    "extra_forbidden": "no such key: it is unknown here",
    "float_parsing": "a number",
    "int_parsing": "a whole number",
    "int_from_float": "a whole number",
    "missing": "this key, which is missing",
}


def expectation(error: ErrorDetails) -> str:
    """What pydantic wanted, in words that follow 'expected'."""
    if said := EXPECTATIONS.get(error["type"]):
        return said
    message = error["msg"].removeprefix("Value error, ").removeprefix("Input should be ")
    return message.removesuffix(".")
