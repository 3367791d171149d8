"""Each trust's own targets, and where its true shares lie beside them."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from performance.returns.simulation.assumptions import ASSUMED, LIFT, MEASURE_SPREAD, MOST
from performance.returns.simulation.chance import Part, stream
from performance.returns.simulation.record import Floats
from performance.returns.simulation.years import FrameworkYear, definitions
from performance.vocabulary import PROCESS_KINDS, Kind

# Own targets lie within so many standard deviations of the assumed one.
_FARTHEST = 2.5
# True shares of what isn't process lie round their targets by this, in points, whatever the margin.
_OUTCOME_SPREAD = 2.0


@dataclass(frozen=True)
class Levels:
    """Trusts by measures. target: in per cent or days, NaN for a count. beside: the true value
    less its target before any change, as far as it is the measure's own. plan: what is planted."""

    target: pd.DataFrame
    beside: pd.DataFrame
    plan: pd.DataFrame

    def margin(self, year: FrameworkYear) -> Floats:
        """Points above target in every process measure, trust by trust."""
        has_changed = self.plan["changes_in"].between("2", year.label)
        return (self.plan["margin"] + self.plan["change"].where(has_changed, 0)).to_numpy(float)

    def true_shares(self, year: FrameworkYear, measures: list[str]) -> Floats:
        """Trusts x measures, in per cent."""
        margin = np.outer(self.margin(year), [is_process(code) for code in measures])
        own = (self.target[measures] + self.beside[measures]).to_numpy()
        return np.clip(own + margin, 1, MOST)

    def lifts(self, year: FrameworkYear, measures: list[str]) -> Floats:
        """Trusts x measures: how many times its target a count truly comes to."""
        beside = self.beside[measures].to_numpy()
        return np.asarray(1 + LIFT * (self.margin(year)[:, np.newaxis] + beside))

    def timeliness(self, year: FrameworkYear) -> Floats:
        """Per cent truly done in time in the year's timeliness measures together, trust by trust."""
        measures = [code for code in year.measures if definitions().measures[code].kind == Kind.TIMELINESS]
        cases = [ASSUMED[code].cases for code in measures]
        return np.average(self.true_shares(year, measures), axis=1, weights=cases)


def is_process(code: str) -> bool:
    return definitions().measures[code].kind in PROCESS_KINDS


def levels(seed: int, plan: pd.DataFrame) -> Levels:
    chance = stream(seed, Part.LEVELS)
    codes, shape = list(ASSUMED), (len(plan), len(ASSUMED))
    assumed = [ASSUMED[code] for code in codes]
    own = np.clip(chance.normal(size=shape), -_FARTHEST, _FARTHEST) * [each.spread for each in assumed]
    target = np.round(own + [np.nan if each.target is None else each.target for each in assumed])
    spread = [MEASURE_SPREAD if is_process(code) else _OUTCOME_SPREAD for code in codes]
    beside = chance.normal(size=shape) * spread
    return Levels(pd.DataFrame(target, plan.index, codes), pd.DataFrame(beside, plan.index, codes), plan)
