"""Measures of a trust as its page judges them, with anything overridden by keyword."""

from typing import Any

from performance.periods import Period
from performance.releases.change_rows import ChangeRow
from performance.releases.exceptions import JudgedMeasure
from performance.releases.peer_rows import Spread
from performance.vocabulary import Assurance, ControlChart, Flag, Polarity, TargetStatus, Variation
from tests.performance.charts.rows import make_row, year

MONTHS = ("2010-04-30", "2010-05-31", "2010-06-30", "2010-07-31")


def make_change(**given: Any) -> ChangeRow:
    values = {
        "organisation": "london",
        "organisation_name": "London Probation Trust",
        "measure": "court-reports",
        "measure_title": "Court reports completed on time",
        "measure_short_title": "Court reports on time",
        "unit": "share",
        "decimals": 0,
        "polarity": Polarity.HIGHER,
        "period": Period(year(2010).start, year(2010).end),
        "chart": ControlChart.P,
        "points": {
            "period_start": [f"{day[:8]}01" for day in MONTHS],
            "period_end": list(MONTHS),
            "value": [88.0, 90.0, 91.0, 84.0],
            "centre": [89.0, 89.0, 89.0, 89.0],
            "lower": [85.0, 85.5, 85.0, 85.0],
            "upper": [93.0, 92.5, 93.0, 93.0],
            "signal": ["", "", "", "outside-limits"],
        },
        "variation": Variation.COMMON_CAUSE,
        "assurance": Assurance.HITS_AND_MISSES,
        "reason": "",
        "change": -0.4,
        "lower": -0.9,
        "upper": 0.2,
        "change_reason": "",
    }
    return ChangeRow(**values | given)


def make_spread(**given: Any) -> Spread:
    values = {
        "number": 12,
        "lowest": 80.0,
        "lower_quarter": 86.0,
        "middle": 89.0,
        "upper_quarter": 91.0,
        "highest": 94.0,
        "pooled": 88.0,
        "pooled_counts": "28,009 of 31,834",
    }
    return Spread(**values | given)


def make_measure(*, result: dict[str, Any] | None = None, **given: Any) -> JudgedMeasure:
    """result: what differs in the trust's own figure."""
    own = {
        "organisation": "london",
        "organisation_name": "London Probation Trust",
        "organisation_kind": "trust",
        "measure": "court-reports",
        "measure_title": "Court reports completed on time",
        "measure_short_title": "Court reports on time",
        "kind": "timeliness",
        "period": year(2010),
        "numerator": 840,
        "denominator": 1_000,
        "value": 84.0,
        "target": 90.0,
        "target_status": TargetStatus.MISSED,
        "attainment": 93.3,
        "flag": Flag.LOW_998,
        "polarity": Polarity.HIGHER,
    }
    return JudgedMeasure(result=make_row(**own | (result or {})), **{"peers": make_spread()} | given)
