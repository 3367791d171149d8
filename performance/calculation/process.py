"""How far each trust did what it was told to do: timeliness, volume and compliance in one figure, and
each of the three alone.

Two figures, as they answer two questions. `process` is the weighted share of targets met, which is
what a framework rewarded. `attainment` pools the cases behind those targets: cases done as asked for
every 100 that the targets ask for. It takes no notice of the side of a target on which a trust just
fell, so it holds more information, and it is what is set beside the outcome.
"""

from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from performance.calculation.outcomes import REOFFENDING
from performance.calculation.plans import FrameworkPlan, PlannedMeasure
from performance.calculation.process_parts import parts_of
from performance.calculation.years import YEAR, whole_months
from performance.statistics.columns import in_words
from performance.statistics.ratings.scores import HAIR
from performance.vocabulary import PARTS_OF_A_WHOLE, WITHOUT_A_NUMBER, Polarity, ProcessKind

# Those who answer to a framework. Nations, regions, peer groups and national providers are made up
# of them.
ANSWERABLE = ("area", "trust", "crc", "nps-division")
TRUST = ["organisation", "period_start", "period_end"]
NUMBERS = ["numerator", "denominator", "expected", "value", "target"]
# The part of the weight of process measures that must be judged for the rest to stand for it.
LEAST_WEIGHT = 0.5
# A sum of floats can miss a whole number of cases by a hair, and with it a target that is just met.
DECIMALS = 6

NO_PROCESS_MEASURE = "the framework gives no process measure any weight"
NONE_JUDGED = "no process measure has both a figure and a target"
TOO_LITTLE = "less than half of the weight of process measures has both a figure and a target"
NO_CASES = "no process measure has both its cases and a target above 0"


def process_indices(rows: pd.DataFrame, plan: FrameworkPlan) -> pd.DataFrame:
    """A row for each trust that has a yearly figure, if only a missing one, on a process measure of
    the framework or on reoffending; and so for each kind of process of which the framework has a
    measure with weight, of that kind's measures and by their weights among themselves.

    rows: of `sums.with_sums`, of one financial year. Returns kind (a word of `ProcessKind`),
    organisation, period_start, period_end,
    - process: 0 to 100, the weighted share of targets met among those judged (a figure and a target
      of its own for the year), and its standard error: targets may be met or missed by chance
    - targets_judged, targets_met: numbers
    - counted, cases, required: cases done as asked, all cases, and those that the targets ask for,
      of the measures that are shares of cases; where less is better, of cases that didn't happen
    - attainment: 100 * counted / required, and its standard error
    - reason: why there is no process or no attainment, or ''.
    With less than half of the weight judged there is neither index; the counts say how much was.
    """
    figures = figures_of_year(rows, plan)
    process = figures[figures["is_process"]]
    parts = pd.concat([process[[*TRUST, "kind"]], parts_of(process)], axis=1)
    followed = figures.loc[figures["measure"] == REOFFENDING, TRUST]
    tables = [_of_kind(kind, weight, parts, followed) for kind, weight in _process_weights(plan).items()]
    return pd.concat(tables, ignore_index=True)


def figures_of_year(rows: pd.DataFrame, plan: FrameworkPlan) -> pd.DataFrame:
    """Yearly figures of those who answer to the framework, on its measures and on reoffending,
    sorted by trust and measure.

    rows: of `sums.with_sums`, of one financial year; figures of other periods are left alone.
    Returns organisation, period_start, period_end, measure, unit, numerator, denominator, expected,
    value (a share's from its counts) and target, NaN where there is none; and of the plan domain,
    kind, weight (a part of the whole, or 0), is_process and less_is_better. A share's target outside 0 to
    100 can't be one, and isn't taken.
    """
    planned = _planned(plan)
    is_of_plan = rows["measure"].isin([*planned.index, REOFFENDING])
    chosen = rows[is_of_plan & rows["organisation_kind"].isin(ANSWERABLE)]
    chosen = chosen[_is_year_of(plan, chosen)]
    texts = {name: chosen[name].astype(str) for name in ("organisation", "measure", "unit")}
    figures = chosen.assign(**texts)[[*TRUST, "measure", "unit", *NUMBERS]]
    is_part = figures["unit"].isin(PARTS_OF_A_WHOLE)
    figures["value"] = _values(figures, is_part).mask(chosen["status"].isin(WITHOUT_A_NUMBER))
    figures["target"] = figures["target"].mask(is_part & ~figures["target"].between(0, 100))
    figures = figures.join(planned, on="measure")
    flags = {name: figures[name].eq(True) for name in ("is_process", "less_is_better")}
    return figures.assign(**flags).sort_values([*TRUST, "measure"], ignore_index=True)


def weighted_part(plan: FrameworkPlan) -> FrameworkPlan:
    """The plan without the measures that have no weight in it, and without the domains left empty."""
    weighty = {domain.code for domain in plan.domains if domain.weight > 0}
    measures = tuple(measure for measure in plan.measures if measure.weight > 0 and measure.domain in weighty)
    used = {measure.domain for measure in measures}
    domains = tuple(domain for domain in plan.domains if domain.code in used)
    return replace(plan, domains=domains, measures=measures)


def _is_judged_process(measure: PlannedMeasure) -> bool:
    """Without a good side nothing meets a target."""
    return measure.is_process and measure.polarity != Polarity.NONE


def _planned(plan: FrameworkPlan) -> pd.DataFrame:
    """A row for each measure, by code."""
    weights = weighted_part(plan).weights
    planned = {
        m.code: {
            "domain": m.domain,
            "weight": weights.get(m.code, 0.0),
            "kind": m.kind.value,
            "is_process": _is_judged_process(m),
            "less_is_better": m.polarity == Polarity.LOWER,
        }
        for m in plan.measures
    }
    return pd.DataFrame.from_dict(planned, orient="index")


def _is_year_of(plan: FrameworkPlan, rows: pd.DataFrame) -> pd.Series:
    """Whether a period is a financial year in which the framework stood."""
    starts, ends = pd.Timestamp(plan.starts), pd.Timestamp(plan.ends)
    return (rows["period_start"] >= starts) & (rows["period_end"] <= ends) & (whole_months(rows) == YEAR)


def _values(figures: pd.DataFrame, is_part: pd.Series) -> pd.Series:
    """A share is taken from its counts where there are any, never from a rounded percentage."""
    cases = figures["denominator"].where(is_part & (figures["denominator"] > 0))
    return (100 * figures["numerator"] / cases).fillna(figures["value"])


def _process_weights(plan: FrameworkPlan) -> dict[ProcessKind, float]:
    """What all process measures weigh together, if nothing, and each kind of which some weighs anything."""
    planned = _planned(plan)
    weights = planned["weight"].where(planned["is_process"], 0.0)
    by_kind = {kind: float(weights[planned["kind"] == kind].sum()) for kind in ProcessKind}
    heavy = {kind: weight for kind, weight in by_kind.items() if weight > 0}
    return {ProcessKind.ALL: float(weights.sum())} | heavy


def _of_kind(kind: ProcessKind, weight: float, parts: pd.DataFrame, followed: pd.DataFrame) -> pd.DataFrame:
    """parts: of every process figure, with its kind; followed: the trusts that have reoffending."""
    own = parts if kind == ProcessKind.ALL else parts[parts["kind"] == kind]
    trusts = pd.concat([own[TRUST], followed]).drop_duplicates().sort_values(TRUST)
    sums = own.groupby(TRUST, observed=True).sum(numeric_only=True)
    indices = _indices(sums.reindex(pd.MultiIndex.from_frame(trusts)), weight)
    if kind != ProcessKind.ALL:
        indices["reason"] = indices["reason"].str.replace("process measure", f"{kind} measure")
    return indices.reset_index().assign(kind=kind.value)


def _indices(sums: pd.DataFrame, process_weight: float) -> pd.DataFrame:
    """sums: NaN for a trust without a figure on any process measure."""
    sums = sums.fillna(0.0)
    judged, required = sums["judged_weight"], sums["required"].round(DECIMALS)
    is_enough = (judged > 0) & (judged >= (LEAST_WEIGHT - HAIR) * process_weight)
    has_cases = required > 0
    judged, needed = judged.where(is_enough), required.where(is_enough & has_cases)
    indices: dict[str, Any] = {
        "process": 100 * sums["met_weight"] / judged,
        "process_standard_error": 100 * np.sqrt(sums["variance"]) / judged,
        "targets_judged": sums["targets_judged"].astype(int),
        "targets_met": sums["targets_met"].astype(int),
        "counted": sums["counted"].where(sums["cases"] > 0),
        "cases": sums["cases"].where(sums["cases"] > 0),
        "required": required.where(sums["cases"] > 0),
        "attainment": 100 * sums["counted"] / needed,
        "attainment_standard_error": 100 * np.sqrt(sums["counted_variance"]) / needed,
        "reason": in_words(
            len(sums),
            (np.full(len(sums), process_weight == 0), NO_PROCESS_MEASURE),
            ((sums["targets_judged"] == 0).to_numpy(), NONE_JUDGED),
            (~is_enough.to_numpy(), TOO_LITTLE),
            (~has_cases.to_numpy(), NO_CASES),
        ).astype(str),
    }
    return pd.DataFrame(indices, sums.index)
