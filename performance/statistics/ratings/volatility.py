"""How much bands change from one year to the next, against how much they would by chance."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from statsmodels.stats.inter_rater import cohens_kappa

from performance.statistics.columns import Booleans, Floats, in_words
from performance.statistics.ratings.certainty import DRAWS
from performance.statistics.ratings.evidence import (
    Evidence,
    evidence_targets,
    rate_evidence,
    repeated_draws,
)
from performance.statistics.ratings.scheme import Scheme
from performance.statistics.ratings.scores import score
from performance.statistics.ratings.tables import NOT_RATED, Places, as_array, check_trusts

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
class RatedTogether:
    """Trusts that were rated by one scheme in one year: the evidence on them; truth, trusts x measures,
    what their true values would have been in that year had no level changed; and targets, trusts x
    measures, their own where they differ from the scheme's."""

    scheme: Scheme
    evidence: Evidence
    truth: pd.DataFrame
    targets: pd.DataFrame | None = None


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
    before: Sequence[RatedTogether],
    after: Sequence[RatedTogether],
    bands: Sequence[str],
    *,
    seed: int,
    draws: int = DRAWS,
) -> Volatility:
    """Changes of bands between two years, and how many there would be by chance alone.

    before, after: the trusts of two years that share no cases, in one group or more, the same trusts
    in both years; bands: those of all schemes, lowest first. The truth of both years is of levels held
    constant, as `levels` finds them from both together: raw values hold noise, and would be given
    it twice. Simulated years have the evidence's cases and errors, and go through the scheme and against
    the targets of their group as the real ones do: with another scheme bands may change without any
    chance, and that is told along. Trusts without a band in one of the years are left out and have a
    reason. Refused where none is left.
    Raises ValueError where the trusts of the years or of a truth differ, truth lacks what was observed,
    cases have a fraction, or the truth of a counted measure isn't a share.
    """
    random = np.random.default_rng(seed)
    (first, simulated), (second, again) = (_twice(year, bands, draws, random) for year in (before, after))
    if not first.index.equals(second.index):
        raise ValueError("both years must be of the same trusts")
    is_rated = (first.notna() & second.notna()).to_numpy()
    return _against_chance(band_changes(first, second, bands), simulated != again, is_rated, first.index)


def _twice(
    groups: Sequence[RatedTogether], bands: Sequence[str], draws: int, random: np.random.Generator
) -> tuple[pd.Series, Places]:
    """Bands as they were, by trust in sorted order, and places among bands were the year observed again:
    trusts x draws."""
    rated, places = [], []
    for group in groups:
        wanted = evidence_targets(group.scheme, group.evidence, group.targets)
        rated.append(rate_evidence(group.scheme, group.evidence, wanted)["band"].astype(object))
        place = np.array([*map(list(bands).index, group.scheme.bands), NOT_RATED], dtype=np.int8)
        drawn = repeated_draws(group.evidence, _true_values(group), draws, random)
        found = [place[score(group.scheme, *pair).band] for pair in zip(drawn, wanted, strict=True)]
        places.append(np.reshape(found, (len(found), draws)))
    table = pd.concat(rated)
    order = np.argsort(table.index.to_numpy())
    return table.iloc[order], np.concatenate(places)[order]


def _true_values(group: RatedTogether) -> Floats:
    check_trusts(group.truth)
    if set(group.truth.index) != set(group.evidence.trusts):
        raise ValueError("the evidence and the truth must be of the same trusts")
    return as_array(group.truth.reindex(group.evidence.trusts), group.scheme.codes)


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
