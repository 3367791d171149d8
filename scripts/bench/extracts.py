"""Case extracts of several sizes counted, each in a process of its own."""

from collections.abc import Iterator

from scripts.bench.measure import Benchmark, Measured
from scripts.bench.own_process import run

SIZES = (1_000_000, 3_000_000, 10_000_000)
YARDSTICK = "one measure in DuckDB"
BUDGET = {"most_times": 2, "most_megabytes": 500}


def extract_rows() -> Iterator[Measured]:
    for events in SIZES:
        yield _measured(events, "parquet")
    yield _measured(SIZES[-1], "csv")


def _measured(events: int, ending: str) -> Measured:
    found = run("extract_count", events, ending)
    name = f"all measures from {found['events']:,} events, {ending}"
    budget = BUDGET if events == SIZES[-1] else {}
    benchmark = Benchmark(name, lambda: None, lambda: None, YARDSTICK, **budget)
    return Measured(benchmark, found["count"], found["count"] / found["one"], found["megabytes"])
