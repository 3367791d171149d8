"""Rows and mixes as charts take them, with anything overridden by keyword."""

import datetime
from typing import Any

from performance.periods import Period
from performance.releases.mix import FrameworkMix, KindShare
from performance.releases.rows import ResultRow
from performance.vocabulary import Flag, Kind, Standing, Status, Structure, TargetStatus
from trusts.certainty import Certainty


def year(first: int) -> Period:
    return Period(datetime.date(first, 4, 1), datetime.date(first + 1, 3, 31))


def quarter(first: int, month: int) -> Period:
    ends = {1: 31, 4: 30, 7: 30, 10: 31}
    return Period(datetime.date(first, month, 1), datetime.date(first, month + 2, ends[month]))


def make_row(**given: Any) -> ResultRow:
    values = {
        "organisation": "hertfordshire-area",
        "organisation_name": "Hertfordshire",
        "organisation_kind": "area",
        "measure": "accommodation-at-termination",
        "measure_title": "Offenders in accommodation",
        "measure_short_title": "Accommodation",
        "definition": Standing.DOCUMENTED,
        "kind": Kind.OUTCOME,
        "unit": "share",
        "decimals": 0,
        "period": year(2009),
        "structure": Structure.THEN,
        "is_part": False,
        "is_added_up": False,
        "is_published": True,
        "status": Status.REPORTED,
        "numerator": None,
        "denominator": None,
        "expected": None,
        "value": 78.0,
        "lower": None,
        "upper": None,
        "target": None,
        "target_status": TargetStatus.NO_TARGET,
        "attainment": None,
        "baseline": None,
        "flag": Flag.NOT_COMPARED,
        "as_printed": "",
        "source": "https://example.org/hansard",
        "certainty": Certainty.VERBATIM,
        "note": "",
    }
    return ResultRow(**values | given)


def make_area(number: int, **given: Any) -> ResultRow:
    """One of many areas, with counts, that differs from no other."""
    values = {
        "organisation": f"area-{number}",
        "organisation_name": f"Area {number}",
        "numerator": 75 * number,
        "denominator": 100 * number,
        "value": 75.0,
        "baseline": 75.0,
        "target": 70.0,
        "target_status": TargetStatus.MET,
        "flag": Flag.INSIDE,
    }
    return make_row(**values | given)


def make_mix(number: int, **weights: float) -> FrameworkMix:
    """Weights by kind; a kind with weight has one measure."""
    shares = {kind: KindShare(kind, int(str(kind) in weights), weights.get(str(kind), 0.0)) for kind in Kind}
    return FrameworkMix(
        slug=f"framework-{number}",
        title=f"Framework {number}",
        short_title=f"Framework {number}",
        coverage="",
        documented_measures=0,
        shares=shares,
    )
