"""What trusts worked with: budget, caseload, offenders for each offender manager, sickness."""

import numpy as np
import pandas as pd

from performance.returns.simulation.assumptions import BUDGET_CHANGES, BUDGET_SPREAD, LOADS, TARGET_NOTE
from performance.returns.simulation.chance import Part, stream
from performance.returns.simulation.layout import rows
from performance.returns.simulation.levels import Levels
from performance.returns.simulation.record import BUDGET, Floats, load_spread, trusts
from performance.returns.simulation.years import FrameworkYear

SICKNESS = "sickness-absence-days"
_SICKNESS_SPREAD = 1.2
_CASELOAD_SPREAD = 0.02
# How far a trust's load moves from year to year, as a part of itself.
_LOAD_DRIFT = 0.03


def resources(seed: int, year: FrameworkYear, levels: Levels, snapshots: Floats) -> list[pd.DataFrame]:
    """The rows of a year. snapshots: offenders, trusts x quarters."""
    chance = stream(seed, Part.RESOURCES, year.number)
    caseload = np.round(snapshots[:, -1] * chance.normal(1, _CASELOAD_SPREAD, len(snapshots)))
    loads = _loads(
        _standing(seed) * chance.normal(1, _LOAD_DRIFT, len(caseload)), caseload, LOADS[year.number - 1]
    )
    found = [
        rows(year, ["planned-budget"], year.whole, _each(_budgets(year, chance))),
        rows(year, ["caseload-community"], year.day(3, 31), _each(caseload)),
        rows(year, ["offenders-per-offender-manager"], year.day(12, 31), _each(loads)),
    ]
    return [*found, _sickness(year, levels, chance)] if SICKNESS in year.measures else found


def _each(values: Floats) -> dict[str, Floats]:
    return {"value": values[:, np.newaxis, np.newaxis]}


def _budgets(year: FrameworkYear, chance: np.random.Generator) -> Floats:
    """Pounds, to the thousand, that add up to about the nation's."""
    parts = trusts()["size"].to_numpy() * chance.normal(1, BUDGET_SPREAD, len(trusts()))
    return np.asarray((BUDGET * BUDGET_CHANGES[year.number - 1] * parts / parts.sum()).round(-3))


def _standing(seed: int) -> Floats:
    """Each trust's load as a multiple of the nation's, spread as areas' were."""
    count = len(trusts())
    spread = np.quantile(load_spread(), (np.arange(count) + 0.5) / count)
    return np.asarray(stream(seed, Part.RESOURCES).permutation(spread))


def _loads(standing: Floats, caseload: Floats, national: float) -> Floats:
    """Offenders for each offender manager, to one decimal. All offenders over all managers come to
    the nation's load."""
    managers = caseload / standing
    return np.round(standing * national * managers.sum() / caseload.sum(), 1)


def _sickness(year: FrameworkYear, levels: Levels, chance: np.random.Generator) -> pd.DataFrame:
    target = levels.target[SICKNESS].to_numpy()
    days = np.round(target + chance.normal(0, _SICKNESS_SPREAD, len(target)), 1)
    numbers = {**_each(days), "target": target[:, np.newaxis, np.newaxis]}
    return rows(year, [SICKNESS], year.whole, numbers, TARGET_NOTE)
