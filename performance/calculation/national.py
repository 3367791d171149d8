"""What is found of all trusts of a framework together: rows of the table `national`.

The index set beside the outcome is the pooled attainment, which holds more than the share of targets
met. The rank correlation is Spearman's alone: shuffling for Kendall's takes longer than all else.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import pandas as pd

from performance.calculation.plans import FrameworkPlan
from performance.calculation.ratings import SEED, WHOLE
from performance.statistics.correlation.latent import latent_correlation
from performance.statistics.correlation.power import detectable
from performance.statistics.correlation.rank import spearman
from performance.statistics.correlation.reliability import reliability
from performance.statistics.correlation.weighted import precision_weighted_rank_correlation
from performance.statistics.divergence.ceiling import ceiling
from performance.statistics.divergence.chance import against_chance
from performance.statistics.divergence.expected import expected_numbers
from performance.statistics.divergence.quadrants import quadrants
from performance.statistics.ratings.certainty import NONE_RATED
from performance.vocabulary import Method, Subject

FIGURES = ["estimate", "by_chance", "lower", "upper", "p"]
OF_FINDING = ["subject", "method", *FIGURES, "n", "reason"]
COLUMNS = ["subject", "method", "framework", "period_start", "period_end", *FIGURES, "n", "reason"]
INDICES = ["attainment", "attainment_standard_error", "outcome", "outcome_standard_error"]


@dataclass(frozen=True)
class Finding:
    """One figure of one method: its interval, what chance alone would give, and on how many trusts
    (or periods) it rests. What can't be told is None, and without an estimate `reason` says why."""

    subject: Subject
    method: Method
    n: int
    reason: str
    estimate: float | None = None
    by_chance: float | None = None
    lower: float | None = None
    upper: float | None = None
    p: float | None = None


def national(divergence: pd.DataFrame, ratings: pd.DataFrame, plan: FrameworkPlan) -> pd.DataFrame:
    """The rows of the table `national` for one framework and one year.

    divergence, ratings: of that year, of `divergence.divergence` and `ratings.ratings`. Correlations
    (-1 to 1) and reliabilities (0 to 1) are of attainment and outcome; ceiling is the share of trusts
    (0 to 1) that did 99% of cases as asked; against-chance, the four expected numbers and misbanded
    are numbers of trusts. against-chance adds up probabilities, so that a trust that may be in the
    quarter counts in part; its interval is of chance. Of a framework under which no trust has a
    figure there is nothing to tell, and no row.
    """
    rated = ratings[ratings["domain"] == WHOLE]
    findings: list[Finding] = []
    if len(divergence):
        findings += [*_correlations(divergence), _ceiling(divergence), *_quarters(divergence)]
    if len(rated):
        findings.append(_misbanded(rated))
    if not findings:
        return as_table(findings)
    year = (divergence if len(divergence) else rated).iloc[0]
    return as_table(findings, year["period_start"], year["period_end"], plan.slug)


def as_table(
    findings: Iterable[Finding], period_start: Any = pd.NaT, period_end: Any = pd.NaT, framework: str = ""
) -> pd.DataFrame:
    """Findings of one period as rows of the table `national`."""
    table = pd.DataFrame([vars(finding) for finding in findings], columns=OF_FINDING)
    period = {"period_start": pd.Timestamp(period_start), "period_end": pd.Timestamp(period_end)}
    kinds = {name: float for name in FIGURES} | {"n": int, "subject": str, "method": str, "reason": str}
    return table.assign(framework=framework, **period)[COLUMNS].astype(kinds)


def found(subject: Subject, method: Method, result: Any, estimate: float | None) -> Finding:
    """A result of the statistics as a finding."""
    more = (getattr(result, name, None) for name in ("expected", "lower", "upper", "p"))
    return Finding(subject, method, result.n, result.reason, estimate, *more)


def _correlations(divergence: pd.DataFrame) -> list[Finding]:
    """Of the trusts that have both indices."""
    subject = Subject.PROCESS_AND_OUTCOME
    columns = [divergence.dropna(subset=INDICES)[name] for name in INDICES]
    attainment, attainment_error, outcome, outcome_error = columns
    ranks = spearman(attainment, outcome, seed=SEED)
    weighted = precision_weighted_rank_correlation(*columns)
    latent = latent_correlation(*columns)
    process_real, outcome_real = (
        reliability(attainment, attainment_error),
        reliability(outcome, outcome_error),
    )
    shown = detectable(len(outcome))
    return [
        found(subject, Method.SPEARMAN, ranks, ranks.coefficient),
        found(subject, Method.WEIGHTED_RANK, weighted, weighted.coefficient),
        found(subject, Method.LATENT, latent, latent.coefficient),
        found(subject, Method.PROCESS_RELIABILITY, process_real, process_real.reliability),
        found(subject, Method.OUTCOME_RELIABILITY, outcome_real, outcome_real.reliability),
        found(subject, Method.LEAST_SIGNIFICANT, shown, shown.least_significant),
        found(subject, Method.DETECTABLE, shown, shown.detectable),
    ]


def _ceiling(divergence: pd.DataFrame) -> Finding:
    is_told = divergence["attainment"].notna()
    result = ceiling((divergence["counted"] / divergence["cases"]).where(is_told))
    return found(Subject.PROCESS_AND_OUTCOME, Method.CEILING, result, result.share_at_ceiling)


def _quarters(divergence: pd.DataFrame) -> list[Finding]:
    subject, meets, worse = Subject.PROCESS_AND_OUTCOME, divergence["meets"], divergence["worse"]
    chance = against_chance(meets, worse, seed=SEED)
    numbers = expected_numbers(quadrants(meets, worse), seed=SEED)
    return [
        found(subject, Method.AGAINST_CHANCE, chance, chance.observed),
        *(
            Finding(
                subject,
                Method(f"expected-{quarter}"),
                int(row["trusts"]),
                row["reason"],
                row["expected"],
                lower=row["lower"],
                upper=row["upper"],
            )
            for quarter, row in numbers.iterrows()
        ),
    ]


def _misbanded(rated: pd.DataFrame) -> Finding:
    """How many trusts to expect in a band that isn't theirs."""
    subject, banded = Subject.BANDS, rated.dropna(subset="band")
    if banded.empty:
        reasons = rated["reason"].unique()
        why = reasons[0] if len(reasons) == 1 else NONE_RATED
        return Finding(subject, Method.MISBANDED, 0, why)
    own = zip(banded["band_probabilities"], banded["band"], strict=True)
    misbanded = sum(1 - probabilities[str(int(band))] for probabilities, band in own)
    return Finding(subject, Method.MISBANDED, len(banded), "", misbanded)
