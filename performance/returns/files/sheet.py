"""The cells of a file, whatever its format."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from performance.returns.found import Found
from trusts.words import Word


class FileFormat(Word):
    CSV = "csv", "CSV"
    XLSX = "xlsx", "Excel workbook (XLSX)"
    ODS = "ods", "OpenDocument spreadsheet (ODS)"
    PARQUET = "parquet", "Parquet"


@dataclass(frozen=True)
class Block:
    """Some rows of a file. numbers: where each stands, as a spreadsheet counts; cells: of each row,
    as many as the header has names."""

    numbers: Sequence[int]
    cells: list[list[str]]


@dataclass(frozen=True)
class Sheet:
    """A table as it was sent. All cells are text without spaces around it: days as 2010-04-30, whole
    numbers without a point, TRUE and FALSE, empty cells as "".

    name: of the sheet in a workbook, otherwise empty. header: without empty names at its end.
    blocks: gives, each time that it is called, all rows below the header that aren't wholly empty
    and are as wide as the header, at most 1,000 at a time. found: what is wrong with the file or
    with single cells, and didn't keep the others from being read.
    """

    format: FileFormat
    name: str
    header: list[str]
    header_row: int
    blocks: Callable[[], Iterator[Block]]
    found: list[Found] = field(default_factory=list)
