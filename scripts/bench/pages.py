"""Pages of a published release of the simulated three years, each beside a bare page of the same run."""

from collections.abc import Iterator

from scripts.bench.measure import MEGABYTE, Benchmark, Measured
from scripts.bench.own_process import run
from scripts.bench.releases import THREE_YEARS

WIRE_BUDGET = 600_000 / MEGABYTE


def page_rows() -> Iterator[Measured]:
    """The server's time over a page that was asked for before, and the queries of its first time."""
    for address, found in run("page_times", THREE_YEARS)["pages"].items():
        name = f"page {address.removeprefix('/series/simulated')}, {found['queries']} queries at first"
        benchmark = Benchmark(name, lambda: None, lambda: None, "a bare template page", most_times=2)
        yield Measured(benchmark, found["warm"], found["times"], found["bytes"] / MEGABYTE)


def first_view_row() -> Measured:
    """The page of process and outcome in a browser without any copy: until all charts are drawn, and
    what came over the wire."""
    found = run("first_view", THREE_YEARS)
    name = f"first view of process and outcome, {found['charts']} charts"
    budget = {"most_times": 1.5, "most_megabytes": WIRE_BUDGET}
    benchmark = Benchmark(name, lambda: None, lambda: None, "a bare page of them", **budget)
    return Measured(benchmark, found["drawn"], found["times"], found["bytes"] / MEGABYTE)
