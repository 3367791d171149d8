import datetime

import pandas as pd
import pytest

from performance.calculation.digest import INPUT_COLUMNS, RESULT_COLUMNS, inputs_digest, results_digest
from performance.calculation.indicators import indicators
from tests.performance.calculation.frames import frame, row

MIXES = [{"slug": "ptrs", "documented_measures": 3, "weight": {"timeliness": 62.5}}]


def results_only(results: pd.DataFrame) -> str:
    return results_digest(results, MIXES)


def figures() -> pd.DataFrame:
    counted = [
        row(organisation=f"area-{i}", numerator=50 + i, denominator=100, target=60, as_printed=str(i))
        for i in range(10)
    ]
    return frame(*counted, row(value=14, percent_of_target=16), row(organisation="none", status="missing"))


def changed(cell: object) -> object:
    """A cell unlike that one, by as little as it takes."""
    match cell:
        case float():
            return 1.0 if pd.isna(cell) else cell * (1 + 1e-8)
        case datetime.date():
            return cell + datetime.timedelta(days=1)
        case _:
            return f"{cell}."


def test_the_same_figures_have_the_same_digest():
    assert inputs_digest(figures()) == inputs_digest(figures())
    assert results_only(indicators(figures())) == results_only(indicators(figures()))


def test_a_digest_is_sha_256_in_hexadecimal():
    digest = inputs_digest(figures())

    assert len(digest) == 64
    assert int(digest, 16)


@pytest.mark.parametrize("seed", range(3))
def test_the_order_of_rows_does_not_matter(seed):
    shuffled = figures().sample(frac=1, random_state=seed)

    assert inputs_digest(shuffled) == inputs_digest(figures())
    assert results_only(indicators(shuffled)) == results_only(indicators(figures()))


def test_the_order_of_columns_and_other_columns_do_not_matter():
    other = figures().iloc[:, ::-1].assign(observation_id=7)

    assert inputs_digest(other) == inputs_digest(figures())


@pytest.mark.parametrize("at", [0, 10, 11])
@pytest.mark.parametrize("column", INPUT_COLUMNS)
def test_any_changed_cell_of_the_figures_changes_their_digest(column, at):
    other = figures()
    other[column] = other[column].astype(object)
    other.loc[at, column] = changed(other.loc[at, column])
    other[column] = other[column].infer_objects()

    assert inputs_digest(other) != inputs_digest(figures())


@pytest.mark.parametrize("at", [0, 10, 11])
@pytest.mark.parametrize("column", RESULT_COLUMNS)
def test_any_changed_cell_of_the_results_changes_their_digest(column, at):
    results = indicators(figures())
    other = results.copy()
    other[column] = other[column].astype(object)
    other.loc[at, column] = changed(other.loc[at, column])
    other[column] = other[column].infer_objects()

    assert results_only(other) != results_only(results)


def test_one_row_less_changes_the_digest():
    assert inputs_digest(figures().iloc[1:]) != inputs_digest(figures())


def test_a_row_twice_changes_the_digest():
    assert inputs_digest(pd.concat([figures(), figures().iloc[:1]])) != inputs_digest(figures())


def test_what_machines_differ_in_does_not_change_the_digest():
    other = figures()
    other["numerator"] = other["numerator"] * (1 + 1e-15)

    assert inputs_digest(other) == inputs_digest(figures())


def test_no_number_is_not_zero():
    other = figures()
    other["value"] = other["value"].fillna(0)

    assert inputs_digest(other) != inputs_digest(figures())


def test_what_is_cut_elsewhere_is_not_the_same():
    """Cells are told apart, not strung together."""
    first, second = frame(row(as_printed="ab", note="c")), frame(row(as_printed="a", note="bc"))

    assert inputs_digest(first) != inputs_digest(second)


@pytest.mark.parametrize("zero", [0.0, -0.0])
def test_zero_has_no_sign(zero):
    """SQLite keeps none, so a result worked out as -0.0 comes back from it as 0.0."""
    assert inputs_digest(frame(row(value=zero))) == inputs_digest(frame(row(value=0.0)))


def test_the_digest_of_fixed_figures_is_fixed():
    """A new way of writing figures must be meant: no release built before would verify."""
    fixed = frame(
        row(numerator=479, denominator=692, value=69, target=71), row(organisation="x", value=1 / 3)
    )

    assert inputs_digest(fixed) == "5c4c178fa57a58fe81da4aba1afa87ba957ea7c6a48475b3e978ffa065374a83"


@pytest.mark.parametrize(
    "other",
    [[], [*MIXES, *MIXES], [MIXES[0] | {"slug": "ippf"}], [MIXES[0] | {"weight": {"timeliness": 62.4}}]],
)
def test_what_a_framework_rewards_is_part_of_the_digest_of_the_results(other):
    results = indicators(figures())

    assert results_digest(results, MIXES) != results_digest(results, other)


def test_the_order_of_keys_does_not_matter():
    results = indicators(figures())

    assert results_digest(results, MIXES) == results_digest(results, [dict(reversed(MIXES[0].items()))])
