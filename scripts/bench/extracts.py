"""Case extracts of several sizes counted, each in a process of its own."""

import math
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


def exponent_of_events(rows: list[Measured]) -> float:
    """By which power of the events the time of a count grows, over the Parquet files."""
    return math.log(rows[len(SIZES) - 1].seconds / rows[0].seconds) / math.log(SIZES[-1] / SIZES[0])


def _measured(events: int, ending: str) -> Measured:
    found = run("extract_count", events, ending)
    name = f"all measures from {found['events']:,} events, {ending}"
    budget = BUDGET if events == SIZES[-1] else {}
    benchmark = Benchmark(name, lambda: None, lambda: None, YARDSTICK, **budget)
    return Measured(benchmark, found["count"], found["count"] / found["one"], found["megabytes"])
