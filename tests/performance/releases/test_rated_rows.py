"""What is said of the trusts of one year, and how they are parted into bands."""

import pytest

from performance.releases.movement import Move
from performance.releases.rated_rows import RatedTrust, bands_of, finding
from tests.performance.charts.findings import make_divergence_row, make_rating_row
from tests.performance.charts.rows import year


def trust(name: str, band: int | None = 3, chance: float | None = 0.9, **given) -> RatedTrust:
    probabilities = {} if band is None or chance is None else {band: chance}
    rating = make_rating_row(
        organisation=name, organisation_name=name, band=band, probabilities=probabilities
    )
    values = {"slug": name, "name": name, "region": "", "peers": "", "divergence": None}
    return RatedTrust(move=Move(None, rating), **values | given)


@pytest.mark.parametrize(
    ("trusts", "said"),
    [
        (
            [trust("a"), trust("b", 2, 0.79), trust("c", 4, 0.8)],
            "2 of 3 trusts are rated Good performance or better for 2010-11; for 1 of the 3 the band is less "
            "than 80% likely and could as well be another.",
        ),
        (
            [trust("a"), trust("b", 2)],
            "1 of 2 trusts is rated Good performance or better for 2010-11; each band is at least 80% "
            "likely.",
        ),
        (
            [trust("a", 2), trust("b", None)],
            "None of 1 rated trust is rated Good performance or better for 2010-11; each band is at least "
            "80% likely.",
        ),
        (
            [trust("a", chance=None)],
            "1 of 1 trust is rated Good performance or better for 2010-11; how sure the bands are can’t be "
            "told.",
        ),
        ([trust("a", None), trust("b", None)], "None of 2 trusts shown here is rated for 2010-11."),
        ([], "No trust fits that choice for 2010-11."),
    ],
)
def test_the_finding_counts_good_bands_and_those_that_could_be_another(trusts, said):
    assert finding(trusts, year(2010)) == said


def test_bands_hold_everyone_rated_the_best_first_and_the_sure_before_the_unsure():
    trusts = [trust("a", 3, 0.5), trust("b", 3), trust("c", 2), trust("d", None), trust("e", 3, None)]
    found = [(band.words, [t.slug for t in band.trusts], band.number_sure) for band in bands_of(trusts)]

    assert found == [
        ("Exceptional performance", [], 0),
        ("Good performance", ["b", "e", "a"], 2),
        ("Requiring improvement", ["c"], 1),
    ]


@pytest.mark.parametrize(
    ("outcome", "written"),
    [(2.714, "2.71 below"), (-0.8, "0.80 above"), (0.0, "0.00 below")],
)
def test_the_outcome_is_written_with_its_side_in_a_word(outcome, written):
    row = make_divergence_row(outcome=outcome)

    assert trust("a", divergence=row).written_outcome == written


def test_without_a_prediction_nothing_is_written():
    assert (
        trust("a").written_outcome == trust("a", divergence=make_divergence_row(outcome=None)).written_outcome
    )
    assert trust("a").written_outcome == ""


def test_a_short_name_leaves_out_that_it_is_a_probation_trust():
    names = ["London Probation Trust", "Essex Probation", "Thames Valley Probation", "Wales"]

    assert [trust(name).short_name for name in names] == ["London", "Essex", "Thames Valley", "Wales"]
