"""Writes a simulated extract of about so many events as one file, Parquet or CSV, in a process of its own.

python -m scripts.bench.extract_file EVENTS FILE
"""

import sys
import tempfile
from pathlib import Path

import duckdb

from scripts.bench.own_process import set_up

# Events of a case, and cases that are drawn at once.
EVENTS_OF_A_CASE = 3.76
CASES_AT_ONCE = 250_000
TRUSTS = tuple(f"trust-{number}" for number in range(35))
FORMATS = {".parquet": "FORMAT parquet", ".csv": "FORMAT csv, HEADER"}


def main(events: int, file: Path) -> None:
    from performance.extracts.simulation import Plan, simulate, write

    cases = round(events / EVENTS_OF_A_CASE)
    with tempfile.TemporaryDirectory(dir=file.parent) as directory:
        for number, first in enumerate(range(0, cases, CASES_AT_ONCE)):
            count = min(CASES_AT_ONCE, cases - first)
            plan = Plan(count, TRUSTS, seed=number, first_case=10 * first)
            write(simulate(plan).rows, Path(directory) / f"{number}.parquet")
        with duckdb.connect() as connection:
            everything = f"SELECT * FROM read_parquet('{directory}/*.parquet')"  # noqa: S608
            connection.execute(f"COPY ({everything}) TO '{file}' ({FORMATS[file.suffix]})")


if __name__ == "__main__":
    set_up(Path(sys.argv[2]).parent, "")
    main(int(sys.argv[1]), Path(sys.argv[2]))
