"""What takes several years: whether better process comes before better outcome, and how many bands
changed. Rows of the table `national` that belong to no framework, as they span those of years.
"""

from collections.abc import Sequence

import pandas as pd

from performance.calculation.band_changes import changes_of_band
from performance.calculation.national import Finding, as_table
from performance.calculation.plans import FrameworkPlan
from performance.calculation.ratings import SEED, WHOLE
from performance.statistics.divergence.lag import lagged_association
from performance.vocabulary import Method, ProcessKind, Subject

# With 1,999 shuffles a p-value of 0.05 is known to within 0.01, which settles what is said of it;
# five times as many would take five times as long on some hundreds of trusts.
PERMUTATIONS = 1_999


def across_years(
    divergence: pd.DataFrame, ratings: pd.DataFrame, figures: pd.DataFrame, plans: Sequence[FrameworkPlan]
) -> pd.DataFrame:
    """divergence, ratings: those tables of all years; figures: of `band_changes.scored_figures`; plans: all
    frameworks.

    Returns, once there is a year, lag, same-year, placebo-lead and between-trusts: percentage points
    of outcome for one of attainment, over all years, by the precision of the outcome. And for any
    two years that follow one another band-changes (see `band_changes.changes_of_band`). A trust with
    two frameworks in one year stands with the one that judged more targets, or rated it.
    """
    rated = ratings[ratings["domain"] == WHOLE]
    rated = _once_a_year(rated.assign(is_rated=rated["band"].notna()), by="is_rated")
    of_all_kinds = divergence[divergence["kind"] == ProcessKind.ALL]
    tables = [_associations(of_all_kinds), *changes_of_band(rated, figures, plans)]
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


def _once_a_year(table: pd.DataFrame, by: str) -> pd.DataFrame:
    """Each trust's row with the most of `by` in a year, of equals that of the first framework."""
    key = ["organisation", "period_start"]
    ordered = table.sort_values([by, "framework"], ascending=[False, True], kind="stable")
    return ordered.drop_duplicates(key).sort_values(key)
