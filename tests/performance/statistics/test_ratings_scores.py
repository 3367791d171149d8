import dataclasses
import math
from fractions import Fraction

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from performance.statistics.ratings.scheme import Cap, RatedMeasure, SignedScore, StepScore
from performance.statistics.ratings.scores import (
    band_places,
    combine,
    measure_scores,
    rate,
    score,
    targets_of,
)
from performance.statistics.ratings.tables import NOT_RATED
from performance.vocabulary import Polarity
from tests.oracles import ratings as oracle
from tests.performance.statistics.ratings_examples import (
    BANDS,
    as_frame,
    as_scheme,
    one_measure,
    rated_trusts,
    two_domains,
)

NAN = math.nan


def or_nan(number: Fraction | None) -> float:
    return NAN if number is None else float(number)


def names(bands: pd.Series) -> list[str | None]:
    return [None if pd.isna(band) else band for band in bands]


@pytest.mark.oracle(of=rate)
@given(rated_trusts())
def test_a_rating_is_what_the_scheme_says_trust_by_trust(example):
    scheme, trusts = example
    rated = rate(as_scheme(scheme), as_frame(trusts))
    expected = [oracle.rate(scheme, trust) for trust in trusts]

    assert names(rated["band"]) == [trust["band"] for trust in expected]
    assert list(rated["score"]) == pytest.approx([or_nan(trust["score"]) for trust in expected], nan_ok=True)
    assert list(rated["weight_used"]) == pytest.approx([float(trust["used"]) for trust in expected])
    for code in scheme["domains"]:
        scores = [or_nan(trust["domains"][code]) for trust in expected]
        assert list(rated[code]) == pytest.approx(scores, nan_ok=True)
    assert list(rated["reason"] == "") == [trust["band"] is not None for trust in expected]


@pytest.mark.worked_example(of=rate)
def test_a_rating_by_hand():
    """London: timely 0.81/0.9 = 0.9, so 2; complete 0.88/0.8 = 1.1, so 4; delivery
    (3*2 + 4)/4 = 2.5; overdue 0.2 of 0.2 just meets its target, so 3; in all
    (3*2.5 + 3)/4 = 2.625. Wales lacks timely, with 3 of the 4 of its domain."""
    frame = pd.DataFrame(
        {"timely": [0.81, None], "complete": [0.88, 0.88], "overdue": [0.2, 0.2]}, index=["london", "wales"]
    )
    rated = rate(two_domains(), frame)

    assert list(rated.loc["london"]) == [2.5, 3.0, pytest.approx(2.625), "good", 1.0, ""]
    assert names(rated["band"]) == ["good", None]
    assert rated["weight_used"]["wales"] == pytest.approx(1 / 16 * 3 + 1 / 4)
    assert rated["reason"]["wales"] == "less than 50% of the weight of delivery is there"
    assert rated["protection"]["wales"] == 3
    assert rated[["delivery", "score"]].loc["wales"].isna().all()


def test_what_is_missing_leaves_its_weight_to_its_domain():
    """Without complete, delivery is timely's 2, and 3 of its 4 parts are there."""
    frame = pd.DataFrame({"timely": [0.81], "complete": [NAN], "overdue": [0.2]})
    rated = rate(two_domains(), frame).loc[0]

    assert (rated["delivery"], rated["score"]) == (2, pytest.approx((3 * 2 + 3) / 4))
    assert rated["weight_used"] == pytest.approx(13 / 16)


def test_just_the_least_weight_is_enough():
    frame = pd.DataFrame({"timely": [0.81], "complete": [NAN], "overdue": [0.2]})

    assert rate(two_domains(least_weight=0.75), frame)["reason"][0] == ""
    assert rate(two_domains(least_weight=0.76), frame)["reason"][0] != ""


def test_the_first_domain_that_is_short_is_the_reason():
    frame = pd.DataFrame({"timely": [NAN, 0.9], "complete": [NAN, 0.8], "overdue": [NAN, NAN]})

    assert list(rate(two_domains(), frame)["reason"]) == [
        "less than 50% of the weight of delivery is there",
        "less than 50% of the weight of protection is there",
    ]


def test_a_low_domain_caps_the_whole():
    frame = pd.DataFrame({"timely": [1.0, 1.0], "complete": [1.0, 1.0], "overdue": [0.9, 0.15]})
    capped = two_domains(caps=(Cap("protection", 1.5, "requiring improvement"),))

    assert names(rate(two_domains(), frame)["band"]) == ["good", "exceptional"]
    assert names(rate(capped, frame)["band"]) == ["requiring improvement", "exceptional"]


def test_a_domain_that_just_reaches_its_cap_is_not_capped():
    frame = pd.DataFrame({"timely": [0.9], "complete": [0.64], "overdue": [0.2]})
    scheme = two_domains(caps=(Cap("delivery", 2.5, "serious concerns"),))

    assert names(rate(scheme, frame)["band"]) == ["good"]


def test_a_target_below_0_is_a_scale_by_its_size():
    """A distance from a prediction, in percentage points: 1 below a target of -2 is half of it."""
    frame = pd.DataFrame({"timely": [-1.0, -3.0]})
    scheme = dataclasses.replace(
        one_measure(), measures=(RatedMeasure("timely", "delivery", 1, -2.0, Polarity.LOWER),)
    )

    assert rate(scheme, frame)["score"].tolist() == [-0.5, 0.5]


def test_a_cap_lifts_nobody():
    frame = pd.DataFrame({"timely": [0.1], "complete": [0.1], "overdue": [0.9]})

    assert names(rate(two_domains(caps=(Cap("protection", 1.5, "good"),)), frame)["band"]) == [BANDS[0]]


@pytest.mark.worked_example(of=targets_of)
def test_trusts_may_have_targets_of_their_own():
    frame = pd.DataFrame({"timely": [0.9, 0.9]}, index=["kent", "wales"])
    own = pd.DataFrame({"timely": [0.95, None]}, index=["kent", "wales"])

    np.testing.assert_array_equal(targets_of(one_measure(), frame, own), [[0.95], [0.9]])
    assert list(rate(one_measure(), frame, own)["score"]) == pytest.approx([-0.05, 0])


@pytest.mark.parametrize(
    ("scheme", "own", "message"),
    [
        (one_measure(), pd.DataFrame({"timely": [0.9]}, index=["essex"]), "indexed alike"),
        (two_domains(), pd.DataFrame({"timely": [0.0]}, index=["kent"]), "attainment needs targets above 0"),
        (
            two_domains(scoring=SignedScore(1)),
            pd.DataFrame({"timely": [0.0]}, index=["kent"]),
            "a measure with a target of 0 needs a scale",
        ),
    ],
)
def test_targets_that_cannot_be_scored_against_are_a_mistake(scheme, own, message):
    frame = pd.DataFrame(0.9, index=["kent"], columns=scheme.codes)

    with pytest.raises(ValueError, match=message):
        rate(scheme, frame, own)


@pytest.mark.worked_example(of=measure_scores)
@pytest.mark.parametrize(
    ("scoring", "expected"),
    [
        # Attainment is 1/0.9, 1 and 0.9; 0.7/0.8, 1 and 1.1; 2 less 0.3/0.2, 1 and 0.
        (StepScore((0.9, 1.0, 1.1)), [4, 3, 2, 1, 3, 4, 1, 3, 4]),
        (StepScore((1.0,), lowest=0), [1, 1, 0, 0, 1, 1, 0, 1, 1]),
        # In targets: 0.1/0.9; -0.1/0.8; -0.1/0.2 and, cut off at half, 0.2/0.2.
        (SignedScore(0.5), [1 / 9, 0, -0.1, -0.125, 0, 0.1, -0.5, 0, 0.5]),
    ],
)
def test_scores_of_measures_by_hand(scoring, expected):
    scheme = two_domains(scoring=scoring)
    values = np.array([[1, 0.9, 0.81], [0.7, 0.8, 0.88], [0.3, 0.2, 0]]).T
    scored = measure_scores(scheme, values, scheme.targets)

    assert list(scored.T.ravel()) == pytest.approx(expected)


@pytest.mark.worked_example(of=band_places)
def test_a_band_begins_on_its_edge():
    totals = np.array([1.4999, 1.5, 2.5 - 1e-12, 3.4999, 3.5, NAN])
    domains = np.full((6, 2), 4.0)

    assert list(band_places(two_domains(), domains, totals)) == [0, 1, 2, 2, 3, NOT_RATED]


@pytest.mark.oracle(of=score)
@pytest.mark.oracle(of=combine)
@given(rated_trusts())
def test_draws_of_trusts_are_scored_as_each_alone(example):
    """Arrays of draws x trusts x measures, the second draw being the trusts in reverse."""
    scheme, trusts = example
    ours = as_scheme(scheme)
    values = as_frame(trusts)[ours.codes].to_numpy()
    both = score(ours, np.stack([values, values[::-1]]), ours.targets)
    pieces = combine(ours, measure_scores(ours, values, ours.targets))
    expected = [or_nan(oracle.rate(scheme, trust)["score"]) for trust in trusts]

    assert both.domain.shape == (2, len(trusts), len(scheme["domains"]))
    assert list(both.total[0]) == pytest.approx(expected, nan_ok=True)
    assert list(both.total[1]) == pytest.approx(expected[::-1], nan_ok=True)
    assert list(pieces.total) == pytest.approx(expected, nan_ok=True)
    assert list(both.band[1][::-1]) == list(both.band[0]) == list(pieces.band)


@given(rated_trusts(), st.randoms(use_true_random=False))
def test_neither_order_nor_an_empty_trust_changes_a_rating(example, random):
    scheme, trusts = example
    frame = as_frame(trusts)
    empty = pd.DataFrame(NAN, index=["empty"], columns=frame.columns)
    mixed = pd.concat([frame, empty]).sample(frac=1, random_state=random.randrange(2**32))
    columns = mixed.columns.to_list()
    random.shuffle(columns)
    straight, shuffled = rate(as_scheme(scheme), frame), rate(as_scheme(scheme), mixed[columns])

    pd.testing.assert_frame_equal(shuffled.loc[frame.index], straight, check_categorical=False)
    assert shuffled["reason"]["empty"].startswith("less than")
    assert shuffled["weight_used"]["empty"] == 0


@given(rated_trusts(), st.data())
def test_doing_better_on_a_measure_never_lowers_a_score(example, data):
    scheme, trusts = example
    measure = data.draw(st.sampled_from(scheme["measures"]))
    step = -0.05 if measure["polarity"] == "lower" else 0.05
    frame = as_frame(trusts)
    better = frame.assign(**{measure["code"]: frame[measure["code"]] + step})
    before, after = (rate(as_scheme(scheme), f)["score"].to_numpy() for f in (frame, better))

    assert (np.isnan(before) == np.isnan(after)).all()
    assert not (after < before - 1e-12).any()


@given(rated_trusts())
def test_only_the_ratio_of_weights_counts(example):
    scheme, trusts = example
    ours = as_scheme(scheme)
    doubled = dataclasses.replace(
        ours,
        measures=tuple(dataclasses.replace(m, weight=2 * m.weight) for m in ours.measures),
        domains=tuple(dataclasses.replace(d, weight=3 * d.weight) for d in ours.domains),
    )

    pd.testing.assert_frame_equal(rate(doubled, as_frame(trusts)), rate(ours, as_frame(trusts)))


@pytest.mark.parametrize(
    ("frame", "message"),
    [
        (pd.DataFrame({"late": [0.9]}), "there is no column for timely"),
        (pd.DataFrame({"timely": [0.9, 0.8]}, index=["kent", "kent"]), "a trust can't be there twice"),
        (pd.DataFrame({"timely": [math.inf]}), "infinite"),
    ],
)
def test_a_frame_that_cannot_be_rated_is_a_mistake(frame, message):
    with pytest.raises(ValueError, match=message):
        rate(one_measure(), frame)


@pytest.mark.parametrize(
    ("values", "bands"),
    [
        ([], []),
        ([0.9], ["good"]),
        ([0.9, 0.9, 0.9], ["good"] * 3),
        ([None, 1.0], [None, "exceptional"]),
        ([0.0, 1.0], ["serious concerns", "exceptional"]),
    ],
)
def test_whatever_trusts_there_are_are_rated(values, bands):
    rated = rate(one_measure(), pd.DataFrame({"timely": pd.Series(values, dtype=float)}))

    assert names(rated["band"]) == bands
    assert list(rated["band"].cat.categories) == list(BANDS)
