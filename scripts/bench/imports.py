"""Return files of several sizes taken in, each in a process and a database of its own."""

from collections.abc import Iterator

from scripts.bench.measure import Benchmark, Measured
from scripts.bench.own_process import run

USUAL, LARGE = 400, 1_000_000
LOADING = "loading the rows"


def import_rows() -> Iterator[Measured]:
    yield _measured(USUAL, most_seconds=1)
    yield _measured(LARGE, most_times=3, most_megabytes=1_000)


def _measured(lines: int, **budget: float) -> Measured:
    found = run("import_file", lines)
    benchmark = Benchmark(f"a return file of {lines:,} lines", lambda: None, lambda: None, LOADING, **budget)
    return Measured(benchmark, found["import"], found["import"] / found["load"], found["megabytes"])
