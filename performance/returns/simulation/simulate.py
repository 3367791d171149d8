"""The whole of a simulation: three years of returns, and the truth behind them."""

from dataclasses import dataclass

import pandas as pd

from performance.returns.simulation.gaps import with_gaps
from performance.returns.simulation.layout import COLUMNS, PERIOD
from performance.returns.simulation.levels import Levels, levels
from performance.returns.simulation.outcome import outcome, snapshots
from performance.returns.simulation.process import process
from performance.returns.simulation.resources import resources
from performance.returns.simulation.truth import plant
from performance.returns.simulation.years import FrameworkYear, framework_years

FIRST = ["group", "margin", "meets", "true_difference", "heaps_above_target", "change", "changes_in"]


@dataclass(frozen=True)
class Simulation:
    """returns: all figures, with the columns of a return's file (dates as dates, numbers as floats
    with NaN for none), sorted by trust, framework, measure and period.

    truth: a row for each of the 35 trusts, by slug: organisation, group (a word of `Quadrant`, or
    unplanted), margin (points above target in every process measure), meets (the margin is above 0
    in every year), true_difference (true reoffending less predicted, in points),
    heaps_above_target, change (points by which the margin moves), changes_in (the year from which,
    as 2011-12, or ''), and for each year timeliness_2010_11 (per cent truly done in time, before
    any heaping) and cohort_2010_11 (offenders over the four snapshots).
    """

    seed: int
    effect: bool
    returns: pd.DataFrame
    truth: pd.DataFrame


def simulate(seed: int, *, effect: bool = True) -> Simulation:
    """Returns of the 35 trusts for the Probation Trust Rating System, 2010-11 to 2012-13, the
    same for the same seed.

    Without the effect the true differences of reoffending from prediction are dealt out over the
    trusts anew, so that they have nothing to do with process; all else stays.
    Raises ValueError for a seed below 0.
    """
    if seed < 0:
        raise ValueError("a seed is a whole number, 0 or more")
    years = framework_years()
    plan = plant(seed, effect=effect, years=tuple(year.label for year in years))
    level = levels(seed, plan)
    frames = [frame for year in years for frame in _of_year(seed, year, level)]
    returns = pd.concat(frames, ignore_index=True)[list(COLUMNS)]
    returns = with_gaps(returns, plan).sort_values(
        ["organisation", "framework", "measure", *PERIOD], ignore_index=True
    )
    return Simulation(seed, effect, returns, _truth(seed, years, level))


def _of_year(seed: int, year: FrameworkYear, level: Levels) -> list[pd.DataFrame]:
    return [
        *process(seed, year, level),
        *outcome(seed, year, level.plan),
        *resources(seed, year, level, snapshots(seed, year)),
    ]


def _truth(seed: int, years: tuple[FrameworkYear, ...], level: Levels) -> pd.DataFrame:
    plan = level.plan
    after = plan["margin"] + plan["change"]
    truth = plan.drop(columns="is_quiet").assign(meets=(plan["margin"] > 0) & (after > 0))
    for year in years:
        suffix = year.label.replace("-", "_")
        truth[f"timeliness_{suffix}"] = level.timeliness(year).round(2)
        truth[f"cohort_{suffix}"] = snapshots(seed, year).sum(axis=1).astype(int)
    return truth[[*FIRST, *(column for column in truth if column not in FIRST)]].reset_index()
