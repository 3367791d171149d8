"""Rows about process beside outcome, as charts take them, with anything overridden by keyword."""

from typing import Any

from performance.releases.divergence_rows import DivergenceRow, NationalFigure
from performance.releases.rating_rows import PredictionRow, RatingRow
from performance.vocabulary import Method, ProcessKind, Quadrant, Subject
from tests.performance.charts.rows import year


def make_divergence_row(**given: Any) -> DivergenceRow:
    values = {
        "organisation": "london",
        "organisation_name": "London",
        "region": "london-region",
        "region_name": "London",
        "framework": "PTRS 2010-11",
        "kind": ProcessKind.ALL,
        "period": year(2010),
        "process": 75.0,
        "process_standard_error": 5.0,
        "targets_judged": 12,
        "targets_met": 9,
        "counted": 9_300,
        "cases": 10_000,
        "required": 9_120.0,
        "attainment": 101.97,
        "attainment_standard_error": 0.3,
        "outcome": -0.8,
        "outcome_standard_error": 0.25,
        "reoffended": 1_641,
        "cohort": 17_000,
        "expected": 1_505.0,
        "meets": 0.99,
        "worse": 0.88,
        "fact": Quadrant.MET_WORSE,
        "quadrant": Quadrant.MET_WORSE,
        "probability": 0.87,
        "ranked": 35,
        "process_rank": 8,
        "process_rank_lower": 5,
        "process_rank_upper": 12,
        "outcome_rank": 29,
        "outcome_rank_lower": 18,
        "outcome_rank_upper": 34,
        "reason": "",
    }
    return DivergenceRow(**values | given)


def make_national_figure(**given: Any) -> NationalFigure:
    values = {
        "subject": Subject.PROCESS_AND_OUTCOME,
        "method": Method.SPEARMAN,
        "framework": "PTRS 2010-11",
        "kind": ProcessKind.ALL,
        "period": year(2010),
        "estimate": -0.08,
        "by_chance": None,
        "lower": -0.41,
        "upper": 0.27,
        "p": 0.65,
        "n": 35,
        "reason": "",
    }
    return NationalFigure(**values | given)


def make_rating_row(**given: Any) -> RatingRow:
    values = {
        "organisation": "london",
        "organisation_name": "London",
        "framework": "PTRS 2010-11",
        "period": year(2010),
        "score": 3.114,
        "band": 3,
        "words": {4: "Exceptional performance", 3: "Good performance", 2: "Requiring improvement"},
        "probabilities": {3: 0.83, 4: 0.12, 2: 0.05},
        "weight_used": 0.92,
        "domains": [],
        "reason": "",
    }
    return RatingRow(**values | given)


def make_prediction_row(**given: Any) -> PredictionRow:
    values = {
        "organisation": "london",
        "organisation_name": "London",
        "measure": "local-adult-reoffending",
        "measure_title": "Local adult reoffending",
        "period": year(2010),
        "observed": 1_641,
        "cases": 17_000,
        "expected": 1_505.0,
        "actual_rate": 9.653,
        "predicted_rate": 8.853,
        "difference": 0.8,
        "lower": 0.31,
        "upper": 1.29,
        "p": 0.001,
        "adjusted_p": 0.03,
        "verdict": "significantly higher than predicted (95%)",
        "verdict_changes": False,
        "spread_verdict": "not significantly different from predicted",
        "national_difference": 0.7,
        "national_verdict": "",
        "reason": "",
        "flag_reason": "",
    }
    return PredictionRow(**values | given)
