"""Which way a rating moved, which years are set side by side, and what is said of it."""

import pytest

from performance.periods import Period
from performance.releases.movement import Direction, Move, year_before, year_pairs
from performance.releases.movement_words import finding
from performance.vocabulary import Method, Subject
from tests.performance.charts.findings import make_national_figure, make_rating_row
from tests.performance.charts.rows import year


def rated(first: int, **bands: int | None) -> list:
    """A row for each trust of that year, by its band."""
    return [
        make_rating_row(organisation=name, organisation_name=name.title(), period=year(first), band=band)
        for name, band in bands.items()
    ]


def counted(first: int, **given):
    spans = Period(year(first).start, year(first + 1).end)
    values = {"subject": Subject.BANDS, "method": Method.BAND_CHANGES, "period": spans, "framework": ""}
    return make_national_figure(**values | given)


@pytest.mark.parametrize(
    ("before", "after", "direction", "written"),
    [
        (2, 3, Direction.UP, "Up from Requiring improvement"),
        (4, 3, Direction.DOWN, "Down from Exceptional performance"),
        (3, 3, Direction.SAME, "Same"),
        (None, 3, Direction.CANNOT_TELL, "Not rated before"),
        (3, None, Direction.CANNOT_TELL, "Not rated"),
        (None, None, Direction.CANNOT_TELL, "Not rated"),
    ],
)
def test_a_move_says_which_way_and_from_where(before, after, direction, written):
    move = Move(*rated(2010, london=before), *rated(2011, london=after))

    assert (move.direction, move.written) == (direction, written)
    assert move.is_change == (direction in (Direction.UP, Direction.DOWN))


def test_a_trust_that_had_no_row_the_year_before_was_not_rated_before():
    move = Move(None, *rated(2011, london=3))

    assert (move.direction, move.step, move.written) == (Direction.CANNOT_TELL, None, "Not rated before")


def test_every_two_years_that_follow_one_another_are_a_pair():
    rows = [*rated(2009, a=3), *rated(2011, a=3), *rated(2012, a=4), *rated(2013, a=4)]

    assert [str(pair) for pair in year_pairs(rows, [])] == ["2011-12 to 2012-13", "2012-13 to 2013-14"]


def test_years_in_which_nobody_has_both_bands_are_no_pair():
    assert year_pairs([*rated(2011, a=3, b=None), *rated(2012, a=None, b=2)], []) == []
    assert year_pairs(rated(2012, a=3), []) == []
    assert year_pairs([], []) == []


def test_a_pair_counts_each_way_and_leaves_out_who_lacks_a_band():
    rows = [*rated(2011, a=2, b=2, c=4, d=3, e=None), *rated(2012, a=3, b=3, c=3, d=3, e=3, f=2)]
    (pair,) = year_pairs(rows, [])

    assert dict(pair.transitions) == {(2, 3): 2, (4, 3): 1, (3, 3): 1}
    assert [pair.number(direction) for direction in Direction] == [2, 1, 1, 2]
    assert sum(pair.transitions.values()) == len(pair.rated_in_both) == 4
    assert [move.after.organisation for move in pair.changed] == ["a", "b", "c"]


def test_a_pair_has_the_figure_about_its_own_two_years():
    rows = [*rated(2010, a=3), *rated(2011, a=3), *rated(2012, a=3)]
    others = [
        counted(2009),
        counted(2011, method=Method.MISBANDED),
        make_national_figure(method=Method.BAND_CHANGES, period=year(2011)),
    ]
    pairs = year_pairs(rows, [*others, counted(2011, by_chance=4.0)])

    assert pairs[0].counted is None
    assert pairs[1].counted.by_chance == 4.0


def test_the_year_before_is_the_one_that_a_year_follows():
    assert year_before(year(2012), [year(2010), year(2011), year(2012)]) == year(2011)
    assert year_before(year(2012), [year(2010), year(2012)]) is None


RATED = [*rated(2011, a=2, b=2, c=4, d=3), *rated(2012, a=3, b=3, c=3, d=3)]


@pytest.mark.parametrize(
    ("chance", "said"),
    [
        (
            {"by_chance": 1.04, "lower": 0.0, "upper": 2.0, "p": 0.049},
            "That is more than chance and each year’s own rules would move: about 1.0 "
            "(0 to 2 in 95 of 100 trials).",
        ),
        (
            {"by_chance": 6.1, "lower": 2.0, "upper": 9.0, "p": 0.05},
            "That is no more than chance and each year’s own rules would move: about 6.1 "
            "(2 to 9 in 95 of 100 trials).",
        ),
        (
            {"by_chance": 6.1, "lower": None, "p": None},
            "Chance and each year’s own rules would move about 6.1.",
        ),
        ({"by_chance": None}, "How many would have moved by chance and each year’s own rules can’t be told."),
        (
            {"by_chance": None, "reason": "no cases are known"},
            "How many would have moved by chance and each year’s own rules can’t be told: "
            "no cases are known.",
        ),
    ],
)
def test_a_finding_sets_changes_against_chance(chance, said):
    (pair,) = year_pairs(RATED, [counted(2011, **chance)])

    assert finding(pair) == f"3 of 4 trusts changed band from 2011-12 to 2012-13: 2 up and 1 down. {said}"


def test_a_finding_where_nobody_moved_names_no_way():
    (pair,) = year_pairs([*rated(2011, a=3), *rated(2012, a=3)], [])

    assert finding(pair).startswith("None of 1 trust changed band from 2011-12 to 2012-13. How many")
