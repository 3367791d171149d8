import math
from fractions import Fraction

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from performance.statistics.ratings.kinds import kind_shares, reweighted, weights_by_kind
from performance.statistics.ratings.scores import measure_scores, rate
from performance.statistics.ratings.tables import as_array
from tests.oracles import ratings as oracle
from tests.performance.statistics.ratings_examples import (
    BANDS,
    as_frame,
    as_scheme,
    rated_trusts,
    schemes,
    two_domains,
)

NAN = math.nan
KINDS = ("timeliness", "outcome", "volume")
OWN = {"timely": "timeliness", "complete": "outcome", "overdue": "timeliness"}

parts = st.integers(0, 3).map(Fraction)


@st.composite
def kinds_of(draw, scheme):
    """Of each measure a kind, and sets of shares of these."""
    kinds = {measure["code"]: draw(st.sampled_from(KINDS)) for measure in scheme["measures"]}
    share = st.fixed_dictionaries({kind: parts for kind in KINDS})
    return kinds, draw(st.lists(share, min_size=1, max_size=4))


@st.composite
def kinds_of_trusts(draw):
    scheme, trusts = draw(rated_trusts())
    return scheme, trusts, *draw(kinds_of(scheme))


def shares_of(sets) -> pd.DataFrame:
    return pd.DataFrame(sets, columns=list(KINDS)).astype(float)


def scores_of(scheme, trusts) -> pd.DataFrame:
    ours, frame = as_scheme(scheme), as_frame(trusts)
    scored = measure_scores(ours, as_array(frame, ours.codes), ours.targets)
    return pd.DataFrame(scored, frame.index, ours.codes)


@pytest.mark.oracle(of=weights_by_kind)
@given(schemes().flatmap(lambda scheme: st.tuples(st.just(scheme), kinds_of(scheme))))
def test_each_kind_divides_its_share_as_the_scheme_does(example):
    scheme, (kinds, sets) = example

    found = weights_by_kind(as_scheme(scheme), kinds, shares_of(sets))

    for row, shares in enumerate(sets):
        wanted = oracle.weights_by_kind(oracle.whole_weights(scheme), kinds, shares)
        if wanted is None:
            assert found.iloc[row].isna().all()
        else:
            assert found.iloc[row].to_dict() == pytest.approx({c: float(w) for c, w in wanted.items()})


@pytest.mark.oracle(of=reweighted)
@given(kinds_of_trusts())
def test_scores_and_bands_are_those_of_the_scheme_with_such_weights(example):
    scheme, trusts, kinds, sets = example
    ours = as_scheme(scheme)

    found = reweighted(ours, scores_of(scheme, trusts), weights_by_kind(ours, kinds, shares_of(sets)))

    assert len(found) == len(trusts) * len(sets)
    for place, values in enumerate(trusts):
        for number, shares in enumerate(sets):
            row = found.loc[(f"trust {place}", number)]
            weights = oracle.weights_by_kind(oracle.whole_weights(scheme), kinds, shares)
            score, band = (
                (None, None) if weights is None else oracle.rate_with_weights(scheme, values, weights)
            )
            if score is None:
                assert math.isnan(row["score"]) and pd.isna(row["band"])
                assert row["reason"] == (
                    "the rating scores no measure of a kind that would count"
                    if weights is None
                    else "no measure that would count has a score"
                )
            else:
                assert row["score"] == pytest.approx(float(score))
                assert (row["band"], row["reason"]) == (band, "")


@pytest.mark.oracle(of=kind_shares)
@given(rated_trusts(), st.data())
def test_the_schemes_own_shares_change_no_rating(example, data):
    scheme, trusts = example
    kinds, _ = data.draw(kinds_of(scheme))
    ours, frame = as_scheme(scheme), as_frame(trusts)
    shares = kind_shares(ours, kinds)
    wanted = oracle.whole_weights(scheme)

    assert shares.to_dict() == pytest.approx(
        {
            kind: float(sum(weight for code, weight in wanted.items() if kinds[code] == kind))
            for kind in {kinds[code] for code in ours.codes}
        }
    )
    found = reweighted(ours, scores_of(scheme, trusts), weights_by_kind(ours, kinds, shares.to_frame().T))
    rated = rate(ours, frame)
    is_rated = rated["band"].notna().to_numpy()
    assert found["score"].to_numpy()[is_rated] == pytest.approx(rated["score"].to_numpy()[is_rated])
    assert list(found["band"][is_rated]) == list(rated["band"][is_rated])


@pytest.mark.worked_example(of=kind_shares)
@pytest.mark.worked_example(of=weights_by_kind)
def test_weights_of_kinds_by_hand():
    """Delivery is 3/4 of the whole, of which timely has three parts and complete one: 9/16, 3/16, and
    overdue 1/4. Of the 13/16 of timeliness timely has 9/13; of the outcome complete has all."""
    ours = two_domains()
    shares = pd.DataFrame(
        {"timeliness": [1.0, 0.0, 1.0, 0.0], "outcome": [0.0, 2.0, 1.0, 0.0], "volume": [5.0, 0.0, 0.0, 1.0]},
        index=["timeliness", "outcome", "equal", "volume"],
    )

    found = weights_by_kind(ours, OWN, shares)

    assert kind_shares(ours, OWN).to_dict() == pytest.approx({"timeliness": 13 / 16, "outcome": 3 / 16})
    assert found.loc["timeliness"].tolist() == pytest.approx([9 / 13, 0, 4 / 13])
    assert found.loc["outcome"].tolist() == [0, 1, 0]
    assert found.loc["equal"].tolist() == pytest.approx([9 / 26, 1 / 2, 4 / 26])
    assert found.loc["volume"].isna().all()


@pytest.mark.worked_example(of=reweighted)
def test_bands_under_weights_of_kinds_by_hand():
    """Kent scores 4 on timely, 1 on overdue and lacks complete: with timeliness alone 9/13 of 4 and 4/13
    of 1, which is 40/13. With half for the outcome delivery, timely's 9/26 and complete's 13/26, has
    22/26 and is 4 by timely alone: 92/26."""
    ours = two_domains()
    scores = pd.DataFrame({"timely": [4.0], "complete": [NAN], "overdue": [1.0]}, index=["kent"])
    shares = pd.DataFrame(
        {"timeliness": [1.0, 0.0, 1.0, 0.0], "outcome": [0.0, 1.0, 1.0, 0.0]},
        index=["timeliness", "outcome", "equal", "none"],
    )

    found = reweighted(ours, scores, weights_by_kind(ours, OWN, shares)).loc["kent"]

    assert found["score"].tolist() == pytest.approx([40 / 13, NAN, 92 / 26, NAN], nan_ok=True)
    assert found["band"].astype(object).where(found["band"].notna(), "").tolist() == [
        BANDS[2],
        "",
        BANDS[3],
        "",
    ]
    assert found["reason"].tolist() == [
        "",
        "no measure that would count has a score",
        "",
        "the rating scores no measure of a kind that would count",
    ]


def test_no_trust_has_no_row():
    scores = pd.DataFrame(columns=["timely", "complete", "overdue"], dtype=float)
    weights = weights_by_kind(two_domains(), OWN, pd.DataFrame({"outcome": [1.0]}))

    assert reweighted(two_domains(), scores, weights).empty


@pytest.mark.parametrize("share", [-1.0, NAN, math.inf])
def test_a_share_that_is_none_is_a_mistake(share):
    with pytest.raises(ValueError, match="the share of a kind must be a number from 0"):
        weights_by_kind(two_domains(), OWN, pd.DataFrame({"outcome": [share]}))
