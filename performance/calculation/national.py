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
from performance.vocabulary import Method, ProcessKind, Subject

FIGURES = ["estimate", "by_chance", "lower", "upper", "p"]
OF_FINDING = ["subject", "method", *FIGURES, "n", "reason"]
COLUMNS = ["subject", "method", "framework", "kind", "period_start", "period_end", *FIGURES, "n", "reason"]
PAIR = Subject.PROCESS_AND_OUTCOME
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
    quarter counts in part; its interval is of chance. Of one kind of process alone there are the rank
    correlation, what it can show, and the quarters. Of a framework under which no trust has a figure
    there is nothing to tell, and no row.
    """
    by_kind = {kind: divergence[divergence["kind"] == kind] for kind in ProcessKind}
    tables = [_in_year(_of_kind(own, kind), own, plan, kind) for kind, own in by_kind.items() if len(own)]
    rated = ratings[ratings["domain"] == WHOLE]
    if len(rated):
        tables.append(_in_year([_misbanded(rated)], rated, plan))
    return pd.concat(tables, ignore_index=True) if tables else as_table([])


def as_table(
    findings: Iterable[Finding],
    period_start: Any = pd.NaT,
    period_end: Any = pd.NaT,
    framework: str = "",
    kind: ProcessKind = ProcessKind.ALL,
) -> pd.DataFrame:
    """Findings of one period as rows of the table `national`."""
    table = pd.DataFrame([vars(finding) for finding in findings], columns=OF_FINDING)
    period = {"period_start": pd.Timestamp(period_start), "period_end": pd.Timestamp(period_end)}
    kinds = {name: float for name in FIGURES} | {"n": int, "subject": str, "method": str, "reason": str}
    return table.assign(framework=framework, kind=kind.value, **period)[COLUMNS].astype(kinds)


def found(subject: Subject, method: Method, result: Any, estimate: float | None) -> Finding:
    """A result of the statistics as a finding."""
    more = (getattr(result, name, None) for name in ("expected", "lower", "upper", "p"))
    return Finding(subject, method, result.n, result.reason, estimate, *more)


def _in_year(
    findings: Iterable[Finding],
    trusts: pd.DataFrame,
    plan: FrameworkPlan,
    kind: ProcessKind = ProcessKind.ALL,
) -> pd.DataFrame:
    year = trusts.iloc[0]
    return as_table(findings, year["period_start"], year["period_end"], plan.slug, kind)


def _of_kind(divergence: pd.DataFrame, kind: ProcessKind) -> list[Finding]:
    is_all = kind == ProcessKind.ALL
    both = divergence.dropna(subset=INDICES)
    ranks = spearman(both["attainment"], both["outcome"], seed=SEED)
    return [
        found(PAIR, Method.SPEARMAN, ranks, ranks.coefficient),
        *(_behind_noise(both) if is_all else []),
        *_can_show(len(both)),
        *([_ceiling(divergence)] if is_all else []),
        *_quarters(divergence),
    ]


def _behind_noise(both: pd.DataFrame) -> list[Finding]:
    columns = [both[name] for name in INDICES]
    weighted, latent = precision_weighted_rank_correlation(*columns), latent_correlation(*columns)
    process_real, outcome_real = reliability(*columns[:2]), reliability(*columns[2:])
    return [
        found(PAIR, Method.WEIGHTED_RANK, weighted, weighted.coefficient),
        found(PAIR, Method.LATENT, latent, latent.coefficient),
        found(PAIR, Method.PROCESS_RELIABILITY, process_real, process_real.reliability),
        found(PAIR, Method.OUTCOME_RELIABILITY, outcome_real, outcome_real.reliability),
    ]


def _can_show(trusts: int) -> list[Finding]:
    shown = detectable(trusts)
    return [
        found(PAIR, Method.LEAST_SIGNIFICANT, shown, shown.least_significant),
        found(PAIR, Method.DETECTABLE, shown, shown.detectable),
    ]


def _ceiling(divergence: pd.DataFrame) -> Finding:
    is_told = divergence["attainment"].notna()
    result = ceiling((divergence["counted"] / divergence["cases"]).where(is_told))
    return found(PAIR, Method.CEILING, result, result.share_at_ceiling)


def _quarters(divergence: pd.DataFrame) -> list[Finding]:
    meets, worse = divergence["meets"], divergence["worse"]
    chance = against_chance(meets, worse, seed=SEED)
    numbers = expected_numbers(quadrants(meets, worse), seed=SEED)
    return [
        found(PAIR, Method.AGAINST_CHANCE, chance, chance.observed),
        *(
            Finding(
                PAIR,
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
