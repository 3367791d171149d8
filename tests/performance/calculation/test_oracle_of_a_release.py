"""A release of a small series equals a second one, worked out in plain Python (`tests/oracles/release`):
every table, every row, every column."""

import datetime
import math
from functools import cache
from types import NoneType
from typing import Any

import pytest
from scipy import stats

from performance.calculation.ratings import DRAWS
from performance.calculation.tables import BY_NAME, Results
from tests.oracles import release as naive
from tests.oracles import release_series as small
from tests.oracles import release_words as words
from tests.oracles.release_edges import EDGES
from tests.oracles.release_record import the_public_record
from tests.performance.calculation.small_release import Row, of_chance, of_edge, table

pytestmark = pytest.mark.slow

# Seed, number of years and how often a figure is missing. Three years are needed for a lag, and ten
# trusts with all of their figures for a correlation.
SERIES = [(1, 3, 0.0), (2, 3, 0.001), (3, 2, 0.0), (4, 2, 0.02), (5, 3, 0.1)]
TABLES = naive.NAMES
TOPICS = (
    *("rating", "process", "outcome", "divergence", "quarters", "hit-and-miss", "against-chance"),
    *("expected", "latent", "rank", "reliability", "ceiling", "bands", "misbanded", "band-changes"),
    *("lag", "same-year", "kind"),
)
# A chance is found wrong when so far out once in a million times: thousands are looked at.
RARE = 1e-6


@cache
def both(seed: int, years: int, gap: float) -> tuple[Results, naive.Tables]:
    rows = small.rows(seed, years, gap)
    return of_chance(seed, years, gap), naive.release(rows, small.frameworks(), small.places())


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


@pytest.mark.parametrize("edge", [*EDGES, the_public_record], ids=lambda edge: edge.__name__)
def test_so_it_is_where_chance_seldom_comes(edge):
    rows, frameworks, places, _ = edge()

    results, wanted = of_edge(edge), naive.release(rows, frameworks, places)

    for name in TABLES:
        assert_same_table(results, wanted, name)


def test_how_many_are_in_another_band_is_told_by_the_chances_beside_the_bands():
    results, _ = both(*SERIES[0])
    ratings, told = table(results, "ratings"), table(results, "national")

    found = {key[2]: row["estimate"] for key, row in told.items() if key[1] == "misbanded" and row["n"]}

    assert len(found) == 3
    for slug, estimate in found.items():
        own = [row for key, row in ratings.items() if key[0] == slug and row["band"] is not None]
        unsure = [1 - row["band_probabilities"][str(int(row["band"]))] for row in own]
        assert math.isclose(estimate, math.fsum(unsure), rel_tol=1e-9)


def said_from(tables: naive.Tables, slug: str, topic: str, start: Any) -> list[float]:
    """The figures that a sentence may hold."""
    if slug:
        return words.of_one(tables, small.frameworks(), slug, start)
    if topic.startswith("kind-"):
        return words.of_kind(tables, topic.split("-")[1], start)
    return words.of_all(tables, start)


@pytest.mark.parametrize(("seed", "years", "gap"), SERIES)
def test_figures_in_sentences_are_figures_of_the_release(seed, years, gap):
    results, _ = both(seed, years, gap)
    tables = {name: table(results, name) for name in TABLES}
    titles, seen = [framework["title"] for framework in small.frameworks()], 0

    for (slug, topic, start, _), row in table(results, "sentences").items():
        if topic.startswith(TOPICS):
            own = said_from(tables, slug, topic, start)
            found = words.figures(row["text"], titles)
            seen += len(found)
            strange = [figure for figure in found if not words.is_among(figure, own)]
            assert not strange, (strange, row["text"])

    assert seen > 300 * years


def test_figures_of_another_trust_would_be_found_strange():
    """Or the test above would let pass whatever is said."""
    results, _ = both(*SERIES[0])
    tables, frameworks = {name: table(results, name) for name in TABLES}, small.frameworks()
    said = [
        (start, figure)
        for (slug, topic, start, _), row in table(results, "sentences").items()
        if slug == "avon" and topic == "outcome"
        for figure in words.figures(row["text"], [])
    ]

    strange = [
        figure
        for start, figure in said
        if not words.is_among(figure, words.of_one(tables, frameworks, "cumbria", start))
    ]

    assert len(strange) > 0.6 * len(said) > 10
