import pytest

from tests.performance.calculation.sentences_examples import NAN, THREE_YEARS, texts

LAG = {
    "method": "lag",
    "framework": "",
    "n": 70,
    "estimate": 0.0123,
    "lower": -0.03,
    "upper": 0.05,
    "p": 0.41,
}
LAG |= THREE_YEARS
PLACEBO = LAG | {"method": "placebo-lead", "estimate": -0.0041, "lower": -0.045, "upper": 0.04, "p": 0.8}
SAME = LAG | {"method": "same-year", "estimate": -0.02, "lower": -0.05, "upper": -0.001, "p": 0.04}
BETWEEN = LAG | {
    "method": "between-trusts",
    "estimate": 0.03,
    "lower": 0.01,
    "upper": 0.05,
    "p": 0.002,
    "n": 35,
}
OPENING = "From April 2010 to March 2013, a percentage point more of what targets ask for"


def said(topic: str, *rows: dict[str, object]) -> str:
    return texts(divergence=[{}], national=list(rows))[topic]


def test_the_lag_stands_beside_its_placebo():
    assert said("lag", LAG, PLACEBO) == (
        f"{OPENING} went with reoffending 0.012 points lower against prediction (95% interval from "
        f"0.050 lower to 0.030 higher, p = 0.41, 70 pairs of years) in the year after, and 0.004 "
        f"points higher against prediction (95% interval from 0.040 lower to 0.045 higher, p = 0.80, "
        f"70 pairs of years) in the year before, which no process can change; neither differs "
        f"significantly from 0, so whether better process comes before less reoffending can't be told."
    )


@pytest.mark.parametrize(
    ("lag", "placebo", "reading"),
    [
        (0.01, 0.8, "; only the first differs significantly from 0, which is worth a look and no proof."),
        (
            0.01,
            0.01,
            (
                "; as that differs significantly from 0, the year after says nothing of what process "
                "brings about."
            ),
        ),
        (
            0.8,
            0.01,
            (
                "; as that differs significantly from 0, the year after says nothing of what process "
                "brings about."
            ),
        ),
        (0.01, NAN, "which no process can change."),
    ],
)
def test_how_the_two_are_read(lag, placebo, reading):
    assert said("lag", LAG | {"p": lag}, PLACEBO | {"p": placebo}).endswith(reading)


def test_one_pair_and_no_difference():
    assert "went with reoffending no difference" not in said("lag", LAG | {"estimate": 0.0, "n": 1}, PLACEBO)
    assert (
        "went with reoffending no different against prediction (95% interval from 0.050 lower to "
        "0.030 higher, p = 0.41, 1 pair of years)"
    ) in said("lag", LAG | {"estimate": 0.0, "n": 1}, PLACEBO)


def test_a_lag_without_its_placebo_says_nothing():
    end = (
        " in the year after; what that means can't be told, because for the year before, which "
        "would be the check, there is no figure: "
    )

    assert said("lag", LAG, PLACEBO | {"estimate": NAN, "reason": "3 years are needed"}).endswith(
        f"{end}3 years are needed."
    )
    assert said("lag", LAG).endswith(f"{end}the figures that it takes aren't there.")


def test_a_refused_lag():
    assert said("lag", LAG | {"estimate": NAN, "reason": "3 years are needed and there are 2"}) == (
        "Whether reoffending is lower in the year after trusts do more of what targets ask for can't "
        "be told from April 2010 to March 2013, because 3 years are needed and there are 2."
    )


def test_the_same_year_and_means():
    assert said("same-year", SAME, BETWEEN) == (
        f"{OPENING}: within one trust in the same year it went with reoffending 0.020 points higher against "
        f"prediction (95% interval 0.001 to 0.050, p = 0.040, 70 pairs of years); between trusts over "
        f"all years it went with reoffending 0.030 points lower against prediction (95% interval "
        f"0.010 to 0.050, "
        f"p = 0.002, 35 trusts)."
    )


def test_the_same_year_alone_and_refused():
    refused = SAME | {"estimate": NAN, "reason": "3 years are needed and there are 2"}

    assert said("same-year", refused) == (
        f"{OPENING}: within one trust in the same year what it went with can't be told, because 3 "
        f"years are needed and there are 2."
    )
