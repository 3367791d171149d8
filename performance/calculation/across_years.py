"""What takes several years: whether better process comes before better outcome, and how many bands
changed. Rows of the table `national` that belong to no framework, as they span those of years.
"""

from collections.abc import Iterable, Sequence
from itertools import pairwise

import pandas as pd

from performance.calculation.national import Finding, as_table
from performance.calculation.plans import FrameworkPlan
from performance.calculation.ratings import SEED, WHOLE
from performance.statistics.divergence.lag import lagged_association
from performance.statistics.ratings.volatility import band_changes
from performance.vocabulary import Method, Subject

# With 1,999 shuffles a p-value of 0.05 is known to within 0.01, which settles what is said of it;
# five times as many would take five times as long on some hundreds of trusts.
PERMUTATIONS = 1_999


def across_years(
    divergence: pd.DataFrame, ratings: pd.DataFrame, plans: Sequence[FrameworkPlan]
) -> pd.DataFrame:
    """divergence, ratings: those tables of all years; plans: all frameworks, whose bands there are.

    Returns, once there is a year, lag, same-year, placebo-lead and between-trusts: percentage points
    of outcome for one of attainment, over all years, by the precision of the outcome. And for any
    two years that follow one another band-changes: how many of the n trusts rated in both changed
    band. How many would by chance isn't told here: that takes the cases behind the bands of both
    years. A trust with two frameworks in one year stands with the one that judged more targets, or
    rated it.
    """
    tables = [_associations(divergence), *_changes(ratings, plans)]
    return pd.concat(tables, ignore_index=True)


def _associations(divergence: pd.DataFrame) -> pd.DataFrame:
    if divergence.empty:
        return as_table([])
    own = _once_a_year(divergence, by="targets_judged")
    panel = pd.DataFrame(
        {
            "trust": own["organisation"].astype(str),
            "year": own["period_start"].dt.year,
            "process": own["attainment"],
            "outcome": own["outcome"],
            "weight": 1 / own["outcome_standard_error"] ** 2,
            "process_end": own["period_end"],
            "outcome_start": own["period_start"],
        }
    )
    table = lagged_association(panel, seed=SEED, permutations=PERMUTATIONS)
    findings = [
        Finding(
            Subject.PROCESS_AND_OUTCOME,
            Method(str(association)),
            int(row["n"]),
            row["reason"],
            row["coefficient"],
            lower=row["lower"],
            upper=row["upper"],
            p=row["p"],
        )
        for association, row in table.iterrows()
    ]
    return as_table(findings, own["period_start"].min(), own["period_end"].max())


def _changes(ratings: pd.DataFrame, plans: Iterable[FrameworkPlan]) -> list[pd.DataFrame]:
    rated = ratings[ratings["domain"] == WHOLE]
    rated = _once_a_year(rated.assign(is_rated=rated["band"].notna()), by="is_rated")
    years = [year for _, year in rated.groupby("period_start")]
    bands = sorted({number for plan in plans for number, _ in plan.bands})
    return [
        _change(before, after, [str(number) for number in bands])
        for before, after in pairwise(years)
        if after["period_start"].iloc[0].year == before["period_start"].iloc[0].year + 1
    ]


def _change(before: pd.DataFrame, after: pd.DataFrame, bands: Sequence[str]) -> pd.DataFrame:
    first, second = (
        year.set_index(year["organisation"].astype(str))["band"].dropna().astype(int).astype(str)
        for year in (before, after)
    )
    result = band_changes(first, second, bands)
    # Kappa's reason is none of the number's.
    reason = result.reason if result.changed is None else ""
    finding = Finding(Subject.BANDS, Method.BAND_CHANGES, result.trusts, reason, result.changed)
    return as_table([finding], before["period_start"].iloc[0], after["period_end"].iloc[0])


def _once_a_year(table: pd.DataFrame, by: str) -> pd.DataFrame:
    """Each trust's row with the most of `by` in a year, of equals that of the first framework."""
    key = ["organisation", "period_start"]
    ordered = table.sort_values([by, "framework"], ascending=[False, True], kind="stable")
    return ordered.drop_duplicates(key).sort_values(key)
