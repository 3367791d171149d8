import math

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from performance.statistics.control_charts.choice import suited_chart
from tests.oracles import control_charts_choice as naive

NAN = math.nan
NOT_GIVEN = "a figure is not given"
NO_CASES = "there are no cases"
FEW = "there are usually fewer than 5 cases of the rarer outcome, for which an XmR chart signals too often"
MANY = "there are usually more than 1,000 cases, for which a p chart's limits are too narrow"
CHANGING = "the number of cases strays by more than 25% from its average, and the limits must follow it"
ENOUGH = "there are enough cases, and about as many in each period"

Counts = list[tuple[float | None, float | None]]


@st.composite
def some_counts(draw) -> Counts:
    middle, spread = draw(st.sampled_from([8, 40, 100, 1000, 4000])), draw(st.integers(0, 50))
    counts: Counts = []
    for _ in range(draw(st.integers(1, 8))):
        n = middle + middle * draw(st.integers(-spread, spread)) // 100
        share = draw(st.sampled_from([0, 2, 10, 50, 95, 100]))
        counts.append(draw(st.sampled_from([(n * share // 100, n)] * 6 + [(None, n), (None, None), (0, 0)])))
    return counts


def frame_of(*series: Counts) -> pd.DataFrame:
    rows = [
        (f"series {number}", period, x, n)
        for number, counts in enumerate(series)
        for period, (x, n) in enumerate(counts)
    ]
    return pd.DataFrame(rows, columns=["series", "period", "x", "n"]).astype({"x": float, "n": float})


def choice(*counts: tuple[float | None, float | None]) -> list[str]:
    return suited_chart(frame_of(list(counts))).loc["series 0", ["chart", "because", "reason"]].tolist()


@pytest.mark.oracle(of=suited_chart)
@settings(max_examples=100)
@given(st.lists(some_counts(), min_size=1, max_size=4), st.randoms(use_true_random=False))
def test_the_chart_is_what_the_rule_of_thumb_says(series, random):
    frame = frame_of(*series)
    order = list(frame.index)
    random.shuffle(order)

    table = suited_chart(frame.loc[order])

    assert table["chart"].tolist() == [naive.suited_chart(counts) for counts in series]
    assert ((table["because"] == "") == (table["chart"] == "none")).all()
    assert ((table["reason"] != "") == (table["chart"] == "none")).all()


@pytest.mark.worked_example(of=suited_chart)
@pytest.mark.parametrize(
    ("counts", "chart", "because"),
    [
        # 95% of 40: 2 are expected not to be counted. An XmR chart flags a third of such, if stable.
        ([(38, 40)] * 24, "p-chart", FEW),
        ([(2, 40)] * 24, "p-chart", FEW),
        ([(95, 100)] * 24, "xmr", ENOUGH),
        ([(5, 100)] * 24, "xmr", ENOUGH),
        ([(96, 100)] * 24, "p-chart", FEW),
        # Few of thousands are as few as of forty.
        ([(1, 2000)] * 24, "p-chart", FEW),
        ([(500, 1000)] * 24, "xmr", ENOUGH),
        ([(500, 1001)] * 24, "laney-p-chart", MANY),
        ([(500, 2000), (500, 4000)] * 12, "laney-p-chart", MANY),
        # Of 100 on average, 75 and 125 are within a quarter, and 74 and 126 are not.
        ([(50, 75), (50, 125)] * 12, "xmr", ENOUGH),
        ([(50, 74), (50, 126)] * 12, "p-chart", CHANGING),
        ([(50, 100)] * 23 + [(50, 60)], "p-chart", CHANGING),
        ([(50, 100), (None, 9), (9, None), (0, 0)], "xmr", ENOUGH),
        ([(50, 100)], "xmr", ENOUGH),
    ],
)
def test_the_chart_comes_with_its_sentence(counts, chart, because):
    assert choice(*counts) == [chart, because, ""]


@pytest.mark.parametrize(
    ("counts", "reason"),
    [
        ([(None, 10), (1, None)], NOT_GIVEN),
        ([(0, 0), (0, 0)], NO_CASES),
        ([(0, 0), (None, None)], NO_CASES),
        ([(None, 0)], NOT_GIVEN),
    ],
)
def test_a_series_without_shares_gets_no_chart(counts, reason):
    assert choice(*counts) == ["none", "", reason]


def test_what_is_left_over_chooses_like_what_is_counted():
    frame = frame_of([(3, 40)] * 12, [(30, 60), (50, 100)], [(9, 2000)] * 12, [(45, 50)] * 24)

    turned = suited_chart(frame.assign(x=frame["n"] - frame["x"]))

    pd.testing.assert_frame_equal(turned, suited_chart(frame))


def test_rolling_years_get_no_chart():
    frame = frame_of([(50, 100), (50, 100)], [(50, 100), (50, 100)])
    frame["period_start"] = pd.to_datetime(["2008-04-01", "2008-07-01", "2008-04-01", "2009-04-01"])
    frame["period_end"] = pd.to_datetime(["2009-03-31", "2009-06-30", "2009-03-31", "2010-03-31"])

    table = suited_chart(frame)

    assert table["chart"].tolist() == ["none", "xmr"]
    assert "64 to 91 of 100" in table["reason"].iloc[0]


def test_nothing_in_is_nothing_out():
    table = suited_chart(frame_of())

    assert table.columns.tolist() == ["chart", "because", "reason"] and len(table) == 0


@pytest.mark.parametrize(
    ("frame", "message"),
    [
        (frame_of([(11, 10)]), "a count must be from 0 to its denominator"),
        (frame_of([(1, math.inf)]), "a figure can't be infinite"),
        (frame_of([(1, 10)]).drop(columns="x"), "the frame lacks x"),
        (frame_of([(1, 10), (1, 10)]).assign(period=1), "a series has a period twice"),
    ],
)
def test_impossible_counts_are_a_mistake(frame, message):
    with pytest.raises(ValueError, match=message):
        suited_chart(frame)
