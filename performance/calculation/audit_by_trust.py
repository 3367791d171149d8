"""Signs in the figures of each trust by itself, for each measure."""

import numpy as np
import pandas as pd

from performance.calculation.audit_figures import AuditFigures
from performance.calculation.audit_rows import NAMES, PERIOD, WIDTH, as_rows
from performance.statistics.audit_signals.denominators import TOO_FEW_PERIODS, cases_per_period
from performance.statistics.audit_signals.ratchet import LATER_NEEDED, after_high_water
from performance.statistics.audit_signals.smoothness import smoothness_of_periods
from performance.vocabulary import AuditSignal

# Months move by chance more than years do: three in a row near their target are nothing.
LATER_MONTHS_NEEDED = 6


def smoothness(figures: AuditFigures) -> pd.DataFrame:
    """How much n months vary, 1 as chance alone would have it."""
    found = smoothness_of_periods(figures.points)
    found = found.rename(columns={"units": "n", "phi": "observed"})
    by_chance = pd.Series(1.0, found.index).where(found["reason"] == "")
    return _of_trusts(AuditSignal.SMOOTHNESS, found.assign(by_chance=by_chance), figures.points)


def hugging(figures: AuditFigures) -> pd.DataFrame:
    """Which part of the n months, or years, after the best one lies just above the target."""
    years = figures.years.dropna(subset=["value", "target"])
    years = years[years.groupby("series")["series"].transform("size") > LATER_NEEDED]
    months = figures.points[~figures.points["series"].isin(years["series"])]
    found = pd.concat(
        [
            after_high_water(rows.assign(period=rows["period_start"]), WIDTH, followers)
            for rows, followers in ((years, LATER_NEEDED), (months, LATER_MONTHS_NEEDED))
        ]
    )
    found = found.rename(columns={"hugging": "observed"}).assign(n=found["later"].fillna(0))
    looked_at = pd.concat([years, months])
    nothing = dict.fromkeys(("by_chance", "p", "adjusted_p"), np.nan)
    return _of_trusts(AuditSignal.HUGGING, found.assign(**nothing), looked_at)


def cases(figures: AuditFigures) -> pd.DataFrame:
    """The month, of n, with the most surprisingly few cases."""
    points = figures.points.reset_index(drop=True)
    values = pd.DataFrame(
        {"series": points["series"], "period": points["period_start"], "cases": points["n"]}
    )
    found = cases_per_period(values).rename(columns={"cases": "observed", "usual_cases": "by_chance"})
    number = values["cases"].notna().groupby(values["series"]).sum()
    # The most surprising month of each series, and of equals the first.
    table = points[[*PERIOD, "series"]].join(found).sort_values(["p", "period_start"])
    table = table.drop_duplicates("series").set_index("series").assign(n=number)
    is_told = table["p"].notna()
    table["reason"] = np.where(is_told, "", TOO_FEW_PERIODS)
    whole = _of_trusts(AuditSignal.CASES, table.drop(columns=PERIOD), points)
    months = table.sort_index()[PERIOD].where(is_told)
    return whole.assign(**{name: months[name].fillna(whole[name]) for name in PERIOD})


def _of_trusts(signal: AuditSignal, found: pd.DataFrame, looked_at: pd.DataFrame) -> pd.DataFrame:
    """found: by series; looked_at: the rows of these series that were looked at."""
    by_series = looked_at.groupby("series")
    span = by_series.agg({name: "first" for name in NAMES} | {"period_start": "min", "period_end": "max"})
    return as_rows(signal, span.join(found))
