"""The table of `make bench`: what it measures is not asserted, how it reports is."""

import json
import subprocess
import sys
import time

import pytest

from scripts.bench.__main__ import row
from scripts.bench.extracts import exponent_of_events
from scripts.bench.measure import Benchmark, Measured, measure, peak_megabytes
from scripts.bench.releases import exponent
from scripts.bench.statistics import statistics_benchmarks


def benchmark(**budget: float) -> Benchmark:
    return Benchmark("sums", lambda: sum(range(10)), lambda: time.sleep(0.001), "a nap", **budget)


@pytest.mark.parametrize(
    ("budget", "mark"),
    [
        ({}, ""),
        ({"most_times": 2}, ""),
        ({"most_times": 1.9}, "OVER"),
        ({"most_seconds": 1, "most_megabytes": 30}, ""),
        ({"most_seconds": 0.9, "most_megabytes": 30}, "OVER"),
        ({"most_seconds": 1, "most_megabytes": 29}, "OVER"),
    ],
)
def test_a_figure_over_its_budget_is_marked(budget, mark):
    text = row(Measured(benchmark(**budget), seconds=1.0, times=2.0, megabytes=30.0))

    assert text.startswith("sums") and "2.0 x a nap" in text
    assert text.endswith("OVER") == bool(mark)


def test_both_are_measured():
    measured = measure(benchmark())

    assert measured.seconds > 0
    assert measured.times > 0


def test_memory_is_that_of_the_peak():
    assert peak_megabytes(lambda: bytearray(5_000_000) and None) == pytest.approx(5, abs=0.5)


def test_what_is_measured_has_a_name_of_its_own():
    names = [benchmark.name for benchmark in statistics_benchmarks()]

    assert len(names) == len(set(names)) >= 5


def test_the_power_by_which_a_build_grows_is_told():
    def built(seconds: float, name: str) -> Measured:
        return Measured(Benchmark(name, lambda: None, lambda: None, "reading"), seconds, 1.0, 1.0)

    rows = [built(9.0, "three years"), *(built(s, f"{s} observations") for s in (0.5, 5.0, 50.0))]

    assert exponent(rows) == pytest.approx(1.0)


@pytest.mark.parametrize(
    ("benchmark", "size", "figures"),
    [
        ("release", "observations", ("results", "read", "build", "again", "megabytes")),
        ("import_file", "observations", ("returns", "bytes", "import", "load", "megabytes")),
        ("export_file", "rows", ("csv", "csv_writer", "xlsx", "xlsxwriter", "megabytes")),
        ("api_page", "rows", ("page", "query", "unchanged")),
    ],
)
def test_what_is_large_is_measured_in_a_process_and_a_database_of_its_own(tmp_path, benchmark, size, figures):
    command = [sys.executable, "-m", f"scripts.bench.{benchmark}", "300", str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)

    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout.splitlines()[-1])
    assert found[size] == 300
    assert min(found[what] for what in figures) > 0


@pytest.mark.parametrize("ending", ["csv", "parquet"])
def test_counting_an_extract_is_measured_beside_one_measure_in_duckdb(tmp_path, ending):
    command = [sys.executable, "-m", "scripts.bench.extract_count", "2000", str(tmp_path), ending]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)

    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout.splitlines()[-1])
    assert 1_500 < found["events"] < 2_500
    assert found["measures"] == 11
    assert min(found[what] for what in ("count", "one", "megabytes", "bytes")) > 0


def test_the_power_by_which_a_count_grows_is_told():
    def counted(seconds: float) -> Measured:
        return Measured(Benchmark("events", lambda: None, lambda: None, "DuckDB"), seconds, 1.0, 1.0)

    # The last is of CSV, which takes longer.
    assert exponent_of_events([counted(s) for s in (1.0, 3.0, 10.0, 90.0)]) == pytest.approx(1.0)
