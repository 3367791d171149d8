import math

import numpy as np
import pandas as pd
import pytest

from performance.statistics.ratings.tables import as_array, as_bands, check_trusts, weighted

NAN = math.nan


@pytest.mark.worked_example(of=as_array)
def test_columns_come_in_the_order_asked_for():
    frame = pd.DataFrame({"a": [1, None], "b": pd.array([pd.NA, 4], dtype="Int64"), "c": ["x", "y"]})

    np.testing.assert_array_equal(as_array(frame, ["b", "a"]), [[NAN, 1], [4, NAN]])


@pytest.mark.parametrize(
    ("frame", "message"),
    [
        (pd.DataFrame({"a": [1]}), "there is no column for b"),
        (pd.DataFrame({"a": [1, 2], "b": [1, 2]}, index=["kent", "kent"]), "a trust can't be there twice"),
        (pd.DataFrame({"a": [1], "b": [math.inf]}), "a figure can't be infinite"),
    ],
)
def test_an_impossible_frame_is_a_mistake(frame, message):
    with pytest.raises(ValueError, match=message):
        as_array(frame, ["a", "b"])


@pytest.mark.worked_example(of=check_trusts)
def test_frames_of_the_same_trusts_in_one_order_pass():
    frame = pd.DataFrame({"a": [1, 2]}, index=["kent", "wales"])
    check_trusts(frame, frame + 1)

    with pytest.raises(ValueError, match="frames must be indexed alike"):
        check_trusts(frame, frame[::-1])


@pytest.mark.worked_example(of=as_bands)
def test_places_get_their_names():
    bands = as_bands(np.array([1, -1, 0]), ("low", "high"))

    assert [None if isinstance(band, float) else band for band in bands] == ["high", None, "low"]
    assert bands.ordered


@pytest.mark.worked_example(of=weighted)
def test_sums_by_weight_by_hand():
    numbers = np.array([[[1.0, 2], [3, 4]]])

    np.testing.assert_array_equal(
        weighted(numbers, np.array([[1.0, 0, 2], [0, 1, 3]])), [[[1, 2, 8], [3, 4, 18]]]
    )
