"""The statistics, on tables of the sizes that a release has and larger."""

from collections.abc import Callable, Iterator

import numpy as np
import pandas as pd

from performance.statistics.control_charts.xmr import xmr
from performance.statistics.correlation.latent import latent_correlation
from performance.statistics.funnel import exact_flags
from performance.statistics.intervals import wilson
from performance.statistics.ratings.certainty import band_certainty
from performance.statistics.ratings.evidence import Evidence, evidence_of
from performance.statistics.ratings.scheme import RatedDomain, RatedMeasure, Scheme, StepScore
from scripts.bench.measure import Benchmark

ROWS = 1_000_000
SERIES, POINTS = 10_000, 36
TRUSTS, MEASURES, DOMAINS = 35, 40, 4
SEED = 20101


def statistics_benchmarks() -> Iterator[Benchmark]:
    """Made one at a time, so that the tables of one are gone when the next is measured."""
    yield from _rows()
    yield _charts()
    yield _bands()
    yield _correlation()


def _rows() -> Iterator[Benchmark]:
    random = np.random.default_rng(SEED)
    n = random.integers(10, 2000, ROWS).astype(float)
    x = random.binomial(n.astype(int), 0.93).astype(float)
    root, name = _root_of(n)
    yield Benchmark("Wilson intervals, 1,000,000 rows", lambda: wilson(x, n), root, name, most_times=15)
    yield Benchmark(
        "exact-tail flags, 1,000,000 rows", lambda: exact_flags(x, n, 0.95), root, name, most_seconds=2
    )


def _charts() -> Benchmark:
    values = np.random.default_rng(SEED).normal(90, 3, SERIES * POINTS)
    frame = pd.DataFrame(
        {
            "series": np.repeat(np.arange(SERIES), POINTS),
            "period": np.tile(np.arange(POINTS), SERIES),
            "value": values,
        }
    )
    name = f"XmR charts, all rules, {SERIES:,} of {POINTS} points"
    return Benchmark(name, lambda: xmr(frame), *_root_of(values), most_seconds=1)


def _bands() -> Benchmark:
    scheme, evidence = _scheme(), _evidence()
    draws = 10_000
    return Benchmark(
        f"bands, {TRUSTS} trusts x {MEASURES} measures, {draws:,} draws",
        lambda: band_certainty(scheme, evidence, seed=SEED, draws=draws),
        lambda: np.random.default_rng(SEED).random((TRUSTS, draws, MEASURES)),
        "as many uniform draws",
        most_seconds=2,
        most_megabytes=300,
    )


def _scheme() -> Scheme:
    domains = tuple(RatedDomain(f"domain {place}", 1) for place in range(DOMAINS))
    measures = tuple(
        RatedMeasure(f"measure {place:02d}", f"domain {place % DOMAINS}", 1, 0.9) for place in range(MEASURES)
    )
    return Scheme(
        measures,
        domains,
        StepScore((0.9, 1.0, 1.05)),
        bands=("serious concerns", "requiring improvement", "good", "exceptional"),
        band_edges=(1.5, 2.5, 3.5),
    )


def _evidence() -> Evidence:
    random = np.random.default_rng(SEED)
    scheme = _scheme()
    cells = pd.MultiIndex.from_product([range(TRUSTS), scheme.codes], names=["trust", "measure"])
    cases = random.integers(50, 1500, len(cells))
    counted = random.binomial(cases, 0.92)
    known = {"counted": counted, "cases": cases, "value": np.nan, "standard_error": np.nan}
    return evidence_of(scheme, pd.DataFrame(known, cells).reset_index())


def _correlation() -> Benchmark:
    random = np.random.default_rng(SEED)
    truth = random.multivariate_normal([0, 0], [[1, 0.5], [0.5, 1]], TRUSTS)
    process, outcome = (truth + random.normal(0, [0.3, 0.7], truth.shape)).T
    return Benchmark(
        f"latent correlation with its interval, {TRUSTS} trusts",
        lambda: latent_correlation(process, 0.3, outcome, 0.7),
        lambda: np.linalg.svd(truth),
        "one numpy.linalg.svd of them",
        most_seconds=0.5,
    )


def _root_of(column: np.ndarray) -> tuple[Callable[[], object], str]:
    return lambda: np.sqrt(column), "numpy.sqrt of as many"
