"""Rows of results for tests of sentences: a trust that meets its targets and does worse than
predicted, to be changed as a test needs."""

import datetime
import math
from typing import Any

import pandas as pd

from performance.calculation.plans import FrameworkPlan, PlannedDomain, PlannedMeasure
from performance.calculation.sentences.table import sentences
from performance.vocabulary import Kind, Polarity, Unit

NAN = math.nan
YEAR = {"period_start": pd.Timestamp("2011-04-01"), "period_end": pd.Timestamp("2012-03-31")}
YEAR_BEFORE = {"period_start": pd.Timestamp("2010-04-01"), "period_end": pd.Timestamp("2011-03-31")}
THREE_YEARS = {"period_start": pd.Timestamp("2010-04-01"), "period_end": pd.Timestamp("2013-03-31")}

NAMES = {
    "london": "London Probation Trust",
    "wales": "Wales Probation Trust",
    "kent": "Kent Probation",
    **{f"trust-{number}": f"Trust {number:02d}" for number in range(1, 41)},
    "london-region": "London",
}
KINDS = dict.fromkeys(NAMES, "trust") | {"london-region": "region"}

DIVERGENCE = {
    "framework": "ptrs-2011-12",
    "kind": "all",
    "organisation": "london",
    **YEAR,
    "process": 74.2,
    "process_standard_error": 3.0,
    "targets_judged": 12,
    "targets_met": 9,
    "counted": 20312.0,
    "cases": 21900.0,
    "required": 20047.2,
    "attainment": 101.32,
    "attainment_standard_error": 0.2,
    "outcome": -0.57,
    "outcome_standard_error": 0.24,
    "reoffended": 1580.0,
    "cohort": 17602.0,
    "expected": 1480.3,
    "meets": 0.99,
    "worse": 0.92,
    "fact": "met-worse",
    "quadrant": "met-worse",
    "probability": 0.9108,
    "reason": "",
}
NOTHING_COMPARED = {
    "process": NAN,
    "targets_judged": 0,
    "targets_met": 0,
    **dict.fromkeys(("counted", "cases", "required", "attainment", "outcome", "reoffended"), NAN),
    **dict.fromkeys(("cohort", "expected", "meets", "worse", "probability"), NAN),
    "fact": "not-compared",
    "quadrant": "not-compared",
    "reason": "no process measure has both a figure and a target; on reoffending, no prediction is given",
}
PREDICTION = {
    "measure": "local-adult-reoffending",
    "organisation": "london",
    **YEAR,
    "observed": 1580.0,
    "cases": 17602.0,
    "expected": 1480.3,
    "difference": 0.5664,
    "lower": 0.12,
    "upper": 1.03,
    "adjusted_p": 0.01,
    "verdict": "significantly higher than predicted (95%)",
    "verdict_changes": False,
    "spread_verdict": "significantly higher than predicted (95%)",
    "national_verdict": "",
    "reason": "",
    "flag_reason": "",
}
RATING = {
    "framework": "ptrs-2011-12",
    "domain": "",
    "organisation": "london",
    **YEAR,
    "score": 2.714,
    "band": 3.0,
    "band_probabilities": {"1": 0.0, "2": 0.05, "3": 0.83, "4": 0.12},
    "weight_used": 1.0,
    "reason": "",
}
NATIONAL = {
    "subject": "process-and-outcome",
    "method": "spearman",
    "framework": "ptrs-2011-12",
    "kind": "all",
    **YEAR,
    "estimate": NAN,
    "by_chance": NAN,
    "lower": NAN,
    "upper": NAN,
    "p": NAN,
    "n": 35,
    "reason": "",
}
INDICATOR = {
    "observation_id": NAN,
    "measure": "measure-1",
    "organisation": "london",
    **YEAR,
    "structure": "then",
    "status": "reported",
    "target_status": "met",
    "note": "Added up from 12 months.",
}

ROWS = {
    "divergence": DIVERGENCE,
    "predictions": PREDICTION,
    "ratings": RATING,
    "national": NATIONAL,
    "indicators": INDICATOR,
}


def plan(number: int = 12, **changes: Any) -> FrameworkPlan:
    """A framework of so many timeliness measures of one weight."""
    fields = {
        "slug": "ptrs-2011-12",
        "title": "PTRS 2011-12",
        "starts": datetime.date(2011, 4, 1),
        "ends": datetime.date(2012, 3, 31),
        "domains": (PlannedDomain("delivery", "Delivery", 1.0),),
        "measures": tuple(measure(f"measure-{place}") for place in range(1, number + 1)),
        "bands": (
            (1, "Serious concerns"),
            (2, "Requiring improvement"),
            (3, "Good performance"),
            (4, "Exceptional performance"),
        ),
    }
    return FrameworkPlan(**fields | changes)


def measure(code: str, **changes: Any) -> PlannedMeasure:
    fields = {
        "domain": "delivery",
        "weight": 1.0,
        "kind": Kind.TIMELINESS,
        "polarity": Polarity.HIGHER,
        "unit": Unit.SHARE,
    }
    return PlannedMeasure(code, **fields | changes)


def frame(table: str, *rows: dict[str, Any]) -> pd.DataFrame:
    """Rows of a table, each of what it changes in the example."""
    known = ROWS[table]
    assert all(row.keys() <= known.keys() for row in rows)
    return pd.DataFrame([known | row for row in rows], columns=list(known))


def results(**tables: list[dict[str, Any]]) -> dict[str, pd.DataFrame]:
    return {name: frame(name, *rows) for name, rows in tables.items()}


def texts(
    organisation: str = "", plans: tuple[FrameworkPlan, ...] | None = None, **tables: list[dict[str, Any]]
) -> dict[str, str]:
    """What is said of an organisation, or of all, by topic."""
    table = sentences(results(**tables), (plan(),) if plans is None else plans, NAMES, KINDS)
    own = table[table["organisation"] == organisation]
    assert own["topic"].is_unique
    return dict(zip(own["topic"], own["text"], strict=True))
