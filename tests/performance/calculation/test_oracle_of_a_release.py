"""A release of a small series equals a second one, worked out in plain Python (`tests/oracles/release`):
every table, every row, every column."""

import datetime
import math
from functools import cache
from types import NoneType
from typing import Any

import pandas as pd
import pytest
from scipy import stats

from performance.calculation.definitions import Definitions
from performance.calculation.inputs import years_of
from performance.calculation.parts import work_out_across, work_out_year
from performance.calculation.places import Places
from performance.calculation.plans import FrameworkPlan, PlannedDomain, PlannedMeasure
from performance.calculation.ratings import DRAWS
from performance.calculation.tables import BY_NAME, Results
from performance.vocabulary import Kind, Polarity, Unit
from tests.oracles import release as naive
from tests.oracles import release_series as small
from tests.performance.calculation import frames

Row = dict[str, Any]
Key = tuple[Any, ...]

# Seed, number of years and how often a figure is missing. Three years are needed for a lag, and ten
# trusts with all of their figures for a correlation.
SERIES = [(1, 3, 0.0), (2, 3, 0.001), (3, 2, 0.0), (4, 2, 0.02), (5, 3, 0.1)]
TABLES = ("indicators", "predictions", "ratings", "divergence", "national", "changes")
# A chance is found wrong when so far out once in a million times: thousands are looked at.
RARE = 1e-6


def definitions(frameworks: list[Row], places: Row, measures: Row | None = None) -> Definitions:
    kinds = measures or small.MEASURES
    described = [(code, *words[:3]) for code, words in sorted(kinds.items())]
    organisations = pd.DataFrame(places["organisations"], columns=["slug", "name", "kind", "region"])
    today = pd.DataFrame(places["today"], columns=["organisation", "kind", "today"])
    return Definitions(
        tuple(planned(framework) for framework in frameworks),
        pd.DataFrame(described, columns=["code", "kind", "polarity", "unit"]),
        Places(organisations, today, places["nation"]),
    )


def planned(framework: Row) -> FrameworkPlan:
    words = {"kind": Kind, "polarity": Polarity, "unit": Unit}
    measures = [
        PlannedMeasure(**measure | {name: word(measure[name]) for name, word in words.items()})
        for measure in framework["measures"]
    ]
    domains = tuple(PlannedDomain(**domain) for domain in framework["domains"])
    return FrameworkPlan(**framework | {"domains": domains, "measures": tuple(measures)})


def fast(rows: list[Row], known: Definitions) -> Results:
    frame = frames.frame(*rows)
    return work_out_across({year: work_out_year(own, known) for year, own in years_of(frame).items()}, known)


def table(results: Results, name: str) -> dict[Key, Row]:
    """By key, plain figures: None for NaN, days as dates."""
    columns, key = BY_NAME[name].columns, BY_NAME[name].key
    columns = (*columns, "observation_id") if name == "indicators" else columns
    rows = results[name][list(columns)].astype(object).to_dict("records")
    plain = [{column: frames.plain(cell) for column, cell in row.items()} for row in rows]
    found = {tuple(row[column] for column in key): row for row in plain}
    assert len(found) == len(rows)
    return found


@cache
def both(seed: int, years: int, gap: float) -> tuple[Results, naive.Tables]:
    rows, frameworks, places = small.rows(seed, years, gap), small.frameworks(), small.places()
    return fast(rows, definitions(frameworks, places)), naive.release(rows, frameworks, places)


def assert_same_table(results: Results, wanted: naive.Tables, name: str) -> None:
    found, expected = table(results, name), wanted[name]
    assert found.keys() == expected.keys()
    others = set(BY_NAME[name].columns) - set(BY_NAME[name].key)
    for key, row in expected.items():
        assert set(row) >= others, (name, others - set(row))
        for column, value in row.items():
            assert is_same(found[key][column], value, column), (name, key, column, found[key], row)


def is_same(found: Any, wanted: Any, column: str) -> bool:
    if column == "points":
        return are_same_points(found, wanted)
    if column == "band_probabilities":
        return are_same_chances(found, wanted)
    if callable(wanted):
        return found is not None and wanted(found)
    if found is None or isinstance(wanted, (str, bool, datetime.date, NoneType)):
        return found == wanted
    return math.isclose(found, wanted, rel_tol=1e-9, abs_tol=1e-11)


def are_same_points(found: Row, wanted: Row) -> bool:
    """Lines and values are rounded to four decimals, where the two may part."""
    if found.keys() != wanted.keys():
        return False
    cells = [pair for name in wanted for pair in zip(found[name], wanted[name], strict=True)]
    return all(
        own == cell or (None not in (own, cell) and not isinstance(cell, str) and abs(own - cell) < 1.01e-4)
        for own, cell in cells
    )


def are_same_chances(found: dict[str, float], wanted: dict[str, float]) -> bool:
    """Shares of draws, of which so many may well have come out."""
    if found.keys() != wanted.keys():
        return False
    for band, chance in wanted.items():
        draws, share = round(found[band] * DRAWS), min(max(chance, 0.0), 1.0)
        tails = stats.binom.cdf(draws, DRAWS, share), stats.binom.sf(draws - 1, DRAWS, share)
        if min(tails) < RARE or abs(found[band] * DRAWS - draws) > 1e-9:
            return False
    return not found or math.isclose(sum(found.values()), 1)


@pytest.mark.parametrize("name", TABLES)
@pytest.mark.parametrize(("seed", "years", "gap"), SERIES)
def test_every_figure_is_that_of_the_plain_calculation(seed, years, gap, name):
    results, wanted = both(seed, years, gap)

    assert_same_table(results, wanted, name)
