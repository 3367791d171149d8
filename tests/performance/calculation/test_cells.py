import pandas as pd

from performance.calculation.cells import below_one_another, cells, firsts, with_categories


def texts(values, categories=None):
    return pd.Series(pd.Categorical(values, categories=categories))


def test_rows_that_are_alike_in_all_columns_have_one_number_in_order_of_appearance():
    frame = pd.DataFrame({"a": texts(["x", "y", "x", "x"], ["z", "y", "x"]), "b": [1, 1, 2, 1], "c": 0})

    assert cells(frame, ["a", "b"]).tolist() == [0, 1, 2, 0]
    assert cells(frame, ["c"]).tolist() == [0] * 4
    assert cells(frame.iloc[:0], ["a", "b"]).tolist() == []


def test_texts_numbers_and_days_that_are_missing_are_alike():
    frame = pd.DataFrame(
        {
            "a": texts([None, None, "x"]),
            "b": [float("nan"), float("nan"), 1],
            "c": pd.to_datetime([None, None, "2010"]),
        }
    )

    assert cells(frame, ["a", "b", "c"]).tolist() == [0, 0, 1]


def test_firsts_are_where_a_number_comes_first():
    frame = pd.DataFrame({"a": ["x", "y", "x", "z", "y"]})

    assert firsts(cells(frame, ["a"]), 4).tolist() == [0, 1, 3, -1]


def test_frames_below_one_another_keep_their_texts_as_categories():
    above = pd.DataFrame({"a": texts(["x", None, "y"]), "n": [1.0, 2.0, 3.0]})
    below = pd.DataFrame({"n": [4.0, 5.0], "a": texts(["z", "y"], ["y", "z", "unused"]), "more": 1})

    both = below_one_another([above, below])

    assert both["a"].dtype == "category"
    assert both["a"].astype(object).where(both["a"].notna(), None).tolist() == ["x", None, "y", "z", "y"]
    assert both["n"].tolist() == [1, 2, 3, 4, 5]
    assert list(both.columns) == ["a", "n"]


def test_only_texts_become_categories():
    frame = with_categories(
        pd.DataFrame({"a": ["x"], "n": [1], "d": pd.to_datetime(["2010"]), "c": texts(["y"])})
    )

    assert [str(dtype) for dtype in frame.dtypes] == ["category", "int64", "datetime64[us]", "category"]
