import pytest

from tests.performance.calculation.sentences_examples import NAN, THREE_YEARS, YEAR, YEAR_BEFORE, plan, texts

UNRATED = {"score": NAN, "band": NAN, "band_probabilities": {}, "weight_used": NAN}
BOTH_YEARS = {"period_start": YEAR_BEFORE["period_start"], "period_end": YEAR["period_end"], "framework": ""}


def rating(**changes: object) -> str:
    return texts("london", ratings=[changes])["rating"]


def test_a_band_with_how_sure_it_is():
    assert rating() == (
        "On its results London Probation Trust would be rated Good performance (band 3) under PTRS "
        "2011-12, with a score of 2.71. Chance allowed for, it is 83% likely to belong in that band, "
        "12% in Exceptional performance (band 4) and 5% in Requiring improvement (band 2)."
    )


def test_a_framework_of_several_years_is_told_with_its_year():
    said = texts("london", (plan(title="Ratings 2011-14"),), ratings=[{}])["rating"]

    assert said.startswith(
        "On its results London Probation Trust would be rated Good performance (band 3) for 2011-12 "
        "under Ratings 2011-14, with"
    )


def test_a_band_without_a_word_keeps_its_number():
    said = texts("london", (), ratings=[{}])["rating"]

    assert said == (
        "On its results London Probation Trust would be rated band 3 for 2011-12, with a score of "
        "2.71. Chance allowed for, it is 83% likely to belong in that band, 12% in band 4 and 5% in band 2."
    )


@pytest.mark.parametrize(
    ("probabilities", "text"),
    [
        ({"3": 1.0, "4": 0.0}, "Chance allowed for, it is above 99% likely to belong in that band."),
        ({"3": 0.996, "4": 0.004}, "Chance allowed for, it is above 99% likely to belong in that band."),
        (
            {"3": 0.005, "4": 0.995},
            (
                "Chance allowed for, it is below 1% likely to belong in that band and above 99% in "
                "Exceptional performance (band 4)."
            ),
        ),
        (
            {"3": 0.4, "4": 0.6, "1": None},
            (
                "Chance allowed for, it is 40% likely to belong in that band and 60% in Exceptional "
                "performance (band 4)."
            ),
        ),
        (
            {3: 0.4, 4: 0.3, 2: 0.3},
            (
                "Chance allowed for, it is 40% likely to belong in that band, 30% in Requiring "
                "improvement (band 2) and 30% in Exceptional performance (band 4)."
            ),
        ),
        ({}, "How likely it is to belong in that band, chance allowed for, can't be told."),
        ({"3": NAN}, "How likely it is to belong in that band, chance allowed for, can't be told."),
        (None, "How likely it is to belong in that band, chance allowed for, can't be told."),
    ],
)
def test_other_bands_are_told_where_they_are_likely_at_all(probabilities, text):
    assert rating(band_probabilities=probabilities).endswith(f"with a score of 2.71. {text}")


def test_a_rating_on_part_of_the_weight_says_so():
    assert rating(weight_used=0.996).endswith(
        " The rating rests on 99.6% of the framework's weight, as other measures lack a figure or target."
    )
    assert "rests on" not in rating(weight_used=NAN)


def test_no_rating_and_no_band_have_their_reasons():
    reason = "how PTRS 2011-12 turned results into bands isn't known"

    assert rating(**UNRATED, reason=reason) == (
        f"London Probation Trust has no rating under PTRS 2011-12, because {reason}."
    )
    assert rating(band=NAN, reason="no band begins there") == (
        "London Probation Trust has a score of 2.71 and no band under PTRS 2011-12, because no band "
        "begins there."
    )


def test_domains_have_no_sentence_of_their_own():
    assert texts("london", ratings=[{"domain": "delivery"}]) == {}


def test_trusts_are_counted_by_band():
    said = texts(
        ratings=[
            {"band": 4.0},
            {"organisation": "wales"},
            {"organisation": "kent"},
            {"organisation": "trust-1", "reason": "too little is known"} | UNRATED,
            {"organisation": "trust-2", "reason": "too little is known"} | UNRATED,
        ]
    )

    assert said["bands"] == (
        "Of 5 trusts, on results under PTRS 2011-12, 1 would be rated Exceptional performance (band "
        "4) and 2 Good performance (band 3); 2 have no rating, because too little is known."
    )


def test_one_trust_without_a_rating_and_all_in_one_band():
    said = texts(ratings=[{}, {"organisation": "wales", "reason": "too little is known"} | UNRATED])

    assert said["bands"] == (
        "Of 2 trusts, on results under PTRS 2011-12, 1 would be rated Good performance (band 3); 1 "
        "has no rating, because too little is known."
    )


def test_where_nobody_is_rated_each_reason_has_its_number():
    rows = [
        {"organisation": f"trust-{number}", "reason": reason} | UNRATED
        for number, reason in enumerate(["b", "a", "b", "c"], start=1)
    ]

    assert texts(ratings=rows)["bands"] == (
        "None of 4 trusts has a rating under PTRS 2011-12, because b (for 2); a (for 1); c (for 1)."
    )
    assert texts(ratings=rows[:1])["bands"] == "The one trust has no rating under PTRS 2011-12, because b."


def misbanded(**changes: object) -> dict[str, object]:
    return {"subject": "bands", "method": "misbanded"} | changes


def test_how_many_belong_in_another_band():
    told = texts(national=[misbanded(estimate=6.23)], ratings=[{}])["misbanded"]
    untold = texts(national=[misbanded(n=2, reason="no trust has a rating")], ratings=[UNRATED])["misbanded"]

    assert told == (
        "Chance allowed for, 6.2 of 35 trusts rated for 2011-12 can be expected to belong in "
        "another band than theirs."
    )
    assert untold == (
        "How many trusts belong in another band than theirs for 2011-12 can't be told, because no "
        "trust has a rating."
    )


@pytest.mark.parametrize(
    ("changes", "text"),
    [
        (
            {"estimate": 9.0},
            (
                "9 of 35 trusts rated in both years changed band from 2010-11 to 2011-12; chance alone "
                "moves some, so this doesn't show that so many levels changed."
            ),
        ),
        (
            {"estimate": 0.0, "n": 1},
            (
                "None of 1 trust rated in both years changed band from 2010-11 to 2011-12; chance alone "
                "moves some, so this doesn't show that so many levels changed."
            ),
        ),
        (
            {"estimate": 9.0, "by_chance": 7.14, "lower": 3.0, "upper": 11.0, "p": 0.3},
            (
                "9 of 35 trusts rated in both years changed band from 2010-11 to 2011-12; had no level "
                "changed, chance and each year's own rules would have moved 7.1 (95% interval 3 to 11, "
                "p = 0.30)."
            ),
        ),
        (
            {"reason": "no trust has a band in both years", "n": 0},
            (
                "How many trusts changed band from 2010-11 to 2011-12 can't be told, because no trust "
                "has a band in both years."
            ),
        ),
    ],
)
def test_changes_of_band(changes, text):
    row = {"subject": "bands", "method": "band-changes"} | BOTH_YEARS | changes

    assert texts(national=[row], ratings=[{}])["band-changes"] == text


def test_changes_of_band_told_for_another_period():
    row = {"subject": "bands", "method": "band-changes", "estimate": 9.0, "framework": ""}

    assert "changed band in 2011-12, against the year before;" in texts(national=[row])["band-changes"]
    assert (
        "changed band from April 2010 to March 2013, against the year before;"
        in texts(national=[row | THREE_YEARS])["band-changes"]
    )
