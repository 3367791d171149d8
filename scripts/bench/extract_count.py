"""Measures counting one extract in a process of its own, and prints what it found as JSON.

python -m scripts.bench.extract_count EVENTS DIRECTORY [ENDING]
"""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import duckdb

from scripts.bench.extract_file import TRUSTS
from scripts.bench.own_process import ROOT, megabytes, seconds, set_up

FRAMEWORK = "ptrs-2010-11"
# What DuckDB itself needs for one measure: cases put together, then counted by trust and month.
ONE_MEASURE = """
    SELECT trust, date_trunc('month', start + 15) AS month, count(*), count(*) FILTER (stop <= start + 15)
    FROM (
        SELECT "case", min(trust) AS trust,
            min(CAST(date AS DATE)) FILTER (event IN ('order-started', 'licence-started')) AS start,
            min(CAST(date AS DATE)) FILTER (event = 'oasys-completed') AS stop
        FROM {table} WHERE event IN ('order-started', 'licence-started', 'oasys-completed') GROUP BY "case"
    )
    WHERE start IS NOT NULL GROUP BY ALL
"""


def main(events: int, directory: Path, ending: str) -> None:
    file = directory / f"events.{ending}"
    made = [sys.executable, "-m", "scripts.bench.extract_file", str(events), str(file)]
    subprocess.run(made, cwd=ROOT, check=True)
    set_up(directory, "")
    print(json.dumps(measured(file)))


def measured(file: Path) -> dict[str, Any]:
    """Seconds to count every measure of a framework, and for DuckDB to count one of them: medians of
    three turns; the most memory of the counting in MB."""
    from performance.extracts.count import count_files
    from performance.extracts.reading import Known
    from performance.extracts.simulation import Plan
    from performance.frameworks.reader import read_definitions
    from performance.periods import Period

    definitions = read_definitions()
    framework = definitions.frameworks[FRAMEWORK]
    codes = [entry.measure for domain in framework.domains for entry in domain.measures]
    rules = {code: rule for code in codes if (rule := definitions.measures[code].case_rule)}
    taken = Plan(0, ()).taken
    known, period = Known({trust: trust for trust in TRUSTS}, taken), Period(framework.starts, framework.ends)
    found: dict[str, Any] = {}

    def count() -> None:
        counted = count_files([(file, file.name)], rules, known, period)
        found.update(events=counted.rows, cases=counted.tally.cases, measures=len(rules))

    count()
    found["megabytes"] = megabytes()
    turns = sorted((seconds(count), seconds(lambda: one_measure(file))) for _ in range(3))
    found |= {"count": turns[1][0], "one": sorted(one for _, one in turns)[1], "bytes": file.stat().st_size}
    return found


def one_measure(file: Path) -> None:
    table = f"read_parquet('{file}')" if file.suffix == ".parquet" else f"read_csv('{file}')"
    with duckdb.connect() as connection:
        connection.execute("SET enable_progress_bar = false")
        connection.execute(ONE_MEASURE.format(table=table)).fetchall()


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]), sys.argv[3] if len(sys.argv) > 3 else "parquet")
