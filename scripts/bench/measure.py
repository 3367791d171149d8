"""Timing of one thing beside a yardstick, in turns, so that a machine whose speed drifts is fair
to both."""

import time
import tracemalloc
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median

RUNS = 7
MEGABYTE = 1_000_000


@dataclass(frozen=True)
class Benchmark:
    """What is measured, and what is asked of it.

    yardstick: what the time is a ratio of, in the same run. Budgets are None where none is set:
    times the yardstick, seconds, megabytes above what was there before (of pages: sent).
    """

    name: str
    subject: Callable[[], object]
    yardstick: Callable[[], object]
    yardstick_name: str
    most_times: float | None = None
    most_seconds: float | None = None
    most_megabytes: float | None = None


@dataclass(frozen=True)
class Measured:
    """Medians over the runs; seconds, and megabytes of memory at the peak, or of what is sent."""

    benchmark: Benchmark
    seconds: float
    times: float
    megabytes: float

    @property
    def keeps_its_budget(self) -> bool:
        budget = self.benchmark
        pairs = (
            (self.times, budget.most_times),
            (self.seconds, budget.most_seconds),
            (self.megabytes, budget.most_megabytes),
        )
        return all(found <= most for found, most in pairs if most is not None)


def measure(benchmark: Benchmark) -> Measured:
    """Both once to warm up, then in turns."""
    benchmark.subject()
    benchmark.yardstick()
    turns = [(seconds(benchmark.subject), seconds(benchmark.yardstick)) for _ in range(RUNS)]
    return Measured(
        benchmark,
        seconds=median(subject for subject, _ in turns),
        times=median(subject / yardstick for subject, yardstick in turns),
        megabytes=peak_megabytes(benchmark.subject),
    )


def seconds(function: Callable[[], object]) -> float:
    begin = time.perf_counter()
    function()
    return time.perf_counter() - begin


def peak_megabytes(function: Callable[[], object]) -> float:
    """The most that was held at once; a run of its own, as watching memory takes time."""
    tracemalloc.start()
    try:
        function()
        return tracemalloc.get_traced_memory()[1] / MEGABYTE
    finally:
        tracemalloc.stop()
