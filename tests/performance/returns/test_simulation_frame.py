"""Simulated returns as a calculation's frame, and a frame as large as is wanted."""

import re

import pandas as pd
import pytest

from performance.frameworks.reader import read_definitions
from performance.returns.simulation import Simulation, frame_of, simulate
from performance.returns.simulation.scaled import scaled

MEASURES = read_definitions().measures
KEY = ["measure", "organisation", "period_start", "period_end"]


@pytest.fixture(scope="module")
def simulation() -> Simulation:
    return simulate(1)


@pytest.fixture(scope="module")
def frame(simulation) -> pd.DataFrame:
    return frame_of(simulation)


def test_the_frame_holds_every_figure_of_the_returns(simulation, frame):
    numbers = ["numerator", "denominator", "expected", "target"]
    ours = frame.astype({"measure": str, "organisation": str}).set_index(KEY)
    sent = simulation.returns.set_index(KEY).loc[ours.index]
    pd.testing.assert_frame_equal(ours[numbers], sent[numbers])
    for text in ("status", "framework", "note"):
        assert (ours[text].astype(str) == sent[text]).all()


def test_it_says_of_a_measure_and_a_trust_what_their_definitions_say(frame):
    for code, rows in frame.astype({"measure": str}).groupby("measure"):
        found = {word: set(rows[word].astype(str)) for word in ("kind", "polarity", "unit")}
        definition = MEASURES[code]
        assert found == {word: {str(getattr(definition, word))} for word in found}, code
    london = frame[frame["organisation"] == "london"]
    assert set(london["region"]) == {"london-region"}
    assert set(frame["organisation_kind"]) == {"trust"}


def test_a_share_has_the_value_that_its_counts_come_to(frame):
    share = frame[(frame["unit"] == "share") & (frame["status"] == "reported")]
    assert (share["value"] * share["denominator"]).sub(100 * share["numerator"]).abs().max() < 1e-6
    assert frame.loc[frame["status"] == "missing", "value"].isna().all()
    assert frame.loc[frame["status"] == "nil", "value"].eq(0).all()


def test_it_is_sorted_and_numbered(frame):
    names = frame.astype({"measure": str, "organisation": str})[KEY]
    assert names.equals(names.sort_values(KEY))
    assert frame["observation_id"].tolist() == list(range(1, len(frame) + 1))
    assert not names.duplicated().any()


def test_it_has_the_columns_that_a_calculation_reads(frame):
    """Those of `performance.calculation.inputs`, which lies above this room."""
    from performance.calculation.inputs import OBSERVATION_COLUMNS

    assert set(frame.columns) == {*OBSERVATION_COLUMNS, "target"}
    assert str(frame["period_end"].dtype) == "datetime64[s]"


@pytest.mark.parametrize("observations", [1, 10_000, 15_611, 60_000, 300_000])
def test_a_scaled_frame_has_as_many_observations_as_asked_for(frame, observations):
    large = scaled(observations)

    assert len(large) == observations
    assert list(large.columns) == list(frame.columns)
    assert large.dtypes.to_dict().keys() == frame.dtypes.to_dict().keys()
    assert not large.duplicated(KEY).any()
    assert large["observation_id"].tolist() == list(range(1, observations + 1))


def test_a_scaled_frame_has_more_measures_then_more_years_then_more_trusts(frame):
    large = scaled(10 * len(frame))

    assert large["measure"].nunique() == 3 * frame["measure"].nunique()
    assert large["period_end"].dt.year.max() == 2013 + 6
    assert large["organisation"].nunique() > frame["organisation"].nunique()
    assert large["framework"].nunique() == 9


def original(name: str, pattern: str) -> tuple[str, int]:
    """A copy's name without its number, and that number."""
    found = re.fullmatch(rf"({pattern})(?:-(\d))?", name)
    assert found
    return found[1], int(found[2] or 1)


def test_each_row_of_a_scaled_frame_is_a_copy_of_one_of_the_simulation(frame):
    """By a second, slow way: the row that the names and days of a copy lead back to."""
    names = {column: "|".join(frame[column].unique()) for column in ("measure", "organisation", "framework")}
    rows = frame.astype({"measure": str, "organisation": str}).set_index(KEY)
    large = scaled(20 * len(frame))
    for _, copy in large.sample(200, random_state=1).iterrows():
        measure, _ = original(copy["measure"], names["measure"])
        trust, _ = original(copy["organisation"], names["organisation"])
        framework, block = original(copy["framework"], names["framework"])
        start = copy["period_start"] - pd.DateOffset(years=3 * (block - 1))
        end = copy["period_end"] + pd.Timedelta(days=1) - pd.DateOffset(years=3 * (block - 1))
        row = rows.loc[(measure, trust, start, end - pd.Timedelta(days=1))]
        same = ["kind", "polarity", "unit", "region", "status", "denominator", "expected", "target", "note"]
        pd.testing.assert_series_equal(copy[same], row[same], check_names=False)
        assert row["framework"] == framework


def test_a_scaled_frames_counts_are_drawn_anew_round_those_counted(frame):
    large = scaled(9 * len(frame))
    shares = large[large["denominator"] > 0]
    assert (shares["numerator"] <= shares["denominator"]).all()
    assert (shares["value"] * shares["denominator"]).sub(100 * shares["numerator"]).abs().max() < 1e-6
    copies = large[large["measure"].isin(["breach-10-days", "breach-10-days-2"])]
    total = copies.groupby("measure", observed=True)["numerator"].sum()
    assert total.iloc[0] != total.iloc[1]
    assert total.iloc[0] == pytest.approx(total.iloc[1], rel=0.005)
    missing = large["status"].isin(["missing", "suppressed", "not-applicable"])
    assert large.loc[missing, ["numerator", "value"]].isna().all(axis=None)


def test_fewer_than_one_observation_is_refused():
    with pytest.raises(ValueError, match="1 observation or more"):
        scaled(0)
