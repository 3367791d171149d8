"""Figures that vary less than chance would make them."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import stats

from performance.statistics.audit_signals.questions import asked_of_rows
from performance.statistics.columns import Numbers, count_reasons, floats, in_words
from performance.statistics.dispersion.overdispersion import TOO_SMOOTH_AT, too_smooth
from performance.statistics.dispersion.scales import difference
from performance.statistics.multiple_comparisons import benjamini_hochberg

PERIODS_NEEDED = 10
TOO_FEW_PERIODS = f"fewer than {PERIODS_NEEDED} periods of the series have their cases"
ALL_OR_NONE = "every case of the series is counted, or none is"
QUESTION = "why do these figures vary less than chance alone would make them: how were they put together?"


@dataclass(frozen=True)
class Smoothness:
    """units: trusts or periods with a z score; phi: their average squared z (1 is chance alone);
    p: the chance of one as small; both None where there is a reason. question: for audit, where p
    is below 0.01."""

    units: int
    phi: float | None
    p: float | None
    reason: str
    question: str


def smoothness(z: Numbers) -> Smoothness:
    """Whether figures are too smooth: trusts on one measure, or one trust's periods, as z scores about
    a target (see `dispersion.scales`). About their own average one unit in so many goes into it, which
    makes them look a little smoother than they are. Refuses fewer than 10.
    """
    found = too_smooth(z)
    is_smooth = found.p is not None and found.p < TOO_SMOOTH_AT
    return Smoothness(found.units, found.phi, found.p, found.reason, QUESTION if is_smooth else "")


def smoothness_of_periods(values: pd.DataFrame) -> pd.DataFrame:
    """Whether a trust's periods are too smooth, of many trusts at once: each period's share about that
    of all the trust's cases together.

    values: series, x and n (cases counted, cases in all), a row for each trust and period; those
    without a figure or cases are left out. Returns, by series in order: units (periods), phi (their
    squared z scores over units - 1, as the share they are held against is their own: 1 is chance
    alone), p (the chance of one as small: chi-squared), adjusted_p (Benjamini-Hochberg over the
    series), question (where adjusted_p is at most 0.05 and p below 0.01) and reason.
    A trust whose level changes only looks less smooth for it. Refuses a series with fewer than 10
    periods, or of which every case is counted, or none. Raises ValueError where x isn't from 0 to n.
    """
    x, n, series = floats(values["x"]), floats(values["n"]), values["series"].to_numpy()
    told = np.asarray(count_reasons(x, n) == "")
    counts = pd.DataFrame({"x": np.where(told, x, np.nan), "n": np.where(told, n, np.nan)})
    whole = counts.groupby(series).transform("sum")
    z = difference(counts["x"], counts["n"], whole["x"] / whole["n"])["z"]
    squares = (z**2).groupby(series).sum(min_count=1)
    units = pd.Series(told).groupby(series).sum()
    is_short, is_certain = (units < PERIODS_NEEDED).to_numpy(), squares.isna().to_numpy()
    squares = squares.mask(is_short)
    p = np.asarray(stats.chi2.cdf(squares, units - 1))
    adjusted = benjamini_hochberg(p)["adjusted_p"].to_numpy()
    columns = {
        "units": units,
        "phi": squares / (units - 1),
        "p": p,
        "adjusted_p": adjusted,
        "question": asked_of_rows(QUESTION, adjusted, p < TOO_SMOOTH_AT),
        "reason": in_words(len(units), (is_short, TOO_FEW_PERIODS), (is_certain, ALL_OR_NONE)),
    }
    return pd.DataFrame(columns).rename_axis("series")
