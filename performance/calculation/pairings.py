"""Process beside outcome where the public record is too thin for indices: two pairs of measures, as
rows of the table `national` that belong to no framework.
"""

from dataclasses import replace
from typing import Any

import pandas as pd

from performance.calculation.national import Finding, as_table, found
from performance.calculation.ratings import SEED
from performance.calculation.years import QUARTER, whole_months
from performance.statistics.correlation.power import detectable
from performance.statistics.correlation.rank import spearman
from performance.vocabulary import WITHOUT_A_NUMBER, Method, Subject
from performance.wording import counted

TIMELINESS, REOFFENDING, PROVIDER = "nps-sl001", "binary-rate", "national-probation-service"
ACCOMMODATION, WORKLOAD, AREA = "accommodation-at-termination", "offenders-per-offender-manager", "area"

PERIOD = ["period_start", "period_end"]


def pairings(rows: pd.DataFrame) -> pd.DataFrame:
    """Both pairs, of any series that has their measures; no rows of one that hasn't.

    rows: the table `indicators` of all years, with organisation_kind beside it.

    timeliness-and-reoffending: the National Probation Service's court reports on time, by quarter,
    and those of the cohort of the same quarter who did not reoffend. Both run so that high is good:
    above 0, more on time goes with less reoffending. n is quarters with both. The percentages are
    printed without their counts, so they are paired as they are, never averaged.

    accommodation-and-workload: by area, offenders in settled accommodation as a percentage of the
    area's own target, and offenders for each offender manager at the last date before that period.
    Both run upwards, and a workload has no good side: below 0, areas with more offenders to a
    manager come less close to their targets. The period is that of the accommodation. Beside it
    what so many areas can show.
    """
    chosen = rows[rows["measure"].isin([TIMELINESS, REOFFENDING, ACCOMMODATION, WORKLOAD])]
    told = chosen[chosen["value"].notna() & ~chosen["status"].isin(WITHOUT_A_NUMBER)]
    told = told.assign(organisation=told["organisation"].astype(str))
    return pd.concat([_by_quarter(told), *_by_area(told)], ignore_index=True)


def _by_quarter(rows: pd.DataFrame) -> pd.DataFrame:
    quarters = rows[(rows["organisation"] == PROVIDER) & (whole_months(rows) == QUARTER)]
    of_measure = [quarters[quarters["measure"] == code] for code in (TIMELINESS, REOFFENDING)]
    if any(side.empty for side in of_measure):
        return as_table([])
    on_time, reoffended = (side.set_index(PERIOD)["value"] for side in of_measure)
    both = pd.DataFrame({"on_time": on_time, "reoffended_not": 100 - reoffended}).dropna()
    result = _said_of("quarter", spearman(both["on_time"], both["reoffended_not"], seed=SEED))
    if result.coefficient is None:
        of_each = f"{counted(len(on_time), 'quarter')} of timeliness and {len(reoffended)} of reoffending"
        result = replace(result, reason=f"{result.reason}, in a record of {of_each}")
    finding = found(Subject.TIMELINESS_AND_REOFFENDING, Method.SPEARMAN, result, result.coefficient)
    sides = pd.concat(of_measure)
    return as_table([finding], sides["period_start"].min(), sides["period_end"].max())


def _by_area(rows: pd.DataFrame) -> list[pd.DataFrame]:
    """A table for each period of the accommodation figures that isn't part of a longer one."""
    areas = rows[rows["organisation_kind"] == AREA]
    is_day = areas["period_start"] == areas["period_end"]
    workload = areas[(areas["measure"] == WORKLOAD) & is_day]
    settled = areas[
        (areas["measure"] == ACCOMMODATION) & (areas["target"] > 0) & ~areas["is_part"].astype(bool)
    ]
    if workload.empty:
        return []
    return [
        as_table(_of_areas(figures, workload[workload["period_end"] < start]), start, end)
        for (start, end), figures in settled.groupby(PERIOD)
    ]


def _of_areas(settled: pd.DataFrame, earlier: pd.DataFrame) -> list[Finding]:
    """settled: of one period; earlier: the workloads of all dates before it."""
    subject = Subject.ACCOMMODATION_AND_WORKLOAD
    latest = earlier[earlier["period_end"] == earlier["period_end"].max()].set_index("organisation")["value"]
    figures = settled.set_index("organisation")
    both = pd.DataFrame({"attained": 100 * figures["value"] / figures["target"], "workload": latest}).dropna()
    ranks = _said_of("area", spearman(both["attained"], both["workload"], seed=SEED))
    shown = _said_of("area", detectable(len(both)))
    return [
        found(subject, Method.SPEARMAN, ranks, ranks.coefficient),
        found(subject, Method.LEAST_SIGNIFICANT, shown, shown.least_significant),
        found(subject, Method.DETECTABLE, shown, shown.detectable),
    ]


def _said_of(unit: str, result: Any) -> Any:
    """The statistics speak of trusts; here they were given something else."""
    return replace(result, reason=result.reason.replace("trust", unit))
