"""How much of the differences between trusts is real, and a correlation corrected for the rest."""

from dataclasses import dataclass

import numpy as np

from performance.statistics.columns import NO_REASON, Floats, Numbers, too_few
from performance.statistics.correlation.pairs import LEAST_TRUSTS, complete, refusal

# Below, a corrected correlation is a lottery: at 0.25 the likeliest one is -1 or 1 in 27% of draws.
LEAST_RELIABILITY = 0.4

NO_DIFFERENCES = "every trust has the same figure"


@dataclass(frozen=True)
class Reliability:
    """reliability: 0 (all noise) to 1 (all real), or None for the reason given."""

    n: int
    reason: str
    reliability: float | None = None


@dataclass(frozen=True)
class DisattenuatedCorrelation:
    """coefficient: corrected for noise; observed: Pearson's correlation as it is; -1 to 1."""

    n: int
    reason: str
    coefficient: float | None = None
    observed: float | None = None
    process_reliability: float | None = None
    outcome_reliability: float | None = None


def reliability(observed: Numbers, standard_error: Numbers) -> Reliability:
    """The part of the variance between trusts that isn't sampling noise: 1 less the mean of the
    squared standard errors over the variance (n - 1) observed, and 0 where noise exceeds it.

    A row per trust; one that lacks a figure is left out. Refused: fewer than 10 trusts, or all alike.
    Raises ValueError for a negative standard error. Source: the reliability of classical test
    theory, Lord and Novick (1968), Statistical Theories of Mental Test Scores, chapter 3.
    """
    observed, standard_error = complete(observed, standard_error)
    check_standard_errors(standard_error)
    n = len(observed)
    if n < LEAST_TRUSTS:
        return Reliability(n, too_few("trusts with both figures", LEAST_TRUSTS, n))
    if np.ptp(observed) == 0:
        return Reliability(n, NO_DIFFERENCES)
    return Reliability(n, NO_REASON, part_that_is_real(observed, standard_error))


def disattenuated(
    process: Numbers,
    process_standard_error: Numbers,
    outcome: Numbers,
    outcome_standard_error: Numbers,
) -> DisattenuatedCorrelation:
    """Pearson's correlation over the root of the two reliabilities, cut off at -1 and 1: what it
    would be without sampling noise. `latent.latent_correlation` is better, as it weighs each
    trust by its precision and gives an interval; this is the figure that can be checked by hand.

    A row per trust, both oriented so that high is good. A trust that lacks a figure is left out.
    Refused: fewer than 10 trusts, a side without differences, a reliability below 0.4.
    The errors of the two sides must be independent: from different cases.
    Raises ValueError for a negative standard error.
    Source: Spearman (1904), American Journal of Psychology 15:72-101.
    """
    columns = (process, process_standard_error, outcome, outcome_standard_error)
    process, process_error, outcome, outcome_error = complete(*columns)
    check_standard_errors(process_error, outcome_error)
    n = len(process)
    if reason := refusal(process, outcome):
        return DisattenuatedCorrelation(n, reason)
    observed = float(np.corrcoef(process, outcome)[0, 1])
    real = part_that_is_real(process, process_error), part_that_is_real(outcome, outcome_error)
    if reason := noise_refusal(*real):
        return DisattenuatedCorrelation(n, reason, None, observed, *real)
    coefficient = float(np.clip(observed / np.sqrt(real[0] * real[1]), -1, 1))
    return DisattenuatedCorrelation(n, NO_REASON, coefficient, observed, *real)


def part_that_is_real(observed: Floats, standard_error: Floats) -> float:
    """`reliability` of complete columns; 0 where the trusts don't differ."""
    noise, variance = float(np.mean(standard_error**2)), float(np.var(observed, ddof=1))
    return 1 - noise / variance if noise < variance else 0.0


def noise_refusal(process_reliability: float, outcome_reliability: float) -> str:
    """Which side is too noisy for a correlation corrected for noise, in words, or ''."""
    sides = {"process": process_reliability, "outcome": outcome_reliability}
    return " and ".join(
        # Rounded down, or 0.399 would read as enough.
        f"the {side} is too noisy: its reliability is {np.floor(100 * found) / 100:.2f} "
        f"and {LEAST_RELIABILITY:.2f} is needed"
        for side, found in sides.items()
        if found < LEAST_RELIABILITY
    )


def check_standard_errors(*standard_errors: Floats) -> None:
    """Raises ValueError where a standard error is below 0."""
    if any((error < 0).any() for error in standard_errors):
        raise ValueError("a standard error can't be below 0")
