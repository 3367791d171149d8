import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from performance.statistics.control_charts.icons import assurance, variation
from performance.statistics.control_charts.xmr import xmr
from performance.vocabulary import Polarity
from tests.oracles import control_charts as naive

NAN = math.nan
NOT_GIVEN = "a figure is not given"
NO_VARIATION = "there is no variation to set limits by"
NO_TARGET = "there is no target"
NO_JUDGEMENT = "neither way counts as good, so there is no meeting a target"

some_values = st.lists(st.one_of(st.none(), st.integers(0, 4), st.integers(0, 20)), min_size=1, max_size=16)
polarities = st.sampled_from(list(Polarity))


def one_series(*values: float | None, series: str = "a") -> pd.DataFrame:
    return pd.DataFrame({"series": series, "period": range(len(values)), "value": np.array(values, float)})


def frame_of(all_values: list[list[float | None]]) -> pd.DataFrame:
    frames = [one_series(*values, series=str(number)) for number, values in enumerate(all_values)]
    return pd.concat(frames, ignore_index=True)


def last_point(values: list[float | None]) -> naive.Point | None:
    points = [{"period": n, "segment": 0, "value": value} for n, value in enumerate(values)]
    charted = naive.xmr(points)
    return charted[max(charted)] if charted else None


def icon_of(values: list[float], polarity: Polarity) -> list[str]:
    frame = one_series(*values)
    return variation(frame, xmr(frame), polarity).loc["a", ["variation", "rule", "direction"]].tolist()


def assured(values: list[float | None], polarity: Polarity, target: float) -> list[str]:
    frame = one_series(*values)
    return assurance(frame, xmr(frame), polarity, target).loc["a", ["assurance", "reason"]].tolist()


@pytest.mark.oracle(of=variation)
@pytest.mark.oracle(of=assurance)
@settings(max_examples=60)
@given(st.lists(st.tuples(some_values, polarities, st.integers(-5, 25) | st.none()), min_size=1, max_size=4))
def test_icons_are_those_of_each_last_point(series):
    frame = frame_of([values for values, _, _ in series])
    names = [str(number) for number in range(len(series))]
    polarity = pd.Series([polarity for _, polarity, _ in series], names)
    target = pd.Series([target for _, _, target in series], names, dtype=float)
    chart = xmr(frame)

    varies, assures = variation(frame, chart, polarity[::-1]), assurance(frame, chart, polarity, target[::-1])

    for name, (values, good, aim) in zip(names, series, strict=True):
        point = last_point(values)
        icons = (varies.loc[name, "variation"], assures.loc[name, "assurance"])
        expected = ("cannot-tell", "cannot-tell")
        if point:
            expected = (naive.variation_icon(point, good), naive.assurance_icon(point, good, aim))
        assert icons == expected
        assert (varies.loc[name, "reason"] != "") == (icons[0] == "cannot-tell")
        assert (assures.loc[name, "reason"] != "") == (icons[1] == "cannot-tell")


@pytest.mark.worked_example(of=variation)
@pytest.mark.parametrize(
    ("polarity", "up", "down"),
    [
        (Polarity.HIGHER, "improvement", "concern"),
        (Polarity.LOWER, "concern", "improvement"),
        (Polarity.NONE, "high", "low"),
    ],
)
def test_a_special_cause_is_good_or_bad_by_polarity(polarity, up, down):
    """Ups and downs of 1, and a last point 5 from the mean."""
    steady = [5, 6, 5, 4] * 4

    assert icon_of([*steady, 10], polarity) == [up, "outside-limits", "high"]
    assert icon_of([*steady, 0], polarity) == [down, "outside-limits", "low"]
    assert icon_of([10, *steady], polarity) == ["common-cause", "", ""]


@pytest.mark.worked_example(of=variation)
def test_a_rise_is_an_improvement_even_below_the_mean():
    values = [20, 18] * 10 + [1, 2, 3, 4, 5, 6, 7]
    frame = one_series(*values).assign(value=lambda table: table["value"] / 100)

    icons = variation(frame, xmr(frame, fix_after_n_points=12), Polarity.HIGHER)

    # Outside comes before a trend: a last point far below the mean is of concern, risen or not.
    assert icons.loc["a", "variation"] == "concern"
    assert icon_of([8, 0, 8, 0, 8, 0, 8, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7], Polarity.HIGHER) == [
        "improvement",
        "trend",
        "high",
    ]


@pytest.mark.worked_example(of=assurance)
@pytest.mark.parametrize(
    ("target", "expected"),
    [
        # Limits 5.5 - and + 2.66.
        (8.2, {"higher": "consistent-fail", "lower": "consistent-pass"}),
        (8.1, {"higher": "hit-and-miss", "lower": "hit-and-miss"}),
        (5.5, {"higher": "hit-and-miss", "lower": "hit-and-miss"}),
        (2.9, {"higher": "hit-and-miss", "lower": "hit-and-miss"}),
        (2.8, {"higher": "consistent-pass", "lower": "consistent-fail"}),
    ],
)
def test_a_target_is_passed_failed_or_hit_and_missed(target, expected):
    for polarity, icon in expected.items():
        assert assured([5, 6] * 8, Polarity(polarity), target) == [icon, ""]


def test_assurance_is_of_the_last_segment():
    """Before the rebase the limits hold the target, after it they lie above."""
    frame = one_series(*[5, 6] * 8, *[50, 51] * 8).assign(segment=[0] * 16 + [1] * 16)

    assert assurance(frame, xmr(frame), Polarity.HIGHER, 5.5).loc["a", "assurance"] == "consistent-pass"


def test_a_target_on_a_limit_is_hit_and_missed():
    frame = one_series(*[5, 6] * 8)
    chart = xmr(frame)

    for limit in ("upper_limit", "lower_limit"):
        icons = assurance(frame, chart, Polarity.HIGHER, float(chart[limit].iloc[0]))
        assert icons.loc["a", "assurance"] == "hit-and-miss"


@pytest.mark.parametrize(
    ("values", "polarity", "target", "reason"),
    [
        ([5, 6] * 8, Polarity.HIGHER, NAN, NO_TARGET),
        ([5, 6] * 8, Polarity.NONE, 5, NO_JUDGEMENT),
        ([5, 5, 5], Polarity.HIGHER, 5, NO_VARIATION),
        ([None, None], Polarity.LOWER, 5, NOT_GIVEN),
        ([None, None], Polarity.NONE, NAN, NO_TARGET),
    ],
)
def test_what_can_not_be_assured_has_a_reason(values, polarity, target, reason):
    assert assured(values, polarity, target) == ["cannot-tell", reason]


@pytest.mark.parametrize(
    ("values", "icon", "reason"),
    [
        ([5, 5, 5], "cannot-tell", NO_VARIATION),
        ([None], "cannot-tell", NOT_GIVEN),
        # The last point is the last with a figure.
        ([5, 6, 5, 6, 60, None], "improvement", ""),
    ],
)
def test_what_has_no_variation_icon_has_a_reason(values, icon, reason):
    frame = one_series(*values)

    icons = variation(frame, xmr(frame, screened=False), Polarity.HIGHER)

    assert icons.loc["a", ["variation", "reason"]].tolist() == [icon, reason]


def test_a_run_is_told_without_limits():
    frame = one_series(*[5] * 12, *[6] * 7)

    icons = variation(frame, xmr(frame, fix_after_n_points=12), Polarity.LOWER)

    assert icons.loc["a", ["variation", "rule", "reason"]].tolist() == ["concern", "shift", ""]


def test_trial_limits_are_stated():
    frame = pd.concat([one_series(*range(11), series="few"), one_series(*range(12), series="enough")])

    for icons in (
        variation(frame, xmr(frame), Polarity.NONE),
        assurance(frame, xmr(frame), Polarity.LOWER, 5),
    ):
        assert icons["is_trial"].to_dict() == {"enough": False, "few": True}


def test_series_come_in_order_whatever_the_order_of_rows():
    frame = pd.concat([one_series(1, 2, 3, series=name) for name in "cab"], ignore_index=True)
    shuffled = frame.sample(frac=1, random_state=1)

    icons = variation(frame, xmr(frame), Polarity.HIGHER)

    assert icons.index.tolist() == ["a", "b", "c"]
    pd.testing.assert_frame_equal(variation(shuffled, xmr(shuffled), Polarity.HIGHER), icons)


def test_nothing_in_is_nothing_out():
    frame = one_series()

    assert len(variation(frame, xmr(frame), Polarity.HIGHER)) == 0
    assert len(assurance(frame, xmr(frame), Polarity.HIGHER, 5)) == 0


@pytest.mark.parametrize("polarity", ["up", pd.Series(["higher"], ["b"]), pd.Series([None], ["a"])])
def test_every_series_needs_its_polarity(polarity):
    frame = one_series(1, 2)

    with pytest.raises(ValueError, match="every series needs its polarity"):
        variation(frame, xmr(frame), polarity)
    with pytest.raises(ValueError, match="every series needs its polarity"):
        assurance(frame, xmr(frame), polarity, 5)


def test_the_chart_must_be_that_of_the_frame():
    frame = one_series(1, 2)

    with pytest.raises(ValueError, match="the chart must have the rows of the frame"):
        variation(frame[:1], xmr(frame), Polarity.HIGHER)
