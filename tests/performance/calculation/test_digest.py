import itertools

import numpy as np
import pandas as pd
import pytest

from performance.calculation.digest import combined, document_digest, frame_digest, significant

KEY = ["measure", "organisation", "period_end"]
COLUMNS = [*KEY, "value", "flag", "note", "limits", "is_part"]


def figures() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "measure": ["oasys", "oasys", "breach"],
            "organisation": ["london", "kent", "london"],
            "period_end": pd.to_datetime(["2011-03-31", "2011-03-31", "2012-03-31"]),
            "value": [69.2, np.nan, 0.1],
            "flag": pd.Categorical(["low", "high", "low"]),
            "note": ["", "11 of 12 months", ""],
            "limits": [{"lower": 1.5}, {}, {"lower": None}],
            "is_part": [True, False, True],
        }
    )


def digest(frame: pd.DataFrame) -> str:
    return frame_digest(frame, KEY, COLUMNS)


def with_cell(column: str, at: int, value: object) -> pd.DataFrame:
    frame = figures()
    frame[column] = frame[column].astype(object)
    frame.at[at, column] = value
    if column not in ("limits",):
        frame[column] = frame[column].infer_objects()
    return frame


def test_the_same_figures_have_the_same_digest():
    assert digest(figures()) == digest(figures())


def test_a_digest_is_sha_256_in_hexadecimal():
    assert len(digest(figures())) == 64
    assert int(digest(figures()), 16)


@pytest.mark.parametrize("order", list(itertools.permutations(range(3))))
def test_the_order_of_rows_does_not_matter(order):
    assert digest(figures().iloc[list(order)]) == digest(figures())


def test_the_order_of_columns_and_other_columns_do_not_matter():
    assert digest(figures().iloc[:, ::-1].assign(observation_id=7)) == digest(figures())


def test_how_texts_are_held_does_not_matter():
    """As categories in whatever order, with some that no row has, or as plain texts."""
    frame = figures()
    frame["measure"] = pd.Categorical(frame["measure"], categories=["unused", "oasys", "breach"])
    frame["flag"] = frame["flag"].astype(str)

    assert digest(frame) == digest(figures())


@pytest.mark.parametrize("unit", ["s", "ns"])
def test_how_fine_dates_are_held_does_not_matter(unit):
    frame = figures()
    frame["period_end"] = frame["period_end"].astype(f"datetime64[{unit}]")

    assert digest(frame) == digest(figures())


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("measure", "oasyt"),
        ("organisation", "surrey"),
        ("period_end", pd.Timestamp("2011-04-01")),
        ("value", 69.2 * (1 + 1e-8)),
        ("value", np.nan),
        ("flag", "lower"),
        ("note", " "),
        ("limits", {"lower": 1.6}),
        ("limits", {}),
        ("is_part", False),
    ],
)
def test_any_changed_cell_changes_the_digest(column, value):
    assert digest(with_cell(column, 0, value)) != digest(figures())


def test_one_row_less_changes_the_digest():
    assert digest(figures().iloc[1:]) != digest(figures())


def test_what_machines_differ_in_does_not_change_the_digest():
    assert digest(with_cell("value", 0, 69.2 * (1 + 1e-15))) == digest(figures())


def test_no_number_is_not_zero():
    assert digest(with_cell("value", 1, 0.0)) != digest(figures())


def test_what_is_cut_elsewhere_is_not_the_same():
    """Cells are told apart, not strung together."""
    first, second = (
        figures().assign(note=note, flag=flag)[COLUMNS] for note, flag in (("ab", "c"), ("a", "bc"))
    )

    assert digest(first) != digest(second)


def test_swapped_cells_of_two_rows_change_the_digest():
    frame = figures()
    frame["value"] = [0.1, np.nan, 69.2]

    assert digest(frame) != digest(figures())


@pytest.mark.parametrize("zero", [0.0, -0.0])
def test_zero_has_no_sign(zero):
    """SQLite keeps none, so a result worked out as -0.0 comes back from it as 0.0."""
    assert digest(with_cell("value", 0, zero)) == digest(with_cell("value", 0, 0.0))


def test_a_missing_text_is_refused():
    with pytest.raises(ValueError, match="a text of 'note' is missing"):
        digest(with_cell("note", 0, None))


def test_nothing_has_a_digest_too():
    assert digest(figures().iloc[:0]) != digest(figures())


def test_the_digest_of_fixed_figures_is_fixed():
    """A new way of writing figures must be meant: no release built before would verify."""
    assert digest(figures()) == "e2295c3119e4813778735636288a4e6c59a95ed2e06e69e104ac7d80e708cb5c"


@pytest.mark.parametrize("number", [1 / 3, -1 / 3, 1e-12, 616_000.25, 24_110.0, 0.0])
def test_nine_figures_of_a_number_are_significant(number):
    assert significant(np.array([number]))[0] == pytest.approx(number, rel=1e-9)


def test_the_order_of_keys_of_a_document_does_not_matter():
    document = {"slug": "ptrs", "weight": {"timeliness": 62.5, "volume": 37.5}}

    assert document_digest(document) == document_digest(dict(reversed(document.items())))
    assert document_digest(document) != document_digest(document | {"slug": "ippf"})


def test_parts_are_combined_with_their_names():
    assert combined([("a", "1"), ("b", "2")]) != combined([("a", "2"), ("b", "1")])
    assert combined([("a", "1")]) != combined([("a", "1"), ("b", "")])
