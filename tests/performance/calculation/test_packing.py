import numpy as np
import pandas as pd
from pandas.testing import assert_frame_equal

from performance.calculation.packing import packed, unpacked


def results() -> dict[str, pd.DataFrame]:
    return {
        "ratings": pd.DataFrame(
            {
                "organisation": pd.Categorical(["london", "kent", "london"]),
                "period_end": pd.to_datetime(["2011-03-31"] * 3).astype("datetime64[s]"),
                "score": [1 / 3, np.nan, -0.0],
                "is_part": [True, False, True],
                "chances": pd.Series([{"3": 0.9}, {}, {"4": None}], dtype=object),
            }
        ),
        "nothing": pd.DataFrame({"score": np.empty(0)}),
    }


def test_what_is_packed_comes_out_the_same_to_the_last_bit():
    again = unpacked(packed(results()))

    assert list(again) == ["ratings", "nothing"]
    assert_frame_equal(again["ratings"], results()["ratings"], check_exact=True, check_categorical=False)
    assert (
        again["ratings"]["score"].to_numpy().tobytes() == results()["ratings"]["score"].to_numpy().tobytes()
    )
    assert_frame_equal(again["nothing"], results()["nothing"])


def test_texts_come_out_as_categories():
    column = unpacked(packed(results()))["ratings"]["organisation"]

    assert column.to_list() == ["london", "kent", "london"]
    assert isinstance(column.dtype, pd.CategoricalDtype)
