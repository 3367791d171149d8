"""Whether a trust's better process comes before its better outcome: the lagged association, and
the three figures without which it can't be read.

Beware of windows that overlap. An outcome of rolling years, or one counted from the same months as
the process, goes with it for that reason alone: the outcome's window must start after the
process's ends. And never control for last year's outcome with so few years: beside trust effects
it biases everything (Nickell 1981, Econometrica 49:1417-1426).
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd
import statsmodels.formula.api as smf
from scipy import stats

from performance.statistics.columns import NO_REASON, Floats, floats, too_few
from performance.statistics.correlation.pairs import LEAST_TRUSTS
from performance.statistics.divergence.within import slopes_between, slopes_within
from performance.statistics.intervals import z_for
from trusts.words import Word

PERMUTATIONS = 9_999
LEAST_YEARS = 3

CONSTANT_PROCESS = "the process changes within no trust other than in all alike"
CONSTANT_OUTCOME = "the outcome changes within no trust other than in all alike"
SAME_MEAN = "all trusts have the same mean"
OVERLAP = "an outcome's window starts before its process's has ended"
NO_WINDOW = "the dates of a window are not given"

_REQUIRED = ["trust", "year", "process", "outcome"]
_FIGURES = ["process", "outcome"]
_WINDOWS = ["process_end", "outcome_start"]
# Shuffles are worked out so many at a time: 35 trusts by 10 years take 1.4 MB.
_BATCH = 500
# What counts as equal to the figure found: equal but for rounding.
_NEARLY = 1 - 1e-9


class Association(Word):
    LAG = "lag", "Process, and the outcome of the year after"
    SAME_YEAR = "same-year", "Process and outcome of the same year"
    PLACEBO_LEAD = "placebo-lead", "Process, and the outcome of the year before"
    BETWEEN = "between-trusts", "Means of trusts"


# By how many years the outcome comes after the process.
_WITHIN = {Association.LAG: 1, Association.SAME_YEAR: 0, Association.PLACEBO_LEAD: -1}


@dataclass(frozen=True)
class _Association:
    n: int
    trusts: int
    reason: str
    coefficient: float = np.nan
    standard_error: float = np.nan
    lower: float = np.nan
    upper: float = np.nan
    p: float = np.nan


def lagged_association(
    panel: pd.DataFrame, *, seed: int, permutations: int = PERMUTATIONS, confidence: float = 0.95
) -> pd.DataFrame:
    """How much higher the outcome is per unit of process, four ways: in the year after (lag), in
    the same year, in the year before (placebo lead) and between the (weighted) means of trusts.

    A lag is worth a word only where the placebo lead is about 0, as no process changes the past.
    (In few years a true lag makes the lead slightly negative, as trust effects tie years together.)
    The first three have trust and year effects (weighted least squares); standard errors allow
    for clusters of a trust's years, and intervals take t with trusts - 1 degrees of freedom. As
    trusts are few, p comes from shuffling whole trusts: the history of the one's process is laid
    beside the outcomes of another.

    panel: a row per trust and year. Columns trust, year (whole), process, outcome (both oriented
    so that high is good), and if wanted weight (of the outcome, above 0) and the dates process_end and
    outcome_start, with which a lag is refused where an outcome's window doesn't start after its
    process's ends. Only years that follow one another make a pair; a row that lacks a figure makes
    none; a trust with one pair says nothing and is left out.
    Returns a row per `Association`: coefficient (outcome per unit of process), standard_error, lower,
    upper, p, n (pairs, or trusts), trusts, reason.
    Refused: fewer than 3 years (the three within trusts), fewer than 10 trusts, fewer pairs than
    effects, a process or outcome without changes of its own, windows that overlap.
    Raises ValueError for wrong columns, a trust twice in a year, a weight not above 0.
    Source: Cameron and Miller (2015), Journal of Human Resources 50:317-372, on few clusters;
    the shuffle is reconstructed, after Fisher's randomisation test.
    """
    z_for(confidence)
    panel = _checked(panel)
    rows = [_within(panel, ahead, seed, permutations, confidence) for ahead in _WITHIN.values()]
    rows.append(_between(panel, seed, permutations, confidence))
    index = pd.Index([str(word) for word in [*_WITHIN, Association.BETWEEN]], name="association")
    columns = ["coefficient", "standard_error", "lower", "upper", "p", "n", "trusts", "reason"]
    return pd.DataFrame(rows, index)[columns]


def _checked(panel: pd.DataFrame) -> pd.DataFrame:
    """The panel in the order of trusts and years, with a weight for every row."""
    known = set(panel.columns)
    if not known.issuperset(_REQUIRED) or known - {*_REQUIRED, "weight", *_WINDOWS}:
        raise ValueError("a panel has the columns trust, year, process, outcome, and if wanted weight")
    if len(known.intersection(_WINDOWS)) == 1:
        raise ValueError("process_end and outcome_start go together")
    if panel[["trust", "year"]].isna().any(axis=None) or panel.duplicated(["trust", "year"]).any():
        raise ValueError("every row needs a trust and a year, and no trust has a year twice")
    year = floats(panel["year"])
    if (year % 1 != 0).any():
        raise ValueError("a year must be a whole number")
    weight = floats(panel["weight"]) if "weight" in panel else np.ones(len(panel))
    if (weight <= 0).any():
        raise ValueError("a weight must be above 0")
    figures = {name: floats(panel[name]) for name in _FIGURES}
    # Trusts by number, whatever they are called by.
    trust = pd.factorize(panel["trust"], sort=True)[0]
    panel = panel.assign(trust=trust, year=year.astype(int), weight=weight, **figures)
    return panel.sort_values(["trust", "year"])


def _pairs(panel: pd.DataFrame, ahead: int) -> pd.DataFrame:
    """A process and, so many years ahead, an outcome of the same trust."""
    outcomes = panel.dropna(subset=["outcome", "weight"]).drop(
        columns=["process", "process_end"], errors="ignore"
    )
    processes = panel.dropna(subset=["process"]).drop(
        columns=["outcome", "weight", "outcome_start"], errors="ignore"
    )
    return processes.merge(outcomes.assign(year=outcomes["year"] - ahead), on=["trust", "year"])


def _within(panel: pd.DataFrame, ahead: int, seed: int, permutations: int, confidence: float) -> _Association:
    pairs = _pairs(panel, ahead)
    pairs = pairs[pairs.groupby("trust")["trust"].transform("size") > 1]
    n, trusts = len(pairs), pairs["trust"].nunique()
    if reason := _too_little(panel, pairs) or _overlap(pairs, ahead):
        return _Association(n, trusts, reason)
    wide = {name: _wide(pairs, name) for name in (*_FIGURES, "weight")}
    x, y, weight = (frame.to_numpy() for frame in wide.values())
    for slope, why in (
        (slopes_within(x, y, weight), CONSTANT_PROCESS),
        (slopes_within(y, x, weight), CONSTANT_OUTCOME),
    ):
        if np.isinf(slope):
            return _Association(n, trusts, why)
    figures = _clustered("outcome ~ process + C(trust) + C(year)", pairs, confidence)
    # All of each trust's process, as another trust's outcomes may be of other years.
    x = _wide(panel, "process").reindex_like(wide["outcome"]).to_numpy()
    p = _permutation_p(x, lambda x: slopes_within(x, y, weight), seed, permutations)
    return _Association(n, trusts, NO_REASON, *figures, p)


def _too_little(panel: pd.DataFrame, pairs: pd.DataFrame) -> str:
    years = panel.dropna(subset=["process", "outcome"], how="all")["year"].nunique()
    if years < LEAST_YEARS:
        return too_few("years", LEAST_YEARS, years)
    trusts = pairs["trust"].nunique()
    if trusts < LEAST_TRUSTS:
        return too_few("trusts with two pairs of years", LEAST_TRUSTS, trusts)
    effects = trusts + pairs["year"].nunique()
    return NO_REASON if len(pairs) > effects else too_few("pairs of years", effects + 1, len(pairs))


def _overlap(pairs: pd.DataFrame, ahead: int) -> str:
    """Only a lag promises that the one comes after the other."""
    if ahead < 1 or "process_end" not in pairs:
        return NO_REASON
    end, start = (pd.to_datetime(pairs[name]) for name in _WINDOWS)
    if end.isna().any() or start.isna().any():
        return NO_WINDOW
    return OVERLAP if (start <= end).any() else NO_REASON


def _between(panel: pd.DataFrame, seed: int, permutations: int, confidence: float) -> _Association:
    pairs = _pairs(panel, ahead=0)
    weight = pairs.groupby("trust")["weight"].sum()
    sums = {name: (pairs[name] * pairs["weight"]).groupby(pairs["trust"]).sum() for name in _FIGURES}
    means = pd.DataFrame({name: total / weight for name, total in sums.items()} | {"weight": weight})
    means = means.reset_index()
    trusts = len(means)
    if trusts < LEAST_TRUSTS:
        return _Association(trusts, trusts, too_few("trusts with both figures", LEAST_TRUSTS, trusts))
    x, y, weights = (means[name].to_numpy() for name in (*_FIGURES, "weight"))
    if np.isinf([slopes_between(x, y, weights), slopes_between(y, x, weights)]).any():
        return _Association(trusts, trusts, SAME_MEAN)
    figures = _clustered("outcome ~ process", means, confidence)
    p = _permutation_p(x, lambda x: slopes_between(x, y, weights), seed, permutations)
    return _Association(trusts, trusts, NO_REASON, *figures, p)


def _wide(frame: pd.DataFrame, name: str) -> pd.DataFrame:
    """Trusts by years."""
    return frame.pivot(index="trust", columns="year", values=name)


def _clustered(formula: str, data: pd.DataFrame, confidence: float) -> tuple[float, float, float, float]:
    """The coefficient of the process, its standard error and interval, in clusters of trusts."""
    model = smf.wls(formula, data, weights=data["weight"])
    fit = model.fit(cov_type="cluster", cov_kwds={"groups": data["trust"]}, use_t=True)
    coefficient, error = float(fit.params["process"]), float(fit.bse["process"])
    half = float(stats.t.isf((1 - confidence) / 2, data["trust"].nunique() - 1)) * error
    return coefficient, error, coefficient - half, coefficient + half


def _permutation_p(x: Floats, slopes: Callable[[Floats], Floats], seed: int, permutations: int) -> float:
    """How often a slope is as steep when whole trusts (the rows of x) are shuffled, on two sides."""
    rng = np.random.default_rng(seed)
    least = _NEARLY * abs(slopes(x[None])[0])
    steep = 1
    for start in range(0, permutations, _BATCH):
        rows = np.tile(np.arange(len(x)), (min(_BATCH, permutations - start), 1))
        steep += int((np.abs(slopes(x[rng.permuted(rows, axis=1)])) >= least).sum())
    return steep / (permutations + 1)
