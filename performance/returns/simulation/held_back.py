"""The last month of one trust's simulated returns, kept aside for a reader to send."""

import csv
import io
from pathlib import Path

from performance.periods import Period


def hold_back(file: Path, month: Period, directory: Path) -> Path:
    """Moves the figures for a month out of a return file and into one of their own, in another
    folder. Returns the path of that. Figures for longer periods that end with the month stay, as
    they are of the year. The files are those of `write`, whose rows are lines."""
    header, *rows = csv.reader(io.StringIO(file.read_text(), newline=""))
    start, end = header.index("period_start"), header.index("period_end")
    held = [row for row in rows if (row[start], row[end]) == (str(month.start), str(month.end))]
    aside = held_back_file(file, month, directory)
    directory.mkdir(parents=True, exist_ok=True)
    _write(aside, [header, *held])
    _write(file, [header, *(row for row in rows if row not in held)])
    return aside


def held_back_file(file: Path, month: Period, directory: Path) -> Path:
    """Where the figures for the month are, once they are held back."""
    return directory / f"{file.stem}_{month.start:%Y-%m}.csv"


def _write(path: Path, rows: list[list[str]]) -> None:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    path.write_bytes(text.getvalue().encode())
