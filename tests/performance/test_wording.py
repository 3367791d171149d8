import pytest

from performance.wording import (
    counted,
    listed,
    listed_briefly,
    written_apart,
    written_counts,
    written_number,
    written_p,
    written_probability,
    written_share,
    written_value,
)


@pytest.mark.parametrize(
    ("value", "decimals", "written"),
    [
        (24110, 0, "24,110"),
        (-5.4, 1, "\N{MINUS SIGN}5.4"),
        (0, 0, "0"),
        (-0.0, 0, "0"),
        (-0.04, 1, "0.0"),
        (20894.34, 2, "20,894.34"),
    ],
)
def test_a_number_has_thousands_separators_and_a_true_minus_sign(value, decimals, written):
    assert written_number(value, decimals) == written


@pytest.mark.parametrize(
    ("value", "unit", "decimals", "written"),
    [
        (78, "share", 0, "78%"),
        (107, "percent-of-profile", 0, "107%"),
        (13_613_000, "pounds", 0, "£13,613,000"),
        (-1_500, "pounds", 0, "\N{MINUS SIGN}£1,500"),
        (31.8, "rate", 1, "31.8"),
        (-5.4, "points", 1, "\N{MINUS SIGN}5.4 points"),
        (12, "days", 0, "12 days"),
        (464, "count", 0, "464"),
        (42, "rank", 0, "42"),
        (5368.16, "fte", 2, "5,368.16"),
    ],
)
def test_a_value_is_written_with_its_unit(value, unit, decimals, written):
    assert written_value(value, unit, decimals) == written


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (100, "100%"),
        (99.7, "99.7%"),
        (99.97, "99.97%"),
        (99.4, "99%"),
        (99.5, "99.5%"),
        (0, "0%"),
        (0.3, "0.3%"),
        (0.03, "0.03%"),
        (0.6, "1%"),
        (50.5, "51%"),
        (69.2, "69%"),
        (0.5, "1%"),
        # Above all, as of a target, nothing needs to be kept apart from it.
        (100.2, "100%"),
        (107.4, "107%"),
        # Sums of floats are off by less than can be told.
        (99.99999999999999, "100%"),
        (1e-15, "0%"),
    ],
)
def test_all_or_none_is_written_only_of_all_or_none(value, written):
    assert written_share(value) == written


@pytest.mark.parametrize(
    ("value", "decimals", "written"),
    # Halves go up when decimals are kept as well: 99.995 is no 100.00.
    [
        (99.995, 2, "99.995%"),
        (99.95, 1, "99.95%"),
        (99.94, 1, "99.9%"),
        (0.0049, 2, "0.005%"),
        (8.975, 2, "8.98%"),
    ],
)
def test_a_percentage_with_decimals_keeps_off_all_and_none(value, decimals, written):
    assert written_share(value, decimals) == written


@pytest.mark.parametrize(
    ("value", "decimals", "marks", "written"),
    [
        (0.004, 2, (0,), "0.004"),
        (-0.0004, 2, (0,), "\N{MINUS SIGN}0.0004"),
        (0, 2, (0,), "0.00"),
        (0.57, 2, (0,), "0.57"),
        (0.9996, 2, (-1, 0, 1), "0.9996"),
        (-0.9996, 2, (-1, 0, 1), "\N{MINUS SIGN}0.9996"),
        (1.0004, 2, (-1, 0, 1), "1.00"),
        (1, 2, (-1, 0, 1), "1.00"),
        (0.9996, 2, (), "1.00"),
    ],
)
def test_a_number_is_not_written_as_a_mark_that_it_does_not_reach(value, decimals, marks, written):
    assert written_apart(value, decimals, marks) == written


@pytest.mark.parametrize(
    ("probability", "written"),
    [
        (1, "above 99%"),
        (0.9901, "above 99%"),
        (0.99, "99%"),
        (0.804, "80%"),
        (0.01, "1%"),
        (0.0099, "below 1%"),
        (0, "below 1%"),
    ],
)
def test_no_probability_is_written_as_certain(probability, written):
    assert written_probability(probability) == written


@pytest.mark.parametrize(
    ("p", "written"),
    [
        (1, "p = 1.00"),
        (0.41, "p = 0.41"),
        (0.1, "p = 0.10"),
        (0.0996, "p = 0.100"),
        (0.031, "p = 0.031"),
        (0.0496, "p = 0.0496"),
        (0.0504, "p = 0.0504"),
        (0.05, "p = 0.0500"),
        (0.001, "p = 0.001"),
        (0.0001, "p < 0.001"),
    ],
)
def test_a_p_value_is_neither_0_nor_the_limit_that_it_misses(p, written):
    assert written_p(p) == written


def test_counts_are_written_with_what_they_are_out_of():
    assert written_counts(24110, 30997) == "24,110 of 30,997"


@pytest.mark.parametrize(
    ("number", "written"), [(0, "no areas"), (1, "1 area"), (2, "2 areas"), (1000, "1,000 areas")]
)
def test_things_are_counted(number, written):
    assert counted(number, "area") == written


def test_things_with_a_plural_of_their_own_are_counted():
    assert [counted(n, "company", "companies") for n in (0, 1, 21)] == [
        "no companies",
        "1 company",
        "21 companies",
    ]


@pytest.mark.parametrize(
    ("words", "written"), [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")]
)
def test_words_are_listed(words, written):
    assert listed(words) == written


@pytest.mark.parametrize(
    ("words", "written"),
    [
        ([], ""),
        (["a", "b"], "a and b"),
        (["a", "b", "c"], "a, b and 1 other"),
        (["a", "b", "c", "d"], "a, b and 2 others"),
    ],
)
def test_a_long_list_says_how_many_more_there_are(words, written):
    assert listed_briefly(words, most=2) == written


def test_eight_words_are_listed_whole_unless_less_is_asked_for():
    assert listed_briefly(list("abcdefgh")) == "a, b, c, d, e, f, g and h"
    assert listed_briefly(list("abcdefghi")) == "a, b, c, d, e, f, g, h and 1 other"
