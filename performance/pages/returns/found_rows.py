"""The rows of a file in which something was found, as the sender knows them, each finding in its cell."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from django.db.models import Q

from performance.exports.findings_workbook import can_annotate
from performance.models import Finding, Upload
from performance.returns.files import Sheet, read_sheet
from performance.returns.found import CannotRead

# As many as anyone mends by looking from a page to a file; the downloads have all.
MOST_ROWS = 50
# More columns than these are too wide to look through: then those in which something was found are
# shown, beside the first, which say what a row is of.
MOST_COLUMNS, FIRST_COLUMNS = 12, 4


@dataclass(frozen=True)
class FoundCell:
    """severity: of what was found in it, empty where nothing was."""

    text: str
    severity: str


@dataclass(frozen=True)
class FoundRow:
    """cells: none where the row couldn't be read."""

    number: int
    cells: list[FoundCell]
    findings: list[Finding]


@dataclass(frozen=True)
class FoundRows:
    """header: of the columns that are shown, none where the file isn't; more: how many rows with
    findings there are besides."""

    rows: list[FoundRow]
    header: list[str]
    is_narrowed: bool
    more: int


@dataclass(frozen=True)
class FoundInFile:
    """What was found of one severity. in_all: how many findings; shown: those about the whole file,
    and those in the rows that are shown."""

    in_all: int
    shown: list[Finding]
    rows: FoundRows

    @property
    def of_the_file(self) -> list[Finding]:
        return [finding for finding in self.shown if finding.row is None]


@dataclass(frozen=True)
class Cells:
    """What stands in some rows of a file."""

    header: list[str]
    rows: dict[int, list[str]]


def found_in(upload: Upload, severities: Sequence[str]) -> list[FoundInFile]:
    """In two queries and one reading of the file, whatever was found."""
    all_found = Finding.objects.filter(upload=upload, severity__in=severities)
    places = list(all_found.order_by("row", "pk").values_list("severity", "row"))
    rows = {of: _rows_with(places, of) for of in severities}
    first = sorted({number for numbers in rows.values() for number in numbers[:MOST_ROWS]})
    is_shown = Q(row__isnull=True) | Q(row__in=first)
    findings = list(all_found.filter(is_shown).select_related("accepted_by").order_by("row", "pk"))
    cells = cells_of(upload, first) or Cells([], {})
    return [_found_in(places, findings, rows[of], cells, of) for of in severities]


def _rows_with(places: Sequence[tuple[str, int | None]], severity: str) -> list[int]:
    return list(dict.fromkeys(row for of, row in places if of == severity and row is not None))


def _found_in(
    places: Sequence[tuple[str, int | None]],
    findings: Sequence[Finding],
    numbers: Sequence[int],
    cells: Cells,
    severity: str,
) -> FoundInFile:
    first = numbers[:MOST_ROWS]
    by_row: dict[int | None, list[Finding]] = defaultdict(list)
    for finding in findings:
        if finding.severity == severity:
            by_row[finding.row].append(finding)
    shown = [finding for number in (None, *first) for finding in by_row[number]]
    columns = _columns(cells, first, shown)
    return FoundInFile(
        in_all=sum(of == severity for of, _ in places),
        shown=shown,
        rows=FoundRows(
            rows=[_row(number, by_row[number], cells, columns) for number in first],
            header=[cells.header[column] for column in columns],
            is_narrowed=len(columns) < len(cells.header),
            more=len(numbers) - len(first),
        ),
    )


def cells_of(upload: Upload, numbers: Sequence[int]) -> Cells | None:
    """What the file has in these rows, of which those that couldn't be read are left out. None where
    it is no table, or longer than anyone mends by hand."""
    if not numbers or not can_annotate(upload.format, upload.lines):
        return None
    try:
        sheet = read_sheet(Path(upload.file.path), upload.name)
        return Cells(sheet.header, _rows(sheet, set(numbers)))
    except (CannotRead, OSError):
        return None


def _rows(sheet: Sheet, wanted: set[int]) -> dict[int, list[str]]:
    rows = {sheet.header_row: sheet.header} if sheet.header_row in wanted else {}
    for block in sheet.blocks():
        rows |= {
            number: cells
            for number, cells in zip(block.numbers, block.cells, strict=True)
            if number in wanted
        }
        if len(block.numbers) and block.numbers[-1] >= max(wanted):
            break
    return rows


def _columns(cells: Cells, numbers: Sequence[int], findings: Iterable[Finding]) -> list[int]:
    """The places of the columns to show, in the order of the file: none of those that are empty in
    all of these rows, unless that is what is wrong."""
    rows = [cells.rows[number] for number in numbers if number in cells.rows]
    named = {finding.column for finding in findings}
    with_findings = [place for place, name in enumerate(cells.header) if name and name in named]
    filled = [place for place in range(len(cells.header)) if any(row[place] for row in rows)]
    if len({*with_findings, *filled}) > MOST_COLUMNS:
        filled = filled[:FIRST_COLUMNS]
    return sorted(list(dict.fromkeys([*filled, *with_findings]))[:MOST_COLUMNS])


def _row(number: int, findings: list[Finding], cells: Cells, columns: Sequence[int]) -> FoundRow:
    texts = cells.rows.get(number)
    if texts is None:
        return FoundRow(number, [], findings)
    severities = {finding.column: finding.severity for finding in findings}
    # Where two columns have one name, what was found is about the first.
    of_place = {cells.header.index(name): of for name, of in severities.items() if name in cells.header}
    shown = [FoundCell(texts[place], of_place.get(place, "")) for place in columns]
    return FoundRow(number, shown, findings)
