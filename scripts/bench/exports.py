"""Files of releases of several sizes and a page of the API, each in a process and a database of its own."""

from collections.abc import Iterator
from typing import Any

from scripts.bench.measure import Benchmark, Measured
from scripts.bench.own_process import run

SMALL, MIDDLE, LARGE = 10_000, 100_000, 1_000_000


def export_rows() -> Iterator[Measured]:
    """CSV of few rows and of many, whose memory should be the same; and the longest XLSX."""
    found = {size: run("export_file", size) for size in (SMALL, MIDDLE, LARGE)}
    for size in (SMALL, LARGE):
        yield _measured(f"CSV of {size:,} rows", found[size], "csv", "csv_writer", most_times=3)
    yield _measured(f"XLSX of {MIDDLE:,} rows", found[MIDDLE], "xlsx", "xlsxwriter", most_times=1.3)


def api_rows() -> Iterator[Measured]:
    """A page of the API, and the answer that it is as it was."""
    found = run("api_page", MIDDLE)
    page = Benchmark("API page of 1,000 rows", lambda: None, lambda: None, "query and orjson", most_times=2)
    yield Measured(page, found["page"], found["page"] / found["query"], 0.0)
    same = Benchmark("API page, unchanged (304)", lambda: None, lambda: None, "the page")
    yield Measured(same, found["unchanged"], found["unchanged"] / found["page"], 0.0)


def _measured(name: str, found: dict[str, Any], what: str, yardstick: str, **budget: float) -> Measured:
    benchmark = Benchmark(name, lambda: None, lambda: None, f"{yardstick}, rows ready", **budget)
    megabytes = found["megabytes"] if what == "csv" else 0.0
    return Measured(benchmark, found[what], found[what] / found[yardstick], megabytes)
