"""Which control chart suits which series of shares."""

import numpy as np
import pandas as pd

from performance.statistics.columns import (
    NO_CASES,
    NOT_GIVEN,
    Booleans,
    Floats,
    check_counts,
    floats,
    in_words,
    is_missing,
)
from performance.statistics.control_charts.long_frame import OVERLAPPING, LongFrame, in_order
from performance.statistics.control_charts.proportions import FEW_CASES
from performance.vocabulary import ControlChart

# A rule of thumb, ours: a p chart knows the ups and downs that come from counting cases better
# than moving ranges tell them, where these are most of all there is, or change with the cases.
MANY_CASES, UNEVEN = 1000, 0.25

FEW = "there are usually fewer than 5 cases of the rarer outcome, for which an XmR chart signals too often"
MANY = "there are usually more than 1,000 cases, for which a p chart's limits are too narrow"
CHANGING = "the number of cases strays by more than 25% from its average, and the limits must follow it"
ENOUGH = "there are enough cases, and about as many in each period"


def suited_chart(frame: pd.DataFrame) -> pd.DataFrame:
    """Which chart suits each series of shares; what is no share of cases gets an XmR chart.

    frame: series, x (cases counted), n (cases in all) and period, or period_start and period_end,
    as for `p_chart`; periods without counts or cases are left out.
    Returns, indexed by series in order: chart (a word of `ControlChart`), because (the sentence
    that goes with it) and reason: not given, no cases, or periods that overlap. In this order:
    - p chart: fewer than 5 cases of the rarer outcome, counted or not, in the median period
    - Laney's p': more than 1,000 cases in the median period
    - p chart: in some period the cases are over 25% away from their average
    - XmR: otherwise
    Raises ValueError as `p_chart` does.
    """
    ordered = in_order(frame, "x", "n")
    x, n = (floats(frame[column])[ordered.row] for column in ("x", "n"))
    check_counts(x, n)
    sizes = _sizes(ordered, x, n)
    overlaps = ordered.overlaps[ordered.starts_series]
    is_few = (sizes["rarer"] < FEW_CASES).to_numpy()
    is_many = (sizes["median"] > MANY_CASES).to_numpy()
    is_uneven = (sizes["strays"] > UNEVEN).to_numpy()
    has_none = overlaps | sizes["median"].isna().to_numpy()
    cases = (has_none, is_few, is_many, is_uneven)
    charts = (ControlChart.NONE, ControlChart.P, ControlChart.LANEY, ControlChart.P)
    sentences = ("", FEW, MANY, CHANGING)
    chart = in_words(len(sizes), *zip(cases, charts, strict=True), otherwise=ControlChart.XMR)
    because = in_words(len(sizes), *zip(cases, sentences, strict=True), otherwise=ENOUGH)
    is_nil = _any_by_series(ordered, (n == 0) & ~np.isnan(x))
    reason = in_words(
        len(sizes), (overlaps, OVERLAPPING), (has_none & is_nil, NO_CASES), (has_none, NOT_GIVEN)
    )
    names = pd.Index(frame["series"].to_numpy()[ordered.row[ordered.starts_series]], name="series")
    return pd.DataFrame({"chart": chart, "because": because, "reason": reason}, names).sort_index()


def _sizes(ordered: LongFrame, x: Floats, n: Floats) -> pd.DataFrame:
    """By series, NaN without cases: cases in the median period, those of the rarer outcome, and
    how far, as a part of their mean, cases get away from it."""
    told = ~is_missing(x, n) & (n > 0)
    points = pd.DataFrame({"series": ordered.series, "x": x, "n": n})[told].groupby("series")
    cases = points["n"].agg(["median", "mean", "min", "max"])
    counted, every = points["x"].sum(), points["n"].sum()
    sizes = pd.DataFrame(
        {
            "median": cases["median"],
            "rarer": cases["median"] * (np.minimum(counted, every - counted) / every),
            "strays": np.maximum(cases["max"] - cases["mean"], cases["mean"] - cases["min"]) / cases["mean"],
        }
    )
    return sizes.reindex(range(int(ordered.starts_series.sum())))


def _any_by_series(ordered: LongFrame, marks: Booleans) -> Booleans:
    return np.bincount(ordered.series, weights=marks) > 0
