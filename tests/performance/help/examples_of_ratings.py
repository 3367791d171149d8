"""The worked examples of the pages of methods that are about ratings and divergence, worked out by the
code that works out our figures.

Each function gives what the example on the page of its name must say, word for word.
"""

import numpy as np
import pandas as pd

from performance.statistics.correlation.power import detectable
from performance.statistics.correlation.rank import spearman
from performance.statistics.divergence.lag import lagged_association
from performance.statistics.divergence.quadrants import chance_of_meeting, chance_of_worse, quadrants
from performance.statistics.ratings.certainty import band_certainty
from performance.statistics.ratings.evidence import evidence_of
from performance.statistics.ratings.kinds import reweighted, weights_by_kind
from performance.statistics.ratings.ranks import expected_ranks
from performance.statistics.ratings.scheme import RatedDomain, RatedMeasure, Scheme, StepScore
from performance.statistics.ratings.scores import combine, measure_scores
from performance.statistics.reoffending.cohorts import cohorts
from performance.statistics.reoffending.comparison import against_prediction
from performance.wording import listed, written_number, written_probability
from tests.performance.help.examples_of_counts import per_cent

SCHEME = Scheme(
    measures=(
        RatedMeasure("assessments", "public-protection", 1, 0.90),
        RatedMeasure("victims", "public-protection", 1, 0.85),
        RatedMeasure("employment", "reducing-reoffending", 1, 0.40),
    ),
    domains=(RatedDomain("public-protection", 1), RatedDomain("reducing-reoffending", 1)),
    scoring=StepScore((0.9, 1.0, 1.05)),
    bands=("Serious concerns", "Requiring improvement", "Good performance", "Exceptional performance"),
    band_edges=(1.5, 2.5, 3.5),
)
DONE, CASES = [552, 240, 176], [600, 300, 400]


def scored() -> np.ndarray:
    return measure_scores(SCHEME, np.array([DONE]) / np.array([CASES]), SCHEME.targets)


def ratings() -> list[str]:
    own, whole = scored()[0], combine(SCHEME, scored())
    reached = [per_cent(x / n / target) for x, n, target in zip(DONE, CASES, SCHEME.targets, strict=True)]
    band = SCHEME.bands[whole.band[0]]
    first, second = whole.domain[0]
    return [
        f"Assessments in time 92% of a target of 90% ({reached[0]} of it): {own[0]:.0f}.",
        f"Victims contacted 80% of 85% ({reached[1]}): {own[1]:.0f}.",
        f"Employment 44% of 40% ({reached[2]}): {own[2]:.0f}.",
        f"public protection, {first:.2f}; the third reducing reoffending, {second:.2f}.",
        f"so the whole is {whole.total[0]:.2f}: {band}.",
    ]


def rating_certainty() -> list[str]:
    given = pd.DataFrame({"trust": "kent", "measure": SCHEME.codes, "counted": DONE, "cases": CASES})
    evidence = evidence_of(SCHEME, given.assign(value=np.nan, standard_error=np.nan))
    found = band_certainty(SCHEME, evidence, seed=1, draws=2_000)
    chances = {band: written_probability(p) for band, p in found.probabilities.loc["kent"].items()}
    band = found.table.loc["kent", "band"]
    return [
        f"{listed([f'{x} of {n}' for x, n in zip(DONE, CASES, strict=True)])}.",
        f"it is in {band} in {chances[band]}, in Requiring improvement in {chances['Requiring improvement']} "
        f"and in Exceptional performance in {chances['Exceptional performance']}.",
        f"So: {band}, {chances[band]} likely.",
    ]


def reweighting() -> list[str]:
    kinds = dict(zip(SCHEME.codes, ("timeliness", "timeliness", "outcome"), strict=True))
    shares = pd.DataFrame(
        [(0.5, 0.5), (0.0, 1.0), (1.0, 0.0)],
        index=["As it was each kind had half", "Outcomes only", "Timeliness only"],
        columns=["timeliness", "outcome"],
    )
    scores = pd.DataFrame(scored(), index=["kent"], columns=SCHEME.codes)
    found = reweighted(SCHEME, scores, weights_by_kind(SCHEME, kinds, shares)).loc["kent"]
    return [f"{name}: {row['score']:.2f}, {row['band']}." for name, row in found.iterrows()]


def divergence() -> list[str]:
    found = against_prediction(cohorts(475, 4_500, 0.0915)).iloc[0]
    outcome = written_number(-100 * found["difference"], 2)
    return [
        f"792 cases of the 795 that its targets ask for: {per_cent(792 / 795)}, so they are missed.",
        f"475 reoffended where {found['expected']:.2f} were predicted: its outcome is {outcome} points.",
    ]


def quarters() -> list[str]:
    predicted = 4_500 * 0.0915
    meets = chance_of_meeting(1_840, 2_000, 0.9)["probability"]
    worse = chance_of_worse(475, predicted + 0.005 * 4_500, predicted * (1 - 0.0915), 1.3)["probability"]
    found = quadrants(meets, worse).iloc[0]
    assert found["quadrant"] == "met-worse"
    return [
        f"it meets them with a probability of {meets[0]:.3f}.",
        f"truly more than half a point worse with {worse[0]:.3f}. Met and worse: {found['met_worse']:.3f}, "
        f"so it is named. Met and no worse: {found['met_better']:.3f}.",
    ]


def correlation() -> list[str]:
    found = spearman(range(1, 11), [2, 1, 4, 3, 6, 5, 8, 7, 10, 9], seed=1)
    seen = detectable(35)
    return [
        f"the coefficient is {found.coefficient:.2f}, with an interval from {found.lower:.2f} to "
        f"{found.upper:.2f}. With 35 trusts only one beyond {seen.least_significant:.2f} either way can be "
        f"significant, and a true one of {seen.detectable:.2f} would be found 4 times in 5."
    ]


def lag() -> list[str]:
    """Outcomes that are a tenth of the process of the year before, and a little else."""
    keys = [(trust, year) for trust in range(12) for year in range(4)]
    process = {(trust, year): 90.0 + trust % 5 + (7 * trust + 3 * year) % 4 for trust, year in keys}
    panel = pd.DataFrame(
        {
            "trust": trust,
            "year": year,
            "process": process[trust, year],
            "outcome": 0.1 * process.get((trust, year - 1), 90.0) + 0.01 * ((5 * trust + 11 * year) % 7),
        }
        for trust, year in keys
    )
    found = lagged_association(panel, seed=1, permutations=99)
    later, placebo = found.loc["lag"], found.loc["placebo-lead"]
    return [
        f"the lag is found as {later['coefficient']:.3f} points for one, with an interval from "
        f"{later['lower']:.3f} to {later['upper']:.3f}; the placebo is "
        f"{written_number(placebo['coefficient'], 3)}, from {written_number(placebo['lower'], 3)} to "
        f"{placebo['upper']:.3f}"
    ]


def ranks() -> list[str]:
    places = expected_ranks([0.5, 0.2, -0.1, -0.4], [0.2] * 4)["expected_rank"]
    return [f"their expected places are {listed([f'{place:.2f}' for place in places])}"]
