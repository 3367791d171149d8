import math
from fractions import Fraction

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from performance.statistics.ratings.certainty import band_certainty
from performance.statistics.ratings.evidence import evidence_of
from performance.statistics.ratings.scheme import Cap
from performance.statistics.ratings.scores import measure_scores
from performance.statistics.ratings.tables import as_array
from performance.statistics.ratings.weights import (
    MILD,
    STRONG,
    dirichlet_weights,
    leave_one_out_weights,
    reweighed,
    uniform_weights,
    weight_and_sampling_sensitivity,
    weight_sensitivity,
)
from tests.oracles import ratings as oracle
from tests.performance.statistics.ratings_examples import (
    BANDS,
    NAN,
    as_frame,
    as_observations,
    as_scheme,
    observations,
    one_measure,
    rated_trusts,
    schemes,
    two_domains,
)

# London's delivery is better than its protection, Kent's the other way round.
TRUSTS = pd.DataFrame(
    {"timely": [1.0, 0.7, 0.9], "complete": [1.0, 0.7, 0.8], "overdue": [0.4, 0.0, 0.2]},
    index=["london", "kent", "wales"],
)


@st.composite
def weighed_trusts(draw):
    """A scheme, trusts, and sets of whole hundredths of weight for its measures."""
    scheme, trusts = draw(rated_trusts())
    codes = [measure["code"] for measure in scheme["measures"]]
    parts = st.lists(st.integers(0, 5), min_size=len(codes), max_size=len(codes)).filter(any)
    sets = draw(st.lists(parts, min_size=1, max_size=5))
    return (
        scheme,
        trusts,
        [{code: Fraction(part, sum(one)) for code, part in zip(codes, one, strict=True)} for one in sets],
    )


def as_weights(sets: list[dict[str, Fraction]]) -> pd.DataFrame:
    return pd.DataFrame([{code: float(weight) for code, weight in one.items()} for one in sets])


def expected_sensitivity(scheme, trusts, sets) -> dict[str, list]:
    """Bands under each set, trust by trust, and tau-b with the published order, set by set."""
    published = [oracle.rate(scheme, trust) for trust in trusts]
    told = [place for place, trust in enumerate(published) if trust["band"] is not None]
    found = [[oracle.rate_with_weights(scheme, trusts[place], one) for one in sets] for place in told]
    taus = []
    for number in range(len(sets)):
        pairs = [
            (float(published[place]["score"]), float(of_trust[number][0]))
            for place, of_trust in zip(told, found, strict=True)
            if of_trust[number][0] is not None
        ]
        taus.append(oracle.tau_b(*zip(*pairs, strict=True)) if pairs else None)
    bands = [[band for _, band in of_trust] for of_trust in found]
    same = [
        sum(band == published[place]["band"] for band in of_trust) / len(sets)
        for place, of_trust in zip(told, bands, strict=True)
    ]
    return {"told": told, "bands": bands, "same": same, "taus": [tau for tau in taus if tau is not None]}


def check(found, expected) -> None:
    table = found.table.iloc[expected["told"]]
    places = [[BANDS.index(band) for band in of_trust if band] for of_trust in expected["bands"]]
    assert list(table["lowest_band"].cat.codes) == [min(place, default=-1) for place in places]
    assert list(table["highest_band"].cat.codes) == [max(place, default=-1) for place in places]
    assert list(table["same_band"]) == pytest.approx(expected["same"])
    assert found.unstable == (sum(same < 0.8 for same in expected["same"]) if expected["told"] else None)
    if expected["taus"] and len(expected["told"]) > 1:
        assert found.kendall_tau == pytest.approx(float(np.median(expected["taus"])))
    else:
        assert found.kendall_tau is None
    assert (found.kendall_tau is None) == (found.reason != "")


@pytest.mark.oracle(of=reweighed)
@given(weighed_trusts())
def test_trusts_and_sets_together_are_as_one_by_one(example):
    scheme, trusts, sets = example
    ours = as_scheme(scheme)
    scores = measure_scores(ours, as_array(as_frame(trusts), ours.codes), ours.targets)

    totals, places = reweighed(ours, scores[:, np.newaxis], as_weights(sets).to_numpy())

    for row, values in enumerate(trusts):
        wanted = [oracle.rate_with_weights(scheme, values, weights) for weights in sets]
        assert totals[row].tolist() == pytest.approx(
            [NAN if score is None else float(score) for score, _ in wanted], nan_ok=True
        )
        assert [BANDS[place] if place >= 0 else None for place in places[row]] == [band for _, band in wanted]


@pytest.mark.oracle(of=weight_sensitivity)
@given(weighed_trusts())
def test_bands_under_other_weights_are_what_the_scheme_would_give(example):
    scheme, trusts, sets = example
    found = weight_sensitivity(as_scheme(scheme), as_frame(trusts), as_weights(sets))

    check(found, expected_sensitivity(scheme, trusts, sets))


@pytest.mark.oracle(of=weight_and_sampling_sensitivity)
@settings(max_examples=30)
@given(weighed_trusts())
def test_of_values_known_exactly_only_the_weights_are_in_doubt(example):
    scheme, trusts, sets = example
    ours, weights = as_scheme(scheme), as_weights(sets)
    evidence = evidence_of(ours, as_observations(as_frame(trusts)))

    found = weight_and_sampling_sensitivity(ours, evidence, weights, seed=1)
    check(found, expected_sensitivity(scheme, trusts, sets))


@pytest.mark.worked_example(of=weight_sensitivity)
def test_weights_by_hand():
    """Delivery 4, 1, 3 and protection 1, 4, 3: published 3.25, 1.75 and 3. If protection had all
    the weight London and Kent would change places; with half each all three are at 2.5 or 3."""
    weights = pd.DataFrame(
        {"timely": [9 / 16, 0, 0.25], "complete": [3 / 16, 0, 0.25], "overdue": [0.25, 1, 0.5]}
    )
    found = weight_sensitivity(two_domains(), TRUSTS, weights)
    table = found.table

    assert table["band"].tolist() == ["good", "requiring improvement", "good"]
    assert table["lowest_band"].tolist() == ["serious concerns", "requiring improvement", "good"]
    assert table["highest_band"].tolist() == ["good", "exceptional", "good"]
    assert table["same_band"].tolist() == pytest.approx([2 / 3, 1 / 3, 1])
    assert table["is_stable"].tolist() == [False, False, True]
    assert found.unstable == 2
    # tau-b is 1, then -1, then 0: London and Kent are tied below Wales.
    assert found.kendall_tau == pytest.approx(0)
    assert found.reason == ""


@given(rated_trusts())
def test_the_schemes_own_weights_change_nothing(example):
    scheme, trusts = example
    ours = as_scheme(scheme)
    own = pd.DataFrame([ours.measure_weights], columns=ours.codes)
    found = weight_sensitivity(ours, as_frame(trusts), own)
    table = found.table.dropna(subset="band")

    # What is missing leaves its weight within its domain, as it does in a rating.
    assert (table["same_band"] == 1).all()
    assert found.kendall_tau is None or found.kendall_tau == pytest.approx(1)


def test_the_same_band_under_four_sets_of_five_is_stable():
    weights = pd.DataFrame([[0.75, 0.25, 0]] * 4 + [[0, 0, 1]], columns=["timely", "complete", "overdue"])
    frame = pd.DataFrame({"timely": [1.0], "complete": [1.0], "overdue": [0.2]}, index=["kent"])
    kent = weight_sensitivity(two_domains(), frame, weights).table.loc["kent"]

    assert kent[["band", "same_band", "is_stable"]].tolist() == ["exceptional", 0.8, True]


def test_weights_and_sampling_are_drawn_together():
    """With the published weights in every set only sampling is left, draw by draw the same as of
    the band's certainty."""
    ours = two_domains(caps=(Cap("protection", 2, "good"),))
    rows = [("kent", "timely", 88, 100), ("kent", "complete", 9, 10), ("kent", "overdue", 4, 20)]
    evidence = evidence_of(ours, observations(*rows))
    weights = pd.DataFrame([ours.measure_weights] * 400, columns=ours.codes)
    found = weight_and_sampling_sensitivity(ours, evidence, weights, seed=6)

    sure = band_certainty(ours, evidence, seed=6, draws=400)
    assert found.table["same_band"].tolist() == sure.table["probability"].tolist()
    assert found.table["same_band"]["kent"] < 1


def test_targets_of_their_own_are_used_in_both():
    own = pd.DataFrame({"timely": [0.8]}, index=["kent"])
    weights = pd.DataFrame({"timely": [1.0]})
    frame = pd.DataFrame({"timely": [0.9]}, index=["kent"])
    evidence = evidence_of(one_measure(), as_observations(frame))

    for found in (
        weight_sensitivity(one_measure(), frame, weights, own),
        weight_and_sampling_sensitivity(one_measure(), evidence, weights, seed=1, targets=own),
    ):
        assert found.table["lowest_band"].tolist() == ["exceptional"]


def test_a_domain_that_a_set_leaves_without_weight_counts_for_nothing():
    """Kent lacks timely, with which goes what its set gives delivery; the cap on delivery too."""
    frame = TRUSTS.loc[["kent"]].assign(timely=NAN)
    ours = two_domains(least_weight=0.25, caps=(Cap("delivery", 2, "serious concerns"),))
    found = weight_sensitivity(
        ours, frame, pd.DataFrame({"timely": [0.5], "complete": [0.0], "overdue": [0.5]})
    )

    assert found.table["band"].tolist() == ["serious concerns"]
    assert found.table["highest_band"].tolist() == ["exceptional"]


@pytest.mark.worked_example(of=dirichlet_weights)
@pytest.mark.parametrize("concentration", [MILD, STRONG])
def test_dirichlet_weights_scatter_round_the_schemes_own(concentration):
    """Variance w (1 - w) / (c + 1)."""
    ours = two_domains()
    drawn = dirichlet_weights(ours, concentration, seed=1)

    assert list(drawn.columns) == ours.codes
    assert drawn.sum(axis=1).to_numpy() == pytest.approx(1)
    assert list(drawn.mean()) == pytest.approx(list(ours.measure_weights), abs=0.01)
    variance = ours.measure_weights * (1 - ours.measure_weights) / (concentration + 1)
    assert list(drawn.var()) == pytest.approx(list(variance), rel=0.06)
    pd.testing.assert_frame_equal(dirichlet_weights(ours, concentration, seed=1), drawn)


@pytest.mark.worked_example(of=uniform_weights)
def test_uniform_weights_favour_no_measure():
    """Of three measures each has a third on average, and more than half with (1 - 1/2)^2."""
    drawn = uniform_weights(two_domains(), seed=1)

    assert drawn.shape == (10_000, 3)
    assert list(drawn.mean()) == pytest.approx([1 / 3] * 3, abs=0.01)
    assert list((drawn > 0.5).mean()) == pytest.approx([0.25] * 3, abs=0.02)


@pytest.mark.oracle(of=leave_one_out_weights)
@given(schemes().filter(lambda scheme: len(scheme["measures"]) > 1))
def test_a_measure_left_out_might_never_have_been(scheme):
    found = leave_one_out_weights(as_scheme(scheme))

    for code in found.index:
        expected = {other: float(weight) for other, weight in oracle.left_out(scheme, code).items()}
        assert found.loc[code].to_dict() == pytest.approx(expected)


@pytest.mark.worked_example(of=leave_one_out_weights)
def test_leaving_one_out_by_hand():
    found = leave_one_out_weights(two_domains())

    assert found.loc["timely"].tolist() == pytest.approx([0, 0.75, 0.25])
    assert found.loc["complete"].tolist() == pytest.approx([0.75, 0, 0.25])
    assert found.loc["overdue"].tolist() == pytest.approx([0.75, 0.25, 0])


def test_weights_of_a_hundredth_do_not_break_a_rating():
    ours = two_domains()
    found = weight_sensitivity(ours, TRUSTS, dirichlet_weights(ours, 0.01, seed=1, draws=2_000))

    assert found.table["same_band"].between(0, 1).all()
    assert found.kendall_tau is not None


@pytest.mark.parametrize(
    ("frame", "unstable", "reason", "reasons"),
    [
        (TRUSTS.iloc[:0], None, "2 rated trusts are needed and there are 0", []),
        (TRUSTS.iloc[:1], 0, "2 rated trusts are needed and there are 1", [""]),
        (TRUSTS.iloc[[0, 0]].set_index(pd.Index(["a", "b"])), 0, "all trusts have one score", ["", ""]),
        (
            TRUSTS.assign(overdue=NAN),
            None,
            "2 rated trusts are needed and there are 0",
            ["less than 50% of the weight of protection is there"] * 3,
        ),
    ],
)
def test_what_has_no_order_says_why(frame, unstable, reason, reasons):
    ours = two_domains()
    found = weight_sensitivity(ours, frame, pd.DataFrame([ours.measure_weights], columns=ours.codes))

    assert (found.unstable, found.kendall_tau, found.reason) == (unstable, None, reason)
    assert found.table["reason"].tolist() == reasons
    assert found.table["same_band"].isna().tolist() == [bool(why) for why in reasons]


def test_neither_order_nor_an_empty_trust_changes_it():
    ours = two_domains()
    weights = uniform_weights(ours, seed=1, draws=200)
    empty = pd.DataFrame(NAN, index=["empty"], columns=TRUSTS.columns)
    straight = weight_sensitivity(ours, TRUSTS, weights)
    mixed = weight_sensitivity(ours, pd.concat([empty, TRUSTS[::-1]]), weights)

    pd.testing.assert_frame_equal(mixed.table.loc[TRUSTS.index], straight.table, check_categorical=False)
    assert (mixed.unstable, mixed.kendall_tau) == (straight.unstable, pytest.approx(straight.kendall_tau))


@pytest.mark.parametrize(
    "weights",
    [
        pd.DataFrame({"timely": [0.5]}),
        pd.DataFrame({"timely": [NAN]}),
        pd.DataFrame({"timely": [1.0, 1.1]}),
        pd.DataFrame({"timely": pd.Series(dtype=float)}),
    ],
)
def test_weights_that_are_none_are_a_mistake(weights):
    with pytest.raises(ValueError, match="weights must be from 0 and add up to 1"):
        weight_sensitivity(one_measure(), pd.DataFrame({"timely": [0.9]}), weights)


def test_a_negative_weight_is_a_mistake():
    weights = pd.DataFrame({"timely": [1.5], "complete": [-0.5], "overdue": [0.0]})

    with pytest.raises(ValueError, match="weights must be from 0 and add up to 1"):
        weight_sensitivity(two_domains(), TRUSTS, weights)


@pytest.mark.parametrize("concentration", [0, -1, math.inf, NAN])
def test_a_concentration_of_nothing_is_a_mistake(concentration):
    with pytest.raises(ValueError, match="the concentration must be above 0"):
        dirichlet_weights(two_domains(), concentration, seed=1)


def test_of_one_measure_none_can_be_left_out():
    with pytest.raises(ValueError, match="there must be another"):
        leave_one_out_weights(one_measure())
