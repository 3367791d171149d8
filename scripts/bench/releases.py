"""Releases of simulated series of several sizes, each in a process and a database of its own."""

import math
from collections.abc import Iterator
from typing import Any

from scripts.bench.measure import Benchmark, Measured
from scripts.bench.own_process import run

# The simulation itself, and a series from smaller to much larger.
THREE_YEARS = 15_610
SIZES = (10_000, 100_000, 1_000_000)
READING = "reading the rows"


def release_rows() -> Iterator[Measured]:
    """A build of each size beside reading its rows, and a build again after one trust's new
    version."""
    found = {size: run("release", size) for size in (THREE_YEARS, *SIZES)}
    yield _measured("release of the simulated three years", found[THREE_YEARS], "build", most_seconds=10)
    for size in SIZES:
        largest = {"most_times": 10, "most_megabytes": 2_000} if size == SIZES[-1] else {}
        yield _measured(f"release of {size:,} observations", found[size], "build", **largest)
    yield _measured(f"the same after one new version, {SIZES[-1]:,}", found[SIZES[-1]], "again")


def exponent(rows: list[Measured]) -> float:
    """By which power of the observations the time of a build grows, from the smallest to the
    largest: 1 is in proportion."""
    seconds = [row.seconds for row in rows if "observations" in row.benchmark.name]
    return math.log(seconds[-1] / seconds[0]) / math.log(SIZES[-1] / SIZES[0])


def _measured(name: str, found: dict[str, Any], what: str, **budget: float) -> Measured:
    benchmark = Benchmark(name, lambda: None, lambda: None, READING, **budget)
    return Measured(benchmark, found[what], found[what] / found["read"], found["megabytes"])
