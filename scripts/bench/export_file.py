"""Measures the files of one release in a process and a database of its own, and prints what it found as
JSON.

python -m scripts.bench.export_file ROWS DIRECTORY [DATABASE_URL]
"""

import csv
import json
import sys
from collections.abc import Iterable
from itertools import islice
from pathlib import Path
from typing import Any

from scripts.bench.measure import peak_megabytes
from scripts.bench.own_process import seconds, set_up

# As many as an XLSX file may have.
MOST_IN_A_WORKBOOK = 100_000
SAME = ("measure", "organisation", "period_start", "period_end", "status", "numerator", "denominator")
# Which field of an observation fills which of a figure: the limits and the target need only be numbers.
FROM_OBSERVATION = {
    **{name: name for name in (*SAME, "expected", "value", "note")},
    **{name: "value" for name in ("lower", "upper", "target", "attainment", "baseline")},
    "observation": "pk",
}


class Nowhere:
    """A file that keeps nothing."""

    def write(self, text: str) -> int:
        return len(text)


def main(rows: int, directory: Path, database: str) -> None:
    set_up(directory, database)
    print(json.dumps(_measured(rows, directory)))


def _measured(rows: int, directory: Path) -> dict[str, Any]:
    """Seconds to make each file from the database, and to write the same rows, ready as they are, with the
    plain library; and the most memory in MB that CSV holds."""
    from performance.exports.csv_file import csv_file
    from performance.exports.sheets import cells_of
    from performance.exports.xlsx_file import xlsx_file
    from performance.releases.whole_tables import INDICATORS

    release = release_of(rows)
    _used_up(csv_file(_file(release, 1)))
    csv_seconds = seconds(lambda: _used_up(csv_file(_file(release, rows))))
    some = min(rows, MOST_IN_A_WORKBOOK)
    xlsx_seconds = seconds(lambda: xlsx_file(_file(release, some)).close())
    ready = list(INDICATORS.rows(INDICATORS.of(release)))
    cells = list(cells_of(_file(release, some)))
    return {
        "rows": len(ready),
        "csv": csv_seconds,
        "csv_writer": seconds(lambda: csv.writer(Nowhere()).writerows(ready)),
        "megabytes": peak_megabytes(lambda: _used_up(csv_file(_file(release, rows)))),
        "xlsx": xlsx_seconds,
        "xlsxwriter": seconds(lambda: _bare_workbook(cells, directory / "bare.xlsx")),
    }


def _used_up(pieces: Iterable[str]) -> None:
    for piece in pieces:
        len(piece.encode())


def _file(release: Any, rows: int) -> Any:
    """The first rows of all indicators of the release."""
    from performance.exports.table_file import FileTable, ReleaseFile
    from performance.releases.whole_tables import INDICATORS

    first = islice(INDICATORS.rows(INDICATORS.of(release)), rows)
    table = FileTable("indicators", INDICATORS.title, list(INDICATORS.columns), first, rows)
    return ReleaseFile(table, release, lambda ending: f"https://a.example/{ending}", lambda *name: "")


def _bare_workbook(rows: Iterable[list[Any]], path: Path) -> None:
    """As the library writes in constant memory whatever it is given."""
    from xlsxwriter import Workbook

    with Workbook(str(path), {"constant_memory": True, "strings_to_urls": False}) as workbook:
        page = workbook.add_worksheet()
        day = workbook.add_format({"num_format": "d mmmm yyyy"})
        for number, row in enumerate(rows):
            for column, value in enumerate(row):
                if isinstance(value, str):
                    page.write_string(number, column, value)
                elif isinstance(value, int | float):
                    page.write_number(number, column, value)
                else:
                    page.write_datetime(number, column, value, day)


def release_of(rows: int) -> Any:
    """With a figure for each observation, as it is."""
    from performance.models import IndicatorResult, Observation, Release
    from performance.returns.simulation.scaled import scaled
    from performance.writing import write_rows
    from scripts.bench.filling import filled_series

    series = filled_series(scaled(rows))
    release = Release.objects.create(series=series, number=1, **_release_values())
    plain = {
        "release": release.pk,
        "structure": "then",
        "is_part": False,
        "target_status": "met",
        "flag": "inside",
    }
    fields, sources = list(FROM_OBSERVATION), list(FROM_OBSERVATION.values())
    found = Observation.objects.values_list(*sources).iterator()
    while some := list(islice(found, MOST_IN_A_WORKBOOK)):
        write_rows(IndicatorResult, [*plain, *fields], [(*plain.values(), *row) for row in some])
    return release


def _release_values() -> dict[str, Any]:
    import datetime

    from django.utils import timezone

    from trusts.models import Person, Role

    person = Person.objects.create(username="builds", role=Role.NOMS_ANALYST)
    return {
        "title": "Bench, release 1",
        "figures_as_at": datetime.date(2012, 1, 1),
        "digest": "0" * 64,
        "inputs_digest": "0" * 64,
        "code_version": "bench",
        "built_at": timezone.now(),
        "built_by": person,
    }


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]), sys.argv[3] if len(sys.argv) > 3 else "")
