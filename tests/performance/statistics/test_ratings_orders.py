import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from performance.statistics.ratings.orders import dominance, kendall_tau, scoring_sensitivity
from performance.statistics.ratings.scheme import SignedScore, StepScore
from tests.oracles import ratings as oracle
from tests.performance.statistics.ratings_examples import (
    as_frame,
    as_scheme,
    one_measure,
    rated_trusts,
    two_domains,
)

NAN = math.nan
STEPS = StepScore((0.9, 1.0, 1.1))
CAPPED = SignedScore(0.1)

scores = st.integers(2, 8).flatmap(
    lambda trusts: st.lists(
        st.lists(st.integers(0, 4), min_size=trusts, max_size=trusts), min_size=2, max_size=5
    )
)


@pytest.mark.oracle(of=dominance)
@given(rated_trusts())
def test_dominance_is_found_pair_by_pair(example):
    scheme, trusts = example
    polarity = {measure["code"]: measure["polarity"] for measure in scheme["measures"]}
    whole = [place for place, trust in enumerate(trusts) if None not in trust.values()]
    pairs = sorted(
        (f"trust {i}", f"trust {j}")
        for i in whole
        for j in whole
        if oracle.dominates(trusts[i], trusts[j], polarity)
    )
    found = dominance(as_scheme(scheme), as_frame(trusts))

    assert list(found.pairs.itertuples(index=False, name=None)) == pairs
    for place, trust in enumerate(found.table.index):
        row = found.table.loc[trust]
        if place in whole:
            assert row["dominates"] == len([pair for pair in pairs if pair[0] == trust])
            assert row["dominated_by"] == len([pair for pair in pairs if pair[1] == trust])
            assert row["reason"] == ""
        else:
            assert row[["dominates", "dominated_by"]].isna().all()
            assert row["reason"] == "a figure is not given"


@pytest.mark.worked_example(of=dominance)
def test_dominance_by_hand():
    """Fewer overdue is better: London is ahead of Kent on that and level on the rest. Wales and
    Essex are alike, and Surrey, better on one and worse on another, is beside all."""
    rows = {
        "london": [0.9, 0.8, 0.1],
        "kent": [0.9, 0.8, 0.2],
        "wales": [0.5, 0.7, 0.2],
        "essex": [0.5, 0.7, 0.2],
        "surrey": [0.4, 0.9, 0.2],
    }
    frame = pd.DataFrame.from_dict(rows, orient="index", columns=["timely", "complete", "overdue"])
    found = dominance(two_domains(), frame)

    assert found.table["dominates"].tolist() == [3, 2, 0, 0, 0]
    assert found.table["dominated_by"].tolist() == [0, 1, 2, 2, 0]
    assert found.pairs["better"].tolist() == ["kent"] * 2 + ["london"] * 3
    assert found.pairs["worse"].tolist() == ["essex", "wales", "essex", "kent", "wales"]


@pytest.mark.parametrize(
    ("values", "dominates"), [([], []), ([0.9], [0]), ([0.9, 0.9], [0, 0]), ([0, 1.0], [0, 1])]
)
def test_dominance_of_few(values, dominates):
    found = dominance(one_measure(), pd.DataFrame({"timely": pd.Series(values, dtype=float)}))

    assert found.table["dominates"].tolist() == dominates
    assert len(found.pairs) == sum(dominates)


@pytest.mark.oracle(of=kendall_tau)
@given(scores)
def test_tau_is_counted_pair_by_pair(columns):
    published, *others = columns
    taus = [oracle.tau_b(published, other) for other in others]
    taus = [tau for tau in taus if tau is not None]
    found, reason = kendall_tau(np.array(published, dtype=float), np.array(others, dtype=float).T)

    if taus:
        assert (found, reason) == (pytest.approx(float(np.median(taus))), "")
    else:
        assert (found, reason) == (None, "all trusts have one score")


@pytest.mark.worked_example(of=kendall_tau)
def test_tau_by_hand():
    """1 2 3 4 against 1 3 2 4: five pairs agree and one doesn't. Without the third trust all do.
    Scores apart by a rounding error are tied: then of 1 2 2 4 four agree, which leaves
    5 / sqrt(6 * 5)."""
    published = np.array([1.0, 2, 3, 4])

    def tau(*other):
        return kendall_tau(published, np.array([other]).T)[0]

    assert tau(1.0, 3, 2, 4) == pytest.approx(4 / 6)
    assert tau(1.0, 3, NAN, 4) == pytest.approx(1)
    assert tau(1.0, 2, 2 + 1e-13, 4) == pytest.approx(5 / math.sqrt(30))


@pytest.mark.parametrize(
    ("published", "reason"),
    [
        ([], "2 rated trusts are needed and there are 0"),
        ([1.0], "2 rated trusts are needed and there are 1"),
        ([1.0, 1.0], "all trusts have one score"),
    ],
)
def test_no_order_has_no_tau(published, reason):
    assert kendall_tau(np.array(published), np.zeros((len(published), 3))) == (None, reason)


@pytest.mark.oracle(of=scoring_sensitivity)
@given(rated_trusts())
def test_ranks_by_other_scores_are_those_of_other_schemes(example):
    scheme, trusts = example
    found = scoring_sensitivity(as_scheme(scheme), as_frame(trusts), {"steps": STEPS})
    other = scheme | {"scoring": ("steps", {"edges": STEPS.edges, "lowest": 1})}
    published, stepped = ([oracle.rate(s, trust)["score"] for trust in trusts] for s in (scheme, other))
    told = [score is not None for score in published]
    for name, scores in (("published", published), ("steps", stepped)):
        ranks = iter(oracle.ranks([round(float(s), 9) for s in scores if s is not None]))
        expected = [next(ranks) if is_told else NAN for is_told in told]
        assert found.ranks[name].tolist() == pytest.approx(expected, nan_ok=True)


@pytest.mark.worked_example(of=scoring_sensitivity)
def test_other_scores_by_hand():
    """All have reached the top of delivery by steps and by capped distances, so protection
    decides, where Kent is best. z scores know no top: there Essex is 1.22 deviations above the
    mean on delivery and as far below on protection, which has a third of its weight."""
    frame = pd.DataFrame(
        {"timely": [1.0, 1.1, 1.2], "complete": [0.9, 1.0, 1.1], "overdue": [0.1, 0.2, 0.3]},
        index=["kent", "wales", "essex"],
    )
    found = scoring_sensitivity(two_domains(), frame, {"capped": CAPPED, "steps": STEPS})

    assert found.ranks["published"].tolist() == found.ranks["steps"].tolist() == [1, 2, 3]
    assert found.ranks["z"].tolist() == [3, 2, 1]
    assert found.ranks["capped"].tolist() == [1, 2, 3]
    assert found.kendall_tau == {
        "z": pytest.approx(-1),
        "capped": pytest.approx(1),
        "steps": pytest.approx(1),
    }


def test_z_scores_of_a_measure_on_which_all_are_alike_are_0():
    """0.1 + 0.2 is 0.3, but for rounding."""
    frame = pd.DataFrame({"timely": [0.3, 0.3, 0.1 + 0.2], "complete": [0.1] * 3, "overdue": [0.1, 0.2, 0.3]})

    assert scoring_sensitivity(two_domains(), frame, {}).ranks["z"].tolist() == [1, 2, 3]


def test_trusts_without_a_rating_have_no_rank_and_change_no_other():
    frame = pd.DataFrame({"timely": [0.95, 0.8, 0.7]}, index=["kent", "wales", "essex"])
    beside = pd.concat([frame, pd.DataFrame({"timely": [NAN]}, index=["empty"])])
    alone, found = (scoring_sensitivity(one_measure(), f, {"steps": STEPS}) for f in (frame, beside[::-1]))

    pd.testing.assert_frame_equal(found.ranks.loc[frame.index], alone.ranks, check_categorical=False)
    assert found.ranks.loc["empty"].isna().tolist() == [True, True, True, False]
    assert found.ranks["reason"]["empty"] == "less than 50% of the weight of delivery is there"
    assert found.kendall_tau == alone.kendall_tau


def test_own_targets_move_the_order_of_scores_but_not_of_z():
    frame = pd.DataFrame({"timely": [0.95, 0.9]}, index=["kent", "wales"])
    own = pd.DataFrame({"timely": [0.95, 0.8]}, index=["kent", "wales"])
    found = scoring_sensitivity(one_measure(), frame, {"steps": STEPS}, own)

    assert found.ranks["published"].tolist() == found.ranks["steps"].tolist() == [2, 1]
    assert found.ranks["z"].tolist() == [1, 2]


@pytest.mark.parametrize("values", [[], [0.9], [0.9, 0.9]])
def test_no_order_has_no_tau_by_any_score(values):
    found = scoring_sensitivity(one_measure(), pd.DataFrame({"timely": pd.Series(values, dtype=float)}), {})

    assert found.kendall_tau == {"z": None}
    assert found.ranks["z"].tolist() == [(len(values) + 1) / 2] * len(values)
