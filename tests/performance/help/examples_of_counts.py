"""The worked examples of the pages of methods that are about counts and shares, worked out by the code
that works out our figures.

Each function gives what the example on the page of its name must say, word for word.
"""

import pandas as pd

from performance.calculation.framework_mix import framework_mix
from performance.calculation.own_groups import own_group
from performance.calculation.peers import PEER_GROUPS, peers_of
from performance.calculation.process import process_indices
from performance.calculation.sum_notes import of_organisations
from performance.models import Domain, Framework, FrameworkMeasure, Measure
from performance.returns.simulation.simulate import simulate
from performance.statistics.audit_signals.denominators import cases_per_period
from performance.statistics.control_charts.xmr import xmr
from performance.statistics.funnel import exact_flags, exact_limits
from performance.statistics.intervals import newcombe_difference, wilson
from performance.statistics.multiple_comparisons import benjamini_hochberg
from performance.statistics.reoffending.cohorts import cohorts
from performance.statistics.reoffending.comparison import against_prediction
from performance.vocabulary import Flag, Kind
from performance.wording import listed, written_p
from tests.performance.calculation import year_frames
from tests.performance.calculation.frames import financial_year, frame, row

ALL_AREAS = 24_110 / 30_997


def per_cent(share: float) -> str:
    return f"{100 * share:.1f}%"


def intervals() -> list[str]:
    found = wilson(479, 692).iloc[0]
    return [
        f"479 of 692 orders and licences ended in settled accommodation, {per_cent(479 / 692)}. The 95% "
        f"interval runs from {per_cent(found['lower'])} to {per_cent(found['upper'])}."
    ]


def attainment() -> list[str]:
    plan = year_frames.plan(year_frames.measure("assessments"), year_frames.measure("victims"))
    figures = [
        year_frames.figure("kent", code, numerator=x, denominator=n, target=target)
        for code, x, n, target in (("assessments", 552, 600, 90.0), ("victims", 240, 300, 85.0))
    ]
    found = process_indices(year_frames.frame(*figures), plan).iloc[0]
    return [
        f"It met {found['targets_met']} of {found['targets_judged']} targets, {found['process']:.0f}% by "
        f"weight. The targets ask for 540 and 255 cases, {found['required']:.0f} together, and "
        f"{found['counted']:.0f} were done: its attainment is {found['attainment']:.1f}%."
    ]


def funnel() -> list[str]:
    inner, outer = (exact_limits(ALL_AREAS, 692, tail).iloc[0] for tail in (0.025, 0.001))
    found = exact_flags(479, 692, ALL_AREAS).iloc[0]
    assert found["flag"] == Flag.LOW_998
    assert found["tail"] < 1e-6
    return [
        f"24,110 of 30,997 in settled accommodation, {per_cent(ALL_AREAS)}.",
        f"the inner limits are {per_cent(inner['lower'])} and {per_cent(inner['upper'])}, the outer ones "
        f"{per_cent(outer['lower'])} and {per_cent(outer['upper'])}.",
        f"479 of 692, {per_cent(479 / 692)}: lower than the outer limit.",
        "less than once in a million times",
    ]


def control_charts() -> list[str]:
    values = [70, 72, 71, 69, 72, 70, 71, 73, 70, 72, 71, 70, 78]
    chart = xmr(pd.DataFrame({"series": "trust", "period": range(13), "value": map(float, values)}))
    signals = chart["rule"].ne("")
    assert list(signals) == [False] * 12 + [True]
    last = chart.iloc[-1]
    assert (last["rule"], last["direction"]) == ("outside-limits", "high")
    return [
        f"Thirteen months: {listed([str(value) for value in values])}%.",
        f"The mean is {last['mean']:.1f}%, the limits {last['lower_limit']:.1f}% and "
        f"{last['upper_limit']:.1f}%. The last month lies above the upper limit",
    ]


def change() -> list[str]:
    found = 100 * newcombe_difference(479, 692, 430, 700)[["difference", "lower", "upper"]].iloc[0]
    return [
        f"479 of 692 in one year ({per_cent(479 / 692)}) after 430 of 700 in the year before "
        f"({per_cent(430 / 700)}): a rise of {found['difference']:.1f} points, with an interval from "
        f"{found['lower']:.1f} to {found['upper']:.1f} points."
    ]


def actual_against_predicted() -> list[str]:
    found = against_prediction(cohorts(475, 4_500, 0.0915)).iloc[0]
    assert "99.8%" in found["verdict_if_least"]
    assert found["verdict_changes"]
    return [
        f"Of 4,500 offenders 475 reoffended, {100 * found['actual_rate']:.2f}%. Predicted were "
        f"{found['expected']:.2f}, 9.15%. That is {100 * found['difference']:.2f} points more, with an "
        f"interval from {100 * found['lower']:.2f} to {100 * found['upper']:.2f}; z is {found['z']:.2f}: "
        f"{found['verdict']}."
    ]


def multiple_comparisons() -> list[str]:
    p = [0.001, 0.008, 0.03, 0.04, 0.6]
    adjusted = benjamini_hochberg(p)["adjusted_p"]
    assert (sum(one < 0.05 for one in p), sum(adjusted.round(9) < 0.05)) == (4, 2)
    written = listed([f"{one:.3f}" for one in adjusted])
    return [f"Five p-values of {listed([str(one) for one in p])} become {written}."]


def audit_signals() -> list[str]:
    cases = [200, 205, 198, 202, 196, 203, 199, 150]
    found = cases_per_period(pd.DataFrame({"series": "kent", "period": range(8), "cases": cases}))
    last = found.iloc[-1]
    assert list(found["question"].ne("")) == [False] * 7 + [True]
    return [
        f"Seven months have {listed([str(one) for one in cases[:-1]])} cases to count, and the eighth "
        f"{cases[-1]}, where {last['usual_cases']:.1f} are usual: adjusted for eight months "
        f"{written_p(last['adjusted_p'])}.",
        f"The question: {last['question']}",
    ]


def peers() -> list[str]:
    shared = {"measure": "local-adult-reoffending", "kind": "outcome", "organisation_kind": "trust"}
    rows = [
        row(**shared, organisation=str(size), numerator=0, denominator=size) | financial_year(2010)
        for size in range(100, 1_000, 100)
    ]
    found = peers_of(frame(*rows)).groupby("peer_group")["organisation"].agg(list)
    large, middle, small = (listed(found[group]) for group in PEER_GROUPS)
    return [
        f"those with {large} are the large ones, those with {middle} the middle, those with {small} the "
        "small."
    ]


def structure() -> list[str]:
    together = _own_group()
    halfway = (40 / 50 + 90 / 150) / 2
    return [
        f"Together they did {together['numerator']:.0f} of {together['denominator']:.0f}: "
        f"{together['value']:.1f}%, and not the {100 * halfway:.0f}% that lies halfway."
    ]


def compare() -> list[str]:
    together = _own_group()
    return [
        f"the group has {together['numerator']:.0f} of {together['denominator']:.0f}, "
        f"{together['value']:.1f}%, with an interval from {together['lower']:.1f}% to "
        f"{together['upper']:.1f}%."
    ]


def _own_group() -> pd.Series:
    alike = {"measure": "reports", "unit": "share", "status": "reported", "is_partial": False}
    empty = dict.fromkeys(("expected", "value", "target"))
    rows = [
        row | alike | empty | financial_year(2010)
        for row in (
            {"organisation": "dorset", "numerator": 40, "denominator": 50},
            {"organisation": "kent", "numerator": 90, "denominator": 150},
        )
    ]
    wording = of_organisations(("trust", "trusts"), ["Dorset", "Kent"])
    return own_group(pd.DataFrame(rows), ["dorset", "kent"], wording).iloc[0]


def simulation() -> list[str]:
    truth = simulate(1).truth
    planted = truth[truth["group"] == "met-worse"]
    margin, true = planted["margin"], planted["true_difference"]
    return [
        f"{len(planted)} of {len(truth)} trusts are planted as meeting their targets, by "
        f"{margin.min():.1f} to {margin.max():.1f} points, with reoffending {true.min():.1f} to "
        f"{true.max():.1f} points above prediction; "
        f"{(truth['group'] == 'unplanted').sum()} have nothing planted."
    ]


def framework_mix_() -> list[str]:
    first, second = Domain(pk=1, weight=1.0), Domain(pk=2, weight=1.0)
    kinds = [
        (first, Kind.TIMELINESS),
        (first, Kind.TIMELINESS),
        (first, Kind.COMPLIANCE),
        (second, Kind.OUTCOME),
    ]
    entries = [FrameworkMeasure(domain=d, measure=Measure(kind=kind), weight=1.0) for d, kind in kinds]
    weight = framework_mix(Framework(), entries)["weight"]
    return [
        f"Timeliness has {weight[Kind.TIMELINESS]:.1f}% of the weight, compliance "
        f"{weight[Kind.COMPLIANCE]:.1f}% and outcome {weight[Kind.OUTCOME]:.1f}%"
    ]
