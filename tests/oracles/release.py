"""A release worked out a second time: from figures to tables, in plain loops over plain rows.

Rows, frameworks and places are dictionaries (see `release_series`); no code of the calculation or of the
statistics is used, but scipy's distributions are. Numbers are fractions as long as they can be.

All figures come out as those of a release to a billionth of themselves, except
- what rests on draws, where there is a function in place of the figure, which tells whether what was
  found can be (see `release_national`), and band_probabilities, which are exact here and shares of
  2,000 draws there
- the correlation behind the noise of counting and its interval, which a search finds: to 0.001
- what a control chart draws, which is rounded to four decimals: to one in the last.
"""

from fractions import Fraction
from typing import Any

from tests.oracles import changes as naive_changes
from tests.oracles.release_across import across_years, pairings
from tests.oracles.release_audit import audit
from tests.oracles.release_band_changes import Years, stood_of
from tests.oracles.release_indicators import PERIOD, SERIES, grouped, indicators, named
from tests.oracles.release_national import national
from tests.oracles.release_outcomes import predictions
from tests.oracles.release_process import divergence
from tests.oracles.release_rating_measures import rating_measures, reweightings
from tests.oracles.release_ratings import ratings, standing
from tests.oracles.release_sums import with_sums

Row = dict[str, Any]
Key = tuple[Any, ...]
Tables = dict[str, dict[Key, Row]]

NAMES = (
    *("indicators", "predictions", "ratings", "rating_measures", "reweightings", "divergence", "national"),
    *("changes", "audit"),
)
COUNTS = ("numerator", "denominator", "expected", "value", "percent_of_target", "target")
TOLD = (
    *("observation_id", "structure", "is_part", "status", "numerator", "denominator", "expected", "value"),
    *("lower", "upper", "target", "target_status", "attainment", "baseline", "flag", "note"),
)


def release(rows: list[Row], frameworks: list[Row], places: Row) -> Tables:
    """By table and key, the figures of every row. rows: as they were sent, of all years."""
    tables: Tables = {name: {} for name in NAMES}
    described: list[Row] = []
    stood: Years = {}
    for year in sorted({naive_changes.first_year(row["period_end"]) for row in rows}):
        own = [exact(row) for row in rows if naive_changes.first_year(row["period_end"]) == year]
        sent = {row["framework"] for row in own}
        rated = [framework for framework in frameworks if framework["slug"] in sent]
        every = with_sums(own, places)
        described += add_year(tables, every, rated)
        for framework in rated:
            stood |= stood_of(framework, standing(every, framework))
    tables["changes"] = changes(described)
    tables["national"] |= across_years(tables["divergence"], tables["ratings"], stood)
    tables["national"] |= pairings(described)
    tables["audit"] = audit(described, tables["predictions"], frameworks)
    return tables


def exact(row: Row) -> Row:
    """Its numbers as fractions: just what the floats are."""
    return row | {name: None if row[name] is None else Fraction(row[name]) for name in COUNTS}


def add_year(tables: Tables, every: list[Row], frameworks: list[Row]) -> list[Row]:
    """Puts the year's rows into the tables, and returns its indicators with all that is known of them.

    every: the year's figures with their sums."""
    figures = indicators(every)
    tables["indicators"] |= {named(row, (*SERIES, *PERIOD)): told(row) for row in figures}
    predicted = predictions(every)
    tables["predictions"] |= predicted
    for framework in frameworks:
        parted, rated = divergence(every, predicted, framework), ratings(every, framework)
        tables["divergence"] |= parted
        tables["ratings"] |= rated
        tables["rating_measures"] |= rating_measures(every, framework)
        tables["reweightings"] |= reweightings(every, framework)
        wholes = {key: row for key, row in rated.items() if key[1] == ""}
        period = next(iter([*parted, *wholes]), ())[-2:]
        by_kind: dict[str, list[Row]] = {}
        for (_, kind, *_), row in parted.items():
            by_kind.setdefault(kind, []).append(row)
        found = national(by_kind, list(wholes.values()), framework["slug"])
        tables["national"] |= {(*key, *period): row for key, row in found.items()}
    return figures


def told(row: Row) -> Row:
    """A note that came with a figure stays with it; that of a sum is told."""
    return {name: row[name] for name in TOLD} | {"note": row["note"] if row["observation_id"] is None else ""}


def changes(rows: list[Row]) -> dict[Key, Row]:
    """The plain calculation of changes, with the reasons of those that have a chart."""
    series = grouped(rows, SERIES)
    found = {}
    for key, change in naive_changes.changes(rows).items():
        own = sorted(series[key], key=lambda row: row["period_start"])
        reason = change["reason"] if change["chart"] == "none" else chart_reason(own, change)
        found[key] = change | {"reason": reason}
    return found


def chart_reason(rows: list[Row], change: Row) -> str:
    """Why the last point, or else the target, can't be told."""
    points = naive_changes.points_of(rows)
    why_no_limits = no_limits(points, change)
    if change["variation"] == "cannot-tell" and why_no_limits:
        return why_no_limits
    if all(point["target"] is None for point in points):
        return "there is no target"
    if points[0]["polarity"] == "none":
        return "neither way counts as good, so there is no meeting a target"
    return why_no_limits


def no_limits(points: list[Row], change: Row) -> str:
    """Of the last point that has a value."""
    drawn = change["points"]
    last = max(place for place, value in enumerate(drawn["value"]) if value is not None)
    if drawn["upper"][last] is not None:
        return ""
    if change["chart"] != "p-chart" and not has_neighbours(points):
        return "limits need figures of two periods in a row"
    return "there is no variation to set limits by"


def has_neighbours(points: list[Row]) -> bool:
    """Whether two periods in a row have a value, among those that share the last one's limits: limits
    begin anew after two missing periods."""
    length = naive_changes.LENGTHS[naive_changes.length_of(points[0])]
    numbers = [
        (12 * point["period_start"].year + point["period_start"].month) // length
        for point in points
        if naive_changes.value(point) is not None
    ]
    gaps = [later - number for number, later in zip(numbers, numbers[1:], strict=False)]
    begins = max((place + 1 for place, gap in enumerate(gaps) if gap > 2), default=0)
    return 1 in gaps[begins:]
