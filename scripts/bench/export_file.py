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

from scripts.bench.own_process import megabytes, seconds, set_up

# As many as an XLSX file may have.
MOST_IN_A_WORKBOOK = 100_000


class Nowhere:
    """A file that keeps nothing."""

    def write(self, text: str) -> int:
        return len(text)


def main(rows: int, directory: Path, database: str) -> None:
    set_up(directory, database)
    print(json.dumps(_measured(rows, directory)))


def _measured(rows: int, directory: Path) -> dict[str, Any]:
    """Seconds to make each file from the database, and to write the same rows, ready as they are, with the
    plain library; and the most memory in MB beyond what was held before, of CSV alone."""
    from performance.exports.csv_file import csv_file
    from performance.exports.sheets import cells_of
    from performance.exports.xlsx_file import xlsx_file
    from performance.releases.whole_tables import INDICATORS

    release = _release(rows)
    _used_up(csv_file(_file(release, 1)))
    before = megabytes()
    csv_seconds = seconds(lambda: _used_up(csv_file(_file(release, rows))))
    csv_megabytes = megabytes() - before
    some = min(rows, MOST_IN_A_WORKBOOK)
    xlsx_seconds = seconds(lambda: xlsx_file(_file(release, some)).close())
    ready = list(INDICATORS.rows(INDICATORS.of(release)))
    cells = list(cells_of(_file(release, some)))
    return {
        "rows": len(ready),
        "csv": csv_seconds,
        "csv_writer": seconds(lambda: csv.writer(Nowhere()).writerows(ready)),
        "megabytes": csv_megabytes,
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


def _release(rows: int) -> Any:
    """With a figure for each observation, as it is."""
    from performance.models import IndicatorResult, Observation, Release
    from performance.returns.simulation.scaled import scaled
    from performance.writing import write_rows
    from scripts.bench.filling import filled_series

    series = filled_series(scaled(rows))
    release = Release.objects.create(series=series, number=1, **_release_values())
    same = ("measure", "organisation", "period_start", "period_end", "status", "numerator", "denominator")
    same = (*same, "expected", "value", "value", "value", "value", "value", "value", "note", "pk")
    fields = ("release", "structure", "is_part", "target_status", "flag", *same[:9])
    fields = (*fields, "lower", "upper", "target", "attainment", "baseline", "note", "observation")
    plain = (release.pk, "then", False, "met", "inside")
    found = Observation.objects.values_list(*dict.fromkeys(same)).iterator()
    names = list(dict.fromkeys(same))
    while some := list(islice(found, MOST_IN_A_WORKBOOK)):
        by_name = (dict(zip(names, row, strict=True)) for row in some)
        write_rows(IndicatorResult, fields, [(*plain, *(row[name] for name in same)) for row in by_name])
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
