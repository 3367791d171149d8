"""Tables as CSV: streamed, safe in a spreadsheet, saying in every row what they are."""

import csv
import io
import logging
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

from performance.exports.table_file import ReleaseFile
from performance.formulas import safe

BYTE_ORDER_MARK = "\N{ZERO WIDTH NO-BREAK SPACE}"
# Fewer would leave as many small pieces, more would have to be held at once.
ROWS_IN_A_PIECE = 500
BROKE_OFF = "THE FILE BROKE OFF HERE AND IS NOT WHOLE: ask for it again."

logger = logging.getLogger(__name__)


def csv_file(file: ReleaseFile) -> Iterator[str]:
    fields = file.fields_of_rows
    texts = [place for place, field in enumerate(fields) if field.type == "text"]
    return csv_lines([field.name for field in fields], file.rows_about_themselves, texts)


def csv_lines(
    columns: Sequence[str], rows: Iterable[Sequence[Any]], texts: Sequence[int] | None = None
) -> Iterator[str]:
    """Pieces of a file. The byte-order mark tells a spreadsheet that this is UTF-8. texts: places of the
    columns in which there may be a text, where that isn't all. A stream can't take back what it has sent,
    so one that breaks says so in its last line, and then ends with the error."""
    places = range(len(columns)) if texts is None else texts
    piece = io.StringIO()
    writer = csv.writer(piece)
    piece.write(BYTE_ORDER_MARK)
    writer.writerow(columns)
    rows = iter(rows)
    try:
        while True:
            some = list(islice(rows, ROWS_IN_A_PIECE))
            writer.writerows(_safe(some, places))
            yield piece.getvalue()
            if len(some) < ROWS_IN_A_PIECE:
                return
            piece.seek(0)
            piece.truncate()
    except Exception:
        logger.exception("A CSV file broke off.")
        yield f"{BROKE_OFF}\r\n"
        raise


def _safe(rows: Sequence[Sequence[Any]], places: Iterable[int]) -> Iterable[Sequence[Any]]:
    """Looks at each text of a column once, as most columns have few: of a million rows that takes a tenth of
    the time."""
    columns = list(zip(*rows, strict=True))
    texts = {value for place in places if columns for value in columns[place]}
    if any(safe(text) is not text for text in texts):
        return ([safe(value) for value in row] for row in rows)
    return rows
