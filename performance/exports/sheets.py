"""A table as the sheets of a workbook, as the Government Analysis Function asks of accessible
spreadsheets: a cover, contents, notes, and one table a sheet with no blank cell and none merged.

https://analysisfunction.civilservice.gov.uk/policy-store/releasing-statistics-in-spreadsheets/
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from performance.exports.about import About, about
from performance.exports.dictionary import Field
from performance.exports.table_file import ReleaseFile, Values
from performance.vocabulary import Status

# More would take longer than a reader waits, and nobody looks through them in a spreadsheet.
MOST_ROWS = 100_000
COVER, CONTENTS, NOTES, COLUMNS, MEASURES, TABLE = (
    "Cover",
    "Contents",
    "Notes",
    "Columns",
    "Measures",
    "Table",
)
NOT_AVAILABLE, CONFIDENTIAL, NOT_APPLICABLE = "[x]", "[c]", "[z]"
SHORTHAND: Mapping[str, str] = {
    Status.MISSING: NOT_AVAILABLE,
    Status.SUPPRESSED: CONFIDENTIAL,
    Status.NOT_APPLICABLE: NOT_APPLICABLE,
}
MEANINGS = (
    (NOT_AVAILABLE, "Not available: not published, not sent, or can’t be told. None of these is zero."),
    (CONFIDENTIAL, "Confidential: suppressed, as it would give a person away."),
    (NOT_APPLICABLE, "Not applicable: there is nothing to say, or can’t be a figure."),
)
WIDTHS = {"text": 28, "integer": 14, "number": 14, "boolean": 12, "date": 14}
WIDE, NARROW = 90, 24


@dataclass(frozen=True)
class Head:
    """The head of a column; its width is in characters. `is_long`: whether its texts run over lines."""

    text: str
    width: int = NARROW
    is_long: bool = False


@dataclass(frozen=True)
class Sheet:
    """`lines` stand below the title and above the table. `number` says how many rows the table has; a
    sheet without heads has no table. `leads_to`: whether its first column names other sheets."""

    name: str
    title: str
    lines: Sequence[str]
    heads: Sequence[Head] = ()
    rows: Iterable[Values] = ()
    number: int = 0
    leads_to: bool = False


class TooLong(Exception):
    """A table has too many rows for a spreadsheet. Its text says so, for the reader."""


def sheets_of(file: ReleaseFile) -> list[Sheet]:
    """Raises TooLong."""
    if file.table.number > MOST_ROWS:
        raise TooLong(
            f"This table has {file.table.number:,} rows, and a spreadsheet from here holds at most "
            f"{MOST_ROWS:,}. Take it as CSV or Parquet, or choose less of it."
        )
    said = about(file)
    sheets = [_notes(), _columns(file.fields)]
    if said.measures:
        sheets.append(_measures(said))
    sheets.append(_table(file, said))
    return [_cover(said), _contents(sheets), *sheets]


def _cover(said: About) -> Sheet:
    rows = [list(line) for line in said.lines]
    heads = [Head("What"), Head("In words", WIDE, is_long=True)]
    return Sheet(COVER, said.title, ["This sheet says what the workbook holds."], heads, rows, len(rows))


def _contents(sheets: Sequence[Sheet]) -> Sheet:
    rows = [[sheet.name, sheet.title] for sheet in sheets]
    heads = [Head("Sheet"), Head("What it holds", WIDE, is_long=True)]
    lines = ["This sheet lists the others."]
    return Sheet(CONTENTS, "Contents", lines, heads, rows, len(rows), leads_to=True)


def _notes() -> Sheet:
    heads = [Head("Shorthand"), Head("Meaning", WIDE, is_long=True)]
    lines = ["This sheet explains what stands in cells without a figure."]
    return Sheet(NOTES, "Notes: shorthand", lines, heads, [list(one) for one in MEANINGS], len(MEANINGS))


def _columns(fields: Sequence[Field]) -> Sheet:
    heads = [
        Head("Column", 46),
        Head("Name in CSV", 26),
        Head("What stands in it", WIDE, is_long=True),
        Head("Type", 12),
        Head("Unit"),
    ]
    rows = [
        [field.heading, field.name, field.in_full, field.type, field.unit or NOT_APPLICABLE]
        for field in fields
    ]
    return Sheet(
        COLUMNS, "Columns of the table", ["This sheet explains each column."], heads, rows, len(rows)
    )


def _measures(said: About) -> Sheet:
    heads = [
        Head("Measure", 30),
        Head("Title", 40, is_long=True),
        Head("What is counted", 50, is_long=True),
        Head("Out of what", 40, is_long=True),
        Head("Unit"),
        Head("Kind", 14),
        Head("Which way is good", 18),
        Head("Standing of the definition", 50, is_long=True),
        Head("Frameworks", 40, is_long=True),
        Head("Caveats", 50, is_long=True),
        Head("Sources", 60, is_long=True),
    ]
    rows = [
        [
            cell or NOT_APPLICABLE
            for cell in (
                one.code,
                one.title,
                one.counted,
                one.out_of,
                one.unit,
                one.kind,
                one.polarity,
                f"{one.standing}. {one.standing_note}".strip(),
                "; ".join(one.frameworks),
                one.caveats,
                "; ".join(one.sources),
            )
        ]
        for one in said.measures
    ]
    return Sheet(MEASURES, "Definitions of the measures", ["A row a measure."], heads, rows, len(rows))


def _table(file: ReleaseFile, said: About) -> Sheet:
    lines = [
        f"{said.standing}. {said.what_standing_means}",
        f"{said.series}, release {said.release}, figures as at {said.figures_as_at}. {said.address}",
        "This sheet has one table. Shorthand such as [x] is explained on the sheet Notes.",
    ]
    heads = [Head(field.heading, WIDTHS[field.type]) for field in file.fields]
    return Sheet(TABLE, said.title, lines, _apart(heads), cells_of(file), file.table.number)


def _apart(heads: Sequence[Head]) -> list[Head]:
    """A spreadsheet's table refuses two heads that are the same."""
    seen: dict[str, int] = {}
    found = []
    for head in heads:
        seen[head.text] = seen.get(head.text, 0) + 1
        again = f" {seen[head.text]}" if seen[head.text] > 1 else ""
        found.append(Head(f"{head.text}{again}", head.width, head.is_long))
    return found


def cells_of(file: ReleaseFile) -> Iterator[list[Any]]:
    """The rows as a sheet has them: texts, numbers and dates, and no cell blank."""
    fields = file.fields
    names = [field.name for field in fields]
    status = names.index("status") if "status" in names else None
    for row in file.table.rows:
        without = _without(fields, None if status is None else row[status])
        yield [
            instead if value is None or value == "" else _in_words(value)
            for value, instead in zip(row, without, strict=True)
        ]


def _in_words(value: Any) -> Any:
    """A number or a date stays what it is."""
    return ("Yes" if value else "No") if isinstance(value, bool) else value


def _without(fields: Sequence[Field], status: str | None) -> list[str]:
    """What stands in cells in which there is nothing, field by field: no cell is left blank."""
    number = SHORTHAND.get(status or "", NOT_AVAILABLE)
    return [NOT_APPLICABLE if field.type == "text" else number for field in fields]
