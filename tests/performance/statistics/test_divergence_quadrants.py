import math
from fractions import Fraction

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from performance.statistics.divergence.quadrants import (
    NEVER_ABOVE,
    NO_CHANCE,
    NO_ERROR,
    PROBABILITIES,
    chance_of_meeting,
    chance_of_worse,
    chance_of_worse_shrunken,
    facts,
    quadrants,
)
from performance.vocabulary import Quadrant
from tests.oracles import divergence as naive

NAN = math.nan
NOT_GIVEN = "a figure is not given"
NO_CASES = "there are no cases"

hundredths = st.integers(0, 100).map(lambda number: Fraction(number, 100))
chances = st.lists(st.tuples(hundredths, hundredths), min_size=1, max_size=12)


@st.composite
def counts(draw) -> tuple[int, int]:
    n = draw(st.integers(1, 60))
    return draw(st.integers(0, n)), n


@pytest.mark.oracle(of=chance_of_meeting)
@given(counts(), st.integers(1, 99))
def test_the_chance_of_meeting_is_the_beta_density_above_the_target(counts, percent):
    result = chance_of_meeting(*counts, percent / 100)

    expected = naive.chance_of_meeting(*counts, percent / 100)
    assert result["probability"].item() == pytest.approx(expected, abs=1e-6)


@pytest.mark.worked_example(of=chance_of_meeting)
def test_chances_of_meeting_that_can_be_worked_out_by_hand():
    """5 of 10 is as likely above a half as below. For 1 of 1 the distribution function is
    2/pi (asin(sqrt t) - sqrt(t (1 - t))): at a half 1/2 - 1/pi."""
    result = chance_of_meeting([5, 1], [10, 1], 0.5)

    assert list(result["probability"]) == pytest.approx([0.5, 0.5 + 1 / math.pi])


@given(st.integers(1, 200), st.integers(1, 99))
def test_more_in_time_is_a_higher_chance_of_meeting_and_misses_mirror_it(n, percent):
    x = np.arange(n + 1)
    rising = chance_of_meeting(x, n, percent / 100)["probability"].to_numpy()
    mirrored = chance_of_meeting(n - x, n, 1 - percent / 100)["probability"].to_numpy()

    assert (np.diff(rising) >= 0).all()
    assert rising == pytest.approx(1 - mirrored, abs=1e-9)


@pytest.mark.parametrize(
    ("x", "n", "target", "probability", "reason"),
    [
        (0, 40, 0.9, 0.0, ""),
        (40, 40, 0.9, 1.0, ""),
        (20, 40, 0.0, 1.0, ""),
        (40, 40, 1.0, NAN, NEVER_ABOVE),
        (0, 0, 0.9, NAN, NO_CASES),
        (NAN, 40, 0.9, NAN, NOT_GIVEN),
        (4, NAN, 0.9, NAN, NOT_GIVEN),
        (4, 40, NAN, NAN, NOT_GIVEN),
    ],
)
def test_the_edges_of_a_chance_of_meeting(x, n, target, probability, reason):
    row = chance_of_meeting([x], n, target).iloc[0]

    assert row["probability"] == pytest.approx(probability, abs=0.005, nan_ok=True)
    assert row["reason"] == reason


@pytest.mark.oracle(of=chance_of_worse)
@given(st.integers(0, 300), st.integers(1, 300), st.integers(1, 100), st.sampled_from([1.0, 1.3, 1.9]))
def test_the_chance_of_worse_is_the_normal_below_z(observed, expected, variance, effect):
    result = chance_of_worse(observed, expected, variance, effect)

    z = (observed - expected) / math.sqrt(variance * effect)
    assert result["probability"].item() == pytest.approx(naive.normal_below(z), abs=1e-9)


@pytest.mark.worked_example(of=chance_of_worse)
def test_chances_of_worse_that_can_be_worked_out_by_hand():
    """As many as expected: a half. 13 more with a variance of 100 x 1.69: one standard error, 84.1%."""
    result = chance_of_worse([100, 113, 87], 100, 100, 1.69)

    assert list(result["probability"]) == pytest.approx([0.5, 0.8413, 0.1587], abs=5e-5)


@pytest.mark.worked_example(of=chance_of_worse)
def test_a_larger_design_effect_is_less_sure():
    by_effect = chance_of_worse(120, 100, 90, [1.0, 1.3, 1.9])["probability"]

    assert list(by_effect) == sorted(by_effect, reverse=True)
    assert by_effect.min() > 0.5


@pytest.mark.parametrize(
    ("observed", "expected", "variance", "effect", "reason"),
    [
        (NAN, 10, 9, 1.3, NOT_GIVEN),
        (10, NAN, 9, 1.3, NOT_GIVEN),
        (10, 10, NAN, 1.3, NOT_GIVEN),
        (10, 10, 9, NAN, NOT_GIVEN),
        (0, 0, 0, 1.3, NO_CHANCE),
    ],
)
def test_without_a_prediction_there_is_no_chance_of_worse(observed, expected, variance, effect, reason):
    row = chance_of_worse([observed], expected, variance, effect).iloc[0]

    assert math.isnan(row["probability"])
    assert row["reason"] == reason


@pytest.mark.oracle(of=chance_of_worse_shrunken)
@given(st.integers(-300, 300), st.integers(1, 300))
def test_the_shrunken_chance_is_the_normal_below_its_z(estimate, error):
    result = chance_of_worse_shrunken(estimate / 1000, error / 1000)

    assert result["probability"].item() == pytest.approx(naive.normal_below(estimate / error), abs=1e-9)


@pytest.mark.worked_example(of=chance_of_worse_shrunken)
def test_shrunken_chances_that_can_be_worked_out_by_hand():
    result = chance_of_worse_shrunken([0.0, 0.01, -0.0196, NAN, 0.1, 0.1], [0.01, 0.01, 0.01, 0.1, NAN, 0.0])

    assert list(result["probability"][:3]) == pytest.approx([0.5, 0.8413, 0.025], abs=5e-5)
    assert result["probability"][3:].isna().all()
    assert list(result["reason"]) == ["", "", "", NOT_GIVEN, NOT_GIVEN, NO_ERROR]


@pytest.mark.oracle(of=quadrants)
@given(chances, st.sampled_from([Fraction(60, 100), Fraction(80, 100), Fraction(1)]))
def test_a_quarter_is_named_where_its_product_is_probable_enough(rows, least):
    products = [p * q for a, b in rows for p in (a, 1 - a) for q in (b, 1 - b)]
    assume(all(product == 1 or abs(product - least) > Fraction(1, 10**9) for product in products))
    meets, worse = zip(*rows, strict=True)

    result = quadrants([float(m) for m in meets], [float(w) for w in worse], float(least))

    assert list(result["quadrant"]) == [naive.quarter(m, w, least) for m, w in rows]
    for m, w, (_, row) in zip(meets, worse, result.iterrows(), strict=True):
        expected = [m * (1 - w), m * w, (1 - m) * (1 - w), (1 - m) * w]
        assert list(row[PROBABILITIES]) == pytest.approx([float(value) for value in expected], abs=1e-12)


@pytest.mark.worked_example(of=quadrants)
def test_a_quarter_is_named_at_80_per_cent_and_not_below():
    """0.9 x 0.9 = 0.81 names a quarter; 0.9 x 0.88 = 0.792 doesn't, nor does half of everything."""
    result = quadrants([0.9, 0.9, 0.9, 0.1, 0.1, 0.5, NAN, 0.5], [0.9, 0.88, 0.1, 0.9, 0.1, 0.5, 0.5, None])

    assert list(result["quadrant"]) == [
        Quadrant.MET_WORSE,
        Quadrant.NOT_DETERMINED,
        Quadrant.MET_BETTER,
        Quadrant.MISSED_WORSE,
        Quadrant.MISSED_BETTER,
        Quadrant.NOT_DETERMINED,
        Quadrant.NOT_COMPARED,
        Quadrant.NOT_COMPARED,
    ]
    assert list(result["met_worse"][:3]) == pytest.approx([0.81, 0.792, 0.09])
    assert list(result["reason"]) == [""] * 6 + [NOT_GIVEN] * 2


@pytest.mark.parametrize("least", [0.5, 0.3, 1.1, 80])
def test_a_threshold_at_which_two_could_be_named_is_a_mistake(least):
    with pytest.raises(ValueError, match="above a half"):
        quadrants(0.5, 0.5, least)


@pytest.mark.worked_example(of=facts)
def test_facts_are_what_was_counted():
    """Exactly on target has met it; exactly as predicted is no worse."""
    result = facts(
        [90, 89, 100, 0, 0, 90, NAN],
        [100, 100, 100, 100, 0, 100, 100],
        0.9,
        [10, 11, 11, 10, 11, NAN, 9],
        [10, 10, 10, 10, 10, 10, 10],
    )

    np.testing.assert_equal(result["meets_target"].to_numpy(), [1, 0, 1, 0, NAN, 1, NAN])
    np.testing.assert_equal(result["worse_than_predicted"].to_numpy(), [0, 1, 1, 0, 1, NAN, 0])
    assert list(result["quadrant"]) == [
        "met-better",
        "missed-worse",
        "met-worse",
        "missed-better",
        "not-compared",
        "not-compared",
        "not-compared",
    ]
    assert list(result["reason"]) == ["", "", "", "", NO_CASES, NOT_GIVEN, NOT_GIVEN]


@given(st.integers(1, 400), st.integers(0, 100))
def test_a_share_of_just_the_target_has_met_it_whatever_the_cases(n, percent):
    """No rounding may turn a target that was met into one that was missed."""
    result = facts(n * percent, n * 100, percent / 100, 1, 1)

    assert result["meets_target"].item() == 1


@given(chances, st.randoms())
def test_rows_stand_alone_in_any_order(rows, order):
    frame = pd.DataFrame([(float(a), float(b)) for a, b in rows], columns=["meets", "worse"])
    shuffled = frame.sample(frac=1, random_state=order.randint(0, 1000))
    alone = quadrants(frame["meets"], frame["worse"])

    pd.testing.assert_frame_equal(quadrants(shuffled["meets"], shuffled["worse"]).sort_index(), alone)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: chance_of_meeting(11, 10, 0.9), "from 0 to its denominator"),
        (lambda: chance_of_meeting(9, 10, 90), "from 0 to 1"),
        (lambda: chance_of_worse(-1, 10, 9, 1.3), "below 0"),
        (lambda: chance_of_worse(1, 10, -9, 1.3), "below 0"),
        (lambda: chance_of_worse(1, 10, 9, 0.9), "1 or more"),
        (lambda: chance_of_worse_shrunken(0.1, -0.1), "below 0"),
        (lambda: quadrants(1.1, 0.5), "from 0 to 1"),
        (lambda: quadrants(0.5, -0.1), "from 0 to 1"),
        (lambda: facts(11, 10, 0.9, 1, 1), "from 0 to its denominator"),
        (lambda: facts(9, 10, 90, 1, 1), "from 0 to 1"),
        (lambda: facts(9, 10, 0.9, -1, 1), "below 0"),
    ],
)
def test_mistakes_are_refused(call, message):
    with pytest.raises(ValueError, match=message):
        call()
