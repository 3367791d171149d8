import datetime
import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from performance.statistics.divergence.lag import (
    CONSTANT_OUTCOME,
    CONSTANT_PROCESS,
    NO_WINDOW,
    OVERLAP,
    SAME_MEAN,
    Association,
    lagged_association,
)
from tests.oracles import divergence as naive

NAN = math.nan
FIGURES = ["coefficient", "standard_error", "lower", "upper", "p"]
WITHIN = ["lag", "same-year", "placebo-lead"]

seeds = st.integers(0, 10_000)
few = settings(max_examples=4)


def panel(seed: int, trusts: int = 12, years: int = 5, gaps: float = 0.0) -> pd.DataFrame:
    draw = np.random.default_rng(seed)
    keys = [(f"trust {i}", 2005 + t) for i in range(trusts) for t in range(years)]
    frame = pd.DataFrame(keys, columns=["trust", "year"])
    frame["process"] = draw.normal(size=len(frame))
    frame["outcome"] = draw.normal(size=len(frame))
    frame["weight"] = draw.uniform(0.5, 3, len(frame))
    for name in ("process", "outcome", "weight"):
        frame.loc[draw.random(len(frame)) < gaps, name] = NAN
    return frame


def associated(frame: pd.DataFrame, **options) -> pd.DataFrame:
    options = {"seed": 1, "permutations": 49} | options
    return lagged_association(frame, **options)


def too_few(trusts: int) -> str:
    return f"10 trusts with both figures are needed and there are {trusts}"


def too_few_pairs(trusts: int) -> str:
    return f"10 trusts with two pairs of years are needed and there are {trusts}"


def paired(frame: pd.DataFrame, ahead: int) -> list[naive.Pair]:
    """By looking every outcome up; trusts with one pair are left out."""
    rows = {(row.trust, row.year): row for row in frame.itertuples()}
    found = []
    for (trust, year), row in sorted(rows.items()):
        other = rows.get((trust, year + ahead))
        if other is not None and not any(map(math.isnan, (row.process, other.outcome, other.weight))):
            found.append((trust, year, row.process, other.outcome, other.weight))
    return [pair for pair in found if sum(other[0] == pair[0] for other in found) > 1]


@pytest.mark.oracle(of=lagged_association)
@few
@given(seeds, st.sampled_from([0.0, 0.1]))
def test_the_three_within_trusts_are_regressions_on_dummies_with_sandwich_errors(seed, gaps):
    frame = panel(seed, gaps=gaps)
    result = associated(frame)

    for word, ahead in (("lag", 1), ("same-year", 0), ("placebo-lead", -1)):
        pairs = paired(frame, ahead)
        slope, error = naive.slope(pairs)
        trusts = len({pair[0] for pair in pairs})
        half = stats.t.ppf(0.975, trusts - 1) * error
        expected = [slope, error, slope - half, slope + half]
        assert list(result.loc[word, FIGURES[:-1]]) == pytest.approx(expected, abs=1e-8)
        assert (result.loc[word, "n"], result.loc[word, "trusts"]) == (len(pairs), trusts)


@pytest.mark.oracle(of=lagged_association)
@few
@given(seeds, st.sampled_from([0.0, 0.1]))
def test_between_trusts_it_is_a_line_through_their_means(seed, gaps):
    frame = panel(seed, gaps=gaps)
    known = frame.dropna()
    means = [
        [np.average(own[name], weights=own["weight"]) for name in ("process", "outcome")]
        + [own["weight"].sum()]
        for _, own in known.groupby("trust")
    ]

    row = associated(frame).loc["between-trusts"]

    assert row["coefficient"] == pytest.approx(naive.simple_slope(*map(list, zip(*means, strict=True))))
    assert row["n"] == row["trusts"] == known["trust"].nunique()


@pytest.mark.oracle(of=lagged_association)
@pytest.mark.parametrize("seed", range(3))
def test_p_lays_each_trusts_process_beside_anothers_outcomes(seed):
    """Shuffled and fitted one by one: 300 shuffles leave about 0.05 open."""
    frame = panel(seed, trusts=10, years=4)
    wide = {name: frame.pivot(index="trust", columns="year", values=name) for name in ("process", "outcome")}
    draw = np.random.default_rng(seed)

    def lag(order) -> float:
        x, y = wide["process"].to_numpy()[order, :-1], wide["outcome"].to_numpy()[:, 1:]
        cells = [(i, t, x[i, t], y[i, t], 1.0) for i in range(10) for t in range(3)]
        return naive.slope(cells)[0]

    observed = abs(lag(np.arange(10)))
    steep = sum(abs(lag(draw.permutation(10))) >= observed for _ in range(300))

    p = associated(frame.drop(columns="weight"), permutations=1_999).loc["lag", "p"]
    assert p == pytest.approx(steep / 300, abs=0.09)


@pytest.mark.worked_example(of=lagged_association)
def test_an_outcome_that_follows_the_process_is_found_in_the_lag_alone():
    """The outcome is twice last year's process, and a level of each trust and year: the slope is 2."""
    frame = panel(7, trusts=20, years=6)
    last_year = frame.groupby("trust")["process"].shift()
    levels = frame["year"] - 2005 + frame["trust"].str.len()
    frame["outcome"] = (2 * last_year + levels).fillna(0.0)
    frame.loc[frame["year"] == 2005, "outcome"] = NAN

    result = associated(frame, permutations=999)

    assert list(result.loc["lag", ["coefficient", "lower", "upper"]]) == pytest.approx([2, 2, 2])
    assert result.loc["lag", "p"] == 0.001
    assert result.loc["lag", "n"] == 100
    assert abs(result.loc["same-year", "coefficient"]) < 1
    assert list(result.index) == list(map(str, Association))
    assert set(result["reason"]) == {""}


def test_good_trusts_with_good_outcomes_are_found_between_trusts_alone():
    frame = panel(3, trusts=30, years=6).assign(weight=1.0)
    level = frame["trust"].map({f"trust {i}": float(i) for i in range(30)})

    result = associated(frame.assign(process=frame["process"] + level, outcome=frame["outcome"] + 3 * level))

    assert result.loc["between-trusts", "coefficient"] == pytest.approx(3, abs=0.1)
    assert (result.loc[WITHIN, "coefficient"].abs() < 0.3).all()


@few
@given(seeds)
def test_the_order_of_rows_and_the_names_of_trusts_make_no_difference(seed):
    frame = panel(seed, gaps=0.1)
    renamed = frame.assign(
        trust=frame["trust"].str.upper().astype("category"), year=frame["year"].astype(float)
    )

    plain = associated(frame)
    pd.testing.assert_frame_equal(associated(frame.sample(frac=1, random_state=seed)), plain)
    pd.testing.assert_frame_equal(associated(renamed), plain)


@few
@given(seeds)
def test_rows_without_figures_make_no_difference(seed):
    frame = panel(seed)
    empty = pd.DataFrame({"trust": ["trust 0", "a trust"], "year": [2020, 2005]})

    pd.testing.assert_frame_equal(associated(pd.concat([frame, empty])), associated(frame))


@few
@given(seeds)
def test_units_change_the_coefficient_alone(seed):
    frame = panel(seed)
    plain, changed = associated(frame), associated(frame.assign(process=100 * frame["process"] + 5))

    pd.testing.assert_series_equal(100 * changed["coefficient"], plain["coefficient"])
    pd.testing.assert_series_equal(changed["p"], plain["p"])


def test_a_seed_gives_the_same_p_again_and_weights_default_to_alike():
    frame = panel(5)

    pd.testing.assert_frame_equal(associated(frame, seed=9), associated(frame, seed=9))
    pd.testing.assert_frame_equal(
        associated(frame.drop(columns="weight")), associated(frame.assign(weight=2.0))
    )


def test_less_confidence_is_a_narrower_interval():
    wide, narrow = associated(panel(5)), associated(panel(5), confidence=0.8)

    assert (narrow["lower"] > wide["lower"]).all()
    assert (narrow["upper"] < wide["upper"]).all()


def test_only_years_that_follow_one_another_make_a_pair():
    """Without 2007 of five years there are two pairs: 2005 with 2006, and 2008 with 2009."""
    frame = panel(5).query("year != 2007")

    result = associated(frame)

    assert list(result["n"]) == [24, 48, 24, 12]
    assert set(result["reason"]) == {""}


@pytest.mark.parametrize(
    ("frame", "within", "between"),
    [
        (panel(1).iloc[:0], "3 years are needed and there are 0", too_few(0)),
        (panel(1, trusts=1), too_few_pairs(1), too_few(1)),
        (panel(1, trusts=9), too_few_pairs(9), too_few(9)),
        (panel(1, years=2), "3 years are needed and there are 2", ""),
        (panel(1).assign(process=1.0), CONSTANT_PROCESS, SAME_MEAN),
        (panel(1).assign(outcome=0.1), CONSTANT_OUTCOME, SAME_MEAN),
        (panel(1).assign(process=panel(1)["trust"].str.len() / 3), CONSTANT_PROCESS, ""),
        (panel(1).assign(process=panel(1)["year"] / 7, weight=1.0), CONSTANT_PROCESS, SAME_MEAN),
        (panel(1).assign(process=NAN), too_few_pairs(0), too_few(0)),
    ],
)
def test_too_little_has_no_figure_but_a_reason(frame, within, between):
    result = associated(frame)

    assert list(result["reason"]) == [within] * 3 + [between]
    assert result.loc[result["reason"] != "", FIGURES].isna().all(axis=None)
    assert result.loc[result["reason"] == "", FIGURES].notna().all(axis=None)


def test_years_that_never_follow_one_another_have_no_lag():
    frame = panel(5).assign(year=lambda rows: 2 * rows["year"])

    reasons = associated(frame)["reason"]

    reason = too_few_pairs(0)
    assert list(reasons) == [reason, "", reason, ""]


def test_a_trust_with_one_pair_is_left_out():
    alone = panel(1, trusts=13, years=2).query("trust == 'trust 12'")
    frame = pd.concat([panel(5), alone])

    result = associated(frame)

    pd.testing.assert_frame_equal(result.loc[["lag"]], associated(panel(5)).loc[["lag"]])
    assert list(result["trusts"]) == [12, 13, 12, 13]


def test_fewer_pairs_than_effects_are_refused():
    """Ten trusts with two pairs each, in years of their own: 20 pairs for 10 + 20 effects."""
    years = [(f"trust {i}", 3 * i + t) for i in range(10) for t in range(3)]
    frame = pd.DataFrame(years, columns=["trust", "year"])
    frame["process"], frame["outcome"] = np.random.default_rng(1).normal(size=(2, 30))

    assert associated(frame).loc["lag", "reason"] == "31 pairs of years are needed and there are 20"


def windows(frame: pd.DataFrame, months: int) -> pd.DataFrame:
    """The process's window is its year; the outcome's starts so many months after 1 January."""
    years = frame["year"]
    return frame.assign(
        process_end=[datetime.date(year, 12, 31) for year in years],
        outcome_start=[datetime.date(year + months // 12, 1 + months % 12, 1) for year in years],
    )


@pytest.mark.parametrize(
    ("months", "reason"),
    # The outcome of the next year starts on its 1 January, the day after; or 3 months before that.
    [(0, ""), (6, ""), (-1, OVERLAP), (-3, OVERLAP)],
)
def test_a_lag_is_refused_where_windows_overlap(months, reason):
    frame = panel(5)
    result = associated(windows(frame, months))

    assert list(result["reason"]) == [reason, "", "", ""]
    pd.testing.assert_frame_equal(result.iloc[1:], associated(frame).iloc[1:])


def test_one_window_that_overlaps_or_is_not_known_refuses_the_lag():
    late, unknown = windows(panel(5), 0), windows(panel(5), 0)
    late.loc[3, "process_end"] = datetime.date(2009, 1, 1)
    unknown.loc[3, "outcome_start"] = None

    assert associated(late).loc["lag", "reason"] == OVERLAP
    assert associated(unknown).loc["lag", "reason"] == NO_WINDOW


@pytest.mark.parametrize(
    ("frame", "message"),
    [
        (panel(1).drop(columns="outcome"), "has the columns"),
        (panel(1).rename(columns={"weight": "weights"}), "has the columns"),
        (windows(panel(1), 0).drop(columns="process_end"), "go together"),
        (pd.concat([panel(1), panel(1).iloc[:1]]), "no trust has a year twice"),
        (panel(1).assign(trust=None), "needs a trust and a year"),
        (panel(1).assign(year=NAN), "needs a trust and a year"),
        (panel(1).assign(year=panel(1)["year"] + 0.5), "whole number"),
        (panel(1).assign(weight=0.0), "weight must be above 0"),
        (panel(1).assign(process=math.inf), "infinite"),
    ],
)
def test_mistakes_are_refused(frame, message):
    with pytest.raises(ValueError, match=message):
        associated(frame)


def test_a_confidence_beyond_0_to_1_is_a_mistake():
    with pytest.raises(ValueError, match="confidence"):
        associated(panel(1), confidence=95)


@pytest.mark.slow
def test_p_is_uniform_where_histories_are_long_and_unrelated():
    """Process and outcome each wander from year to year, so that errors of single years would
    be far too small. Shuffled as whole histories they aren't."""
    levels = np.array([0.05, 0.1, 0.25, 0.5, 0.75])
    draw = np.random.default_rng(17)
    found = []
    for seed in range(500):
        frame = panel(seed, trusts=20, years=6).drop(columns="weight")
        for name in ("process", "outcome"):
            frame[name] = draw.normal(size=(20, 6)).cumsum(axis=1).ravel()
        found.append(associated(frame, seed=seed, permutations=199)["p"].to_numpy())

    sizes = (np.array(found)[:, :, None] <= levels).mean(axis=0)
    assert sizes[:, 0] == pytest.approx(0.05, abs=0.03)
    assert sizes == pytest.approx(np.broadcast_to(levels, (4, 5)), abs=0.07)
