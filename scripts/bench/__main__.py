"""Prints one table: what was measured, how long it took, and that as a ratio of a yardstick.

    .venv/bin/python -m scripts.bench

MB are the peak of memory, and of pages the bytes that are sent. A figure over its budget is marked and
is no failure: another machine has another speed, and the ratio says more than the seconds.
"""

import os
import platform

from scripts.bench.exports import api_rows, export_rows
from scripts.bench.extracts import exponent_of_events, extract_rows
from scripts.bench.imports import import_rows
from scripts.bench.measure import Benchmark, Measured, measure
from scripts.bench.pages import first_view_row, page_rows
from scripts.bench.releases import exponent, release_rows
from scripts.bench.statistics import statistics_benchmarks

COLUMNS = "{:<52} {:>9} {:>10} {:<28} {:>8} {:>20}"


def main() -> None:
    print(f"Python {platform.python_version()}, {os.cpu_count()} processors; medians of runs in turns\n")
    print(COLUMNS.format("what", "seconds", "ratio to", "yardstick", "MB", "budget"))
    for benchmark in statistics_benchmarks():
        print(row(measure(benchmark)), flush=True)
    for measured in import_rows():
        print(row(measured), flush=True)
    for measured in export_rows():
        print(row(measured), flush=True)
    for measured in api_rows():
        print(row(measured), flush=True)
    for measured in page_rows():
        print(row(measured), flush=True)
    print(row(first_view_row()), flush=True)
    extracts = []
    for measured in extract_rows():
        extracts.append(measured)
        print(row(measured), flush=True)
    releases = []
    for measured in release_rows():
        releases.append(measured)
        print(row(measured), flush=True)
    print(f"\nA build's time grows with the observations to the power of {exponent(releases):.2f}.")
    print(f"Counting an extract grows with its events to the power of {exponent_of_events(extracts):.2f}.")


def row(measured: Measured) -> str:
    benchmark = measured.benchmark
    return COLUMNS.format(
        benchmark.name,
        f"{measured.seconds:.4f}",
        f"{measured.times:.1f} x",
        benchmark.yardstick_name,
        f"{measured.megabytes:.2f}",
        f"{budget(benchmark)}{'' if measured.keeps_its_budget else ' OVER'}",
    )


def budget(benchmark: Benchmark) -> str:
    parts = (
        (benchmark.most_times, "{:g} x"),
        (benchmark.most_seconds, "{:g} s"),
        (benchmark.most_megabytes, "{:g} MB"),
    )
    return ", ".join(text.format(most) for most, text in parts if most is not None)


if __name__ == "__main__":
    main()
