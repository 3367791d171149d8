import pytest

from performance.wording import counted, listed, written_counts, written_number, written_share, written_value


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
    ],
)
def test_all_or_none_is_written_only_of_all_or_none(value, written):
    assert written_share(value) == written


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
