"""How much bands change from one year to the next, against how much they would by chance."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from statsmodels.stats.inter_rater import cohens_kappa

from performance.statistics.columns import Booleans, in_words
from performance.statistics.ratings.certainty import DRAWS
from performance.statistics.ratings.evidence import (
    Evidence,
    evidence_targets,
    rate_evidence,
    repeated_draws,
)
from performance.statistics.ratings.scheme import Scheme
from performance.statistics.ratings.scores import score
from performance.statistics.ratings.tables import as_array, check_trusts

NO_TWO_BANDS = "there is no band in both years"
NO_TRUST = "no trust has a band in both years"
ONE_BAND = "all trusts are in one band in both years"


@dataclass(frozen=True)
class BandChanges:
    """table: bands before (rows) x bands after (columns), numbers of trusts; trusts: those with a
    band in both years; changed: how many of them changed it; share_unchanged: 0 to 1; kappa:
    Cohen's, weighted linearly (1 where all agree, 0 as by chance from the two years' totals).
    None where `reason` says why."""

    table: pd.DataFrame
    trusts: int
    changed: int | None
    share_unchanged: float | None
    kappa: float | None
    reason: str


@dataclass(frozen=True)
class Volatility:
    """observed: the changes of bands there were; expected_changes: how many there would be if no
    trust's true level had changed, with lower and upper (the middle 95% of simulations);
    excess: observed minus expected, which is volatility proper; probability: of as many changes
    as observed or more, where none is real; by_trust: the probability of a change by chance
    (probability_of_change, 0 to 1) and reason, a row for each trust. None where `reason` says why.
    """

    observed: BandChanges
    expected_changes: float | None
    lower: float | None
    upper: float | None
    excess: float | None
    probability: float | None
    by_trust: pd.DataFrame
    reason: str


def band_changes(before: pd.Series, after: pd.Series, bands: Sequence[str]) -> BandChanges:
    """The transition table of bands between two years.

    before, after: band names by trust, in any order, missing where there was none; bands: lowest
    first. Trusts with a band in one year only are left out. Refused where there are none with
    both; kappa also where all are in one band. Raises ValueError for an unknown band, or where a
    trust stands twice.
    Source of kappa: Cohen (1968), Psychological Bulletin 70:213-220.
    """
    check_trusts(before.to_frame())
    check_trusts(after.to_frame())
    both = pd.concat([before.astype(object), after.astype(object)], axis=1, keys=["before", "after"]).dropna()
    if unknown := set(both.to_numpy().ravel()) - set(bands):
        raise ValueError(f"there is no band {min(unknown)}")
    table = pd.crosstab(both["before"], both["after"]).reindex(
        index=pd.Index(bands), columns=pd.Index(bands), fill_value=0
    )
    if both.empty:
        return BandChanges(table, 0, None, None, None, NO_TRUST)
    unchanged, counts = int(np.trace(table)), table.to_numpy()
    one_band = (counts.sum(axis=0) == len(both)) & (counts.sum(axis=1) == len(both))
    kappa = None if one_band.any() else float(cohens_kappa(counts, wt="linear", return_results=False))
    return BandChanges(
        table,
        len(both),
        len(both) - unchanged,
        unchanged / len(both),
        kappa,
        ONE_BAND if kappa is None else "",
    )


def volatility(
    scheme: Scheme,
    truth: pd.DataFrame,
    before: Evidence,
    after: Evidence,
    *,
    seed: int,
    draws: int = DRAWS,
    targets: pd.DataFrame | None = None,
) -> Volatility:
    """Changes of bands between two years, and how many there would be by chance alone.

    truth: trusts x measures, the true values held constant over both years, as `shrinkage` finds
    them from both years together: raw values hold noise, and would be given it twice. before,
    after: the evidence of two years that share no cases, on the same trusts; simulated years have
    its cases and errors, and go through the scheme as the real ones do, both years through one
    scheme and against the same targets. Trusts without a band in
    one of the years are left out and have a reason. Refused where none is left.
    Raises ValueError where the trusts of the three differ, truth lacks what was observed, cases
    have a fraction, or the truth of a counted measure isn't a share.
    """
    if not before.trusts.equals(after.trusts) or set(truth.index) != set(before.trusts):
        raise ValueError("both years and the truth must be of the same trusts")
    check_trusts(truth)
    true_values = as_array(truth.reindex(before.trusts), scheme.codes)
    random = np.random.default_rng(seed)
    rated, simulated = [], []
    for evidence in (before, after):
        wanted = evidence_targets(scheme, evidence, targets)
        rated.append(rate_evidence(scheme, evidence, wanted)["band"])
        drawn = repeated_draws(evidence, true_values, draws, random)
        simulated.append([score(scheme, *pair).band for pair in zip(drawn, wanted, strict=True)])
    first, second = rated
    is_rated = (first.notna() & second.notna()).to_numpy()
    changed = (np.array(simulated[0]) != np.array(simulated[1])).reshape(len(is_rated), draws)
    return _against_chance(band_changes(first, second, scheme.bands), changed, is_rated, before.trusts)


def _against_chance(
    observed: BandChanges, changed: Booleans, is_rated: Booleans, trusts: pd.Index
) -> Volatility:
    """changed: trusts x draws."""
    by_trust = pd.DataFrame(
        {
            "probability_of_change": np.where(is_rated, changed.mean(axis=1), np.nan),
            "reason": in_words(len(trusts), (~is_rated, NO_TWO_BANDS)),
        },
        trusts,
    )
    if observed.changed is None:
        return Volatility(observed, None, None, None, None, None, by_trust, observed.reason)
    changes = changed[is_rated].sum(axis=0)
    lower, upper = np.quantile(changes, [0.025, 0.975], method="inverted_cdf")
    return Volatility(
        observed,
        expected_changes=float(changes.mean()),
        lower=float(lower),
        upper=float(upper),
        excess=float(observed.changed - changes.mean()),
        probability=float((changes >= observed.changed).mean()),
        by_trust=by_trust,
        reason="",
    )
