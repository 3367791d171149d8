import pytest

from performance.calculation.sentences.table import sentences
from tests.performance.calculation.sentences_examples import (
    NAMES,
    NOTHING_COMPARED,
    plan,
    results,
    texts,
)

WORSE = "where worse is reoffending more than 0.5 points above prediction"


def named(number: int, quadrant: str, **changes: object) -> dict[str, object]:
    return {"organisation": f"trust-{number}", "quadrant": quadrant, "fact": quadrant} | changes


def test_trusts_are_counted_by_quarter():
    rows = [
        named(1, "met-worse"),
        named(2, "met-worse"),
        named(3, "met-better"),
        named(4, "missed-worse"),
        named(5, "not-determined", fact="missed-worse"),
        {"organisation": "trust-6"} | NOTHING_COMPARED,
    ]

    assert texts(divergence=rows)["quarters"] == (
        f"Of 6 trusts in 2011-12, chance allowed for, 2 could be named, each at least 80% likely, as "
        f"meeting targets with a worse outcome, 1 as meeting targets with no worse outcome, 1 as "
        f"missing targets with a worse outcome and none as missing targets with no worse outcome, "
        f"{WORSE}; for 1 it can't be told which of these, and 1 can't be compared."
    )


def test_where_all_can_be_compared_nothing_is_said_of_those_that_can_not():
    text = texts(divergence=[named(1, "met-worse"), named(2, "not-determined")])["quarters"]

    assert text.endswith(f"{WORSE}; for 1 it can't be told which of these.")


def test_one_trust_and_none_that_can_be_compared():
    one = texts(divergence=[NOTHING_COMPARED])
    two = texts(divergence=[{"organisation": name} | NOTHING_COMPARED for name in ("london", "wales")])

    assert one["quarters"] == "The one trust can't be compared on process and outcome for 2011-12."
    assert two["quarters"] == "None of 2 trusts can be compared on process and outcome for 2011-12."
    assert one.keys().isdisjoint({"hit-and-miss", "caveat"})


def test_nobody_is_named():
    rows = [named(1, "met-better"), named(2, "not-determined", fact="met-better")]

    assert texts(divergence=rows)["hit-and-miss"] == (
        "In 2011-12 no trust of 2 can be named as meeting targets with reoffending more than 0.5 "
        "points above prediction, which doesn't show that there is none. As counted, none of 2 "
        "trusts met targets taken together and had more reoffending than predicted, by however little."
    )


def test_one_trust_alone():
    assert texts(divergence=[{}])["quarters"].startswith(
        "Of 1 trust in 2011-12, chance allowed for, 1 could be named,"
    )


def test_who_hits_the_target_and_misses_the_outcome_surest_first():
    rows = [
        named(1, "met-worse", probability=0.85),
        named(2, "met-worse", probability=0.993),
        named(3, "met-worse", probability=0.85),
        named(4, "met-better", fact="met-worse"),
        named(5, "not-determined", fact="missed-worse"),
        {"organisation": "trust-6"} | NOTHING_COMPARED,
    ]

    assert texts(divergence=rows)["hit-and-miss"] == (
        "In 2011-12 the 3 trusts that can be named as meeting targets with reoffending more than 0.5 "
        "points above prediction are Trust 02 (above 99% likely), Trust 01 (85% likely) and Trust 03 "
        "(85% likely). As counted, 4 of 5 trusts met targets taken together and had more reoffending "
        "than predicted, by however little."
    )


def test_one_is_named_and_none_as_counted():
    said = texts(divergence=[named(1, "met-worse", fact="met-better")])["hit-and-miss"]

    assert said == (
        "In 2011-12 the one trust that can be named as meeting targets with reoffending more than "
        "0.5 points above prediction is Trust 01 (91% likely). As counted, none of 1 trust met targets taken "
        "together and had more reoffending than predicted, by however little."
    )


@pytest.mark.parametrize(
    ("number", "end"),
    [
        (8, "Trust 07 (90% likely) and Trust 08 (90% likely)."),
        (9, "Trust 08 (90% likely) and 1 other."),
        (40, "Trust 08 (90% likely) and 32 others."),
    ],
)
def test_from_nine_on_the_others_are_counted(number, end):
    rows = [named(place, "met-worse", probability=0.9) for place in range(1, number + 1)]

    assert f"{end} As counted, {number} of {number} trusts" in texts(divergence=rows)["hit-and-miss"]


def test_organisations_are_called_what_they_are():
    tables = results(divergence=[{}, {"organisation": "wales"}])

    def quarters(kinds: dict[str, str] | None) -> str:
        table = sentences(tables, (plan(),), NAMES, kinds)
        return table[(table["topic"] == "quarters")]["text"].item()

    assert quarters({"london": "area", "wales": "area"}).startswith("Of 2 areas in 2011-12")
    assert quarters({"london": "crc", "wales": "nps-division"}).startswith("Of 2 organisations in 2011-12")
    assert quarters(None).startswith("Of 2 organisations in 2011-12")


@pytest.mark.parametrize(
    ("changes", "text"),
    [
        (
            {"estimate": 9.23, "by_chance": 8.1, "lower": 7.2, "upper": 9.0, "p": 0.013},
            (
                "Each counted by its probability, 9.2 of 35 trusts are meeting targets with reoffending "
                "more than 0.5 points above prediction in 2011-12; if process and outcome had nothing to do "
                "with each other it would be 8.1 (7.2 to 9 in 95% of shuffles, p = 0.013), so there are "
                "significantly more than by chance (95%)."
            ),
        ),
        (
            {"estimate": 8.0, "by_chance": 8.1, "lower": 7.2, "upper": 9.1, "p": 0.62},
            (
                "Each counted by its probability, 8 of 35 trusts are meeting targets with reoffending "
                "more than 0.5 points above prediction in 2011-12; if process and outcome had nothing to do "
                "with each other it would be 8.1 (7.2 to 9.1 in 95% of shuffles, p = 0.62), so there aren't "
                "significantly more than by chance."
            ),
        ),
        (
            {"estimate": 8.0, "by_chance": 8.1},
            (
                "Each counted by its probability, 8 of 35 trusts are meeting targets with reoffending "
                "more than 0.5 points above prediction in 2011-12; if process and outcome had nothing to do "
                "with each other it would be 8.1."
            ),
        ),
        (
            {"n": 4, "reason": "10 trusts with both figures are needed and there are 4"},
            (
                "Whether more trusts than by chance are meeting targets with reoffending more than 0.5 "
                "points above prediction in 2011-12 can't be told, because 10 trusts with both figures are "
                "needed and there are 4."
            ),
        ),
    ],
)
def test_the_number_against_chance(changes, text):
    said = texts(divergence=[{}], national=[{"method": "against-chance"} | changes])

    assert said["against-chance"] == text


def test_how_many_to_expect_in_each_quarter():
    numbers = {
        "met-worse": (9.23, 5, 13),
        "met-better": (15.2, 11, 19),
        "missed-worse": (5.07, 2, 8),
        "missed-better": (0.04, 0, 1),
    }
    rows = [
        {"method": f"expected-{quarter}", "estimate": estimate, "lower": lower, "upper": upper}
        for quarter, (estimate, lower, upper) in numbers.items()
    ]

    assert texts(divergence=[{}], national=rows)["expected"] == (
        f"If 2011-12 were run again at the same levels, of 35 trusts one would expect 9.2 "
        f"(95% interval 5 to 13) meeting targets with a worse outcome, 15.2 (95% interval 11 to 19) "
        f"meeting targets with no worse outcome, 5.1 (95% interval 2 to 8) missing targets with a "
        f"worse outcome and 0.04 (95% interval 0 to 1) missing targets with no worse outcome, {WORSE}."
    )


def test_nothing_to_expect_has_its_reason():
    row = {"method": "expected-met-worse", "n": 1, "reason": "no trust has its probabilities"}

    assert texts(divergence=[{}], national=[row])["expected"] == (
        "How many trusts to expect in each quarter in 2011-12 can't be told, because no trust has "
        "its probabilities."
    )


def test_what_the_finding_can_not_show():
    assert texts(divergence=[{}])["caveat"] == (
        "The figures for 2011-12 show where meeting targets and reoffending go together or part, not "
        "why: trusts differ in ways that neither the targets nor the prediction allow for, and "
        "nothing here shows that meeting a target raised or lowered reoffending."
    )
