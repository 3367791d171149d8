"""What came of it: local adult reoffending by quarter against prediction, and proven reoffending
within a year."""

import numpy as np
import pandas as pd
from scipy import special, stats

from performance.returns.simulation.assumptions import (
    PREDICTED_RATE,
    QUARTERLY_DRIFT,
    SNAPSHOT_SPREAD,
    WITHIN_PERSON,
    YEARLY_DRIFT,
)
from performance.returns.simulation.chance import Part, stream
from performance.returns.simulation.layout import rows
from performance.returns.simulation.process import REOFFENDING
from performance.returns.simulation.record import COHORT, PROVEN_REOFFENDING, Floats, trusts
from performance.returns.simulation.years import FrameworkYear

PROVEN = "proven-reoffending"
# How far a yearly rate lies from what the case mix and the trust's own doing make of it, in points.
_PROVEN_SPREAD = 0.7


def outcome(seed: int, year: FrameworkYear, plan: pd.DataFrame) -> list[pd.DataFrame]:
    """The rows of the quarters and of the year."""
    predicted = predicted_rates(seed, year)
    cohorts = snapshots(seed, year)
    true = predicted + plan["true_difference"].to_numpy()[:, np.newaxis] / 100
    count = reoffended(cohorts, true, stream(seed, Part.REOFFENDING, year.number))
    quarterly = {
        "numerator": count[:, np.newaxis],
        "denominator": cohorts[:, np.newaxis],
        "expected": np.round(cohorts * predicted, 1)[:, np.newaxis],
    }
    return [
        rows(year, [REOFFENDING], year.quarters, quarterly),
        _proven(seed, year, cohorts, true.mean(axis=1)),
    ]


def snapshots(seed: int, year: FrameworkYear) -> Floats:
    """Offenders, trusts x quarters: together the national cohort, by the size of trusts."""
    size = trusts()["size"].to_numpy()[:, np.newaxis]
    chance = stream(seed, Part.COHORTS, year.number)
    parts = size * np.exp(chance.normal(0, SNAPSHOT_SPREAD, (len(size), len(year.quarters))))
    return np.round(COHORT * parts / parts.sum())


def predicted_rates(seed: int, year: FrameworkYear) -> Floats:
    """Shares, trusts x quarters. Trusts stand as far apart as their proven reoffending did; which
    stands where is dealt by the seed and stays for all years."""
    standing = stream(seed, Part.PREDICTED).permutation(_ladder())
    chance = stream(seed, Part.PREDICTED, year.number)
    of_year = chance.normal(1, YEARLY_DRIFT, (len(standing), 1))
    of_quarter = chance.normal(1, QUARTERLY_DRIFT, (len(standing), len(year.quarters)))
    return np.asarray(PREDICTED_RATE * standing[:, np.newaxis] * of_year * of_quarter)


def _ladder() -> Floats:
    """Multiples of the middle rate: a normal spread between the published lowest and highest."""
    count = len(trusts())
    scores = stats.norm.ppf((np.arange(count) + 0.5) / count)
    lowest, highest = PROVEN_REOFFENDING
    middle = (lowest + highest) / 2
    return np.asarray(1 + scores / scores[-1] * (highest - middle) / middle)


def reoffended(cohorts: Floats, rates: Floats, chance: np.random.Generator) -> Floats:
    """How many reoffended at each snapshot, trusts x snapshots of a year.

    At one snapshot everybody is another person, so its count is binomial. Between the snapshots of
    a year the counts go together, as the same people stand in several.
    """
    of_year = np.sqrt(WITHIN_PERSON) * chance.normal(size=(len(cohorts), 1))
    of_snapshot = np.sqrt(1 - WITHIN_PERSON) * chance.normal(size=cohorts.shape)
    return np.asarray(stats.binom.ppf(special.ndtr(of_year + of_snapshot), cohorts, rates))


def _proven(seed: int, year: FrameworkYear, cohorts: Floats, true: Floats) -> pd.DataFrame:
    """Each offender once, and the trusts' rates from the published lowest to the highest."""
    chance = stream(seed, Part.PROVEN, year.number)
    lowest, highest = PROVEN_REOFFENDING
    rate = true / PREDICTED_RATE * (lowest + highest) / 2 + chance.normal(0, _PROVEN_SPREAD, len(true))
    rate = lowest + (highest - lowest) * (rate - rate.min()) / np.ptp(rate)
    people = np.round(cohorts.mean(axis=1))
    counts = {"numerator": np.round(people * rate / 100), "denominator": people}
    return rows(year, [PROVEN], year.whole, {c: n[:, np.newaxis, np.newaxis] for c, n in counts.items()})
