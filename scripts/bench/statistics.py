"""The statistics, on tables of the sizes that a release has and larger."""

from collections.abc import Iterator

import numpy as np

from performance.statistics.funnel import exact_flags
from performance.statistics.intervals import wilson
from scripts.bench.measure import Benchmark

ROWS = 1_000_000
SEED = 20101


def statistics_benchmarks() -> Iterator[Benchmark]:
    yield from _rows()


def _rows() -> Iterator[Benchmark]:
    random = np.random.default_rng(SEED)
    n = random.integers(10, 2000, ROWS).astype(float)
    x = random.binomial(n.astype(int), 0.93).astype(float)
    root = {"yardstick": lambda: np.sqrt(n), "yardstick_name": "numpy.sqrt of as many"}
    yield Benchmark("Wilson intervals, 1,000,000 rows", lambda: wilson(x, n), **root, most_times=15)
    yield Benchmark(
        "exact-tail flags, 1,000,000 rows", lambda: exact_flags(x, n, 0.95), **root, most_seconds=2
    )
