"""Counts that don't depend on how rows lie, and that are those that were known before there was a row."""

from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from performance.extracts.count import Count, asked_of
from performance.extracts.counting import KEYS, SUMS, Tally, added
from performance.extracts.counting import count as count_rows
from performance.extracts.faults import OF_ROWS, Fault
from performance.extracts.reading import Division, dividing, divide, read_part
from performance.extracts.rows import EventRows
from performance.extracts.simulation import Plan, Simulated, simulate, write
from tests.performance.extracts.counting import EVER, RULES, TRUSTS, counted, known

PLAN = Plan(cases=300, trusts=TRUSTS, seed=8, odd=3)
TAKEN = PLAN.taken


@cache
def simulated(odd: int = PLAN.odd, cases: int = PLAN.cases) -> Simulated:
    return simulate(Plan(cases=cases, trusts=TRUSTS, seed=PLAN.seed, odd=odd))


def told(tally: Tally) -> dict:
    """All that a tally tells, in one order. The pseudonyms that are its examples go by the case alone."""
    tables = {
        name: sorted(table[[*KEYS[name], *SUMS[name]]].itertuples(index=False, name=None))
        for name, table in tally.tables.items()
    }
    seen = sorted(tally.seen.itertuples(index=False, name=None))
    return tables | {"seen": seen, "odd": tally.odd, "examples": tally.examples, "cases": tally.cases}


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Count:
    file = write(simulated().rows, tmp_path_factory.mktemp("whole") / "events.parquet")
    return counted([file], taken=TAKEN)


@pytest.fixture(scope="module")
def rows(tmp_path_factory: pytest.TempPathFactory) -> EventRows:
    """Of the whole extract, as they are read."""
    folder = tmp_path_factory.mktemp("rows")
    file = write(simulated().rows, folder / "events.parquet")
    division = Division(folder / "divided", 1)
    divide(file, file.name, 0, known(TAKEN), division)
    return read_part(division.place, 0, known(TAKEN)).rows


ASKED = asked_of(RULES, known(TAKEN), EVER)


@settings(max_examples=10, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_rows_may_come_in_any_order(whole, rows, seed):
    order = np.random.default_rng(seed).permutation(len(rows))

    assert told(added([count_rows(rows.taken(order), ASKED)])) == told(whole.tally)


@settings(max_examples=8, deadline=None)
@given(parts=st.integers(1, 9), seed=st.integers(0, 10_000))
def test_cases_may_be_in_any_part_and_parts_in_any_order(whole, rows, parts, seed):
    random = np.random.default_rng(seed)
    places = {case: random.integers(parts) for case in np.unique(rows.case).tolist()}
    part_of = np.array([places[case] for case in rows.case.tolist()])

    tallies = [count_rows(rows.taken(part_of == part), ASKED) for part in random.permutation(parts)]

    assert told(added(tallies)) == told(whole.tally)


def by_chance(rows: pd.DataFrame) -> pd.Series:
    return pd.Series(np.random.default_rng(4).integers(0, 7, len(rows)), rows.index)


def by_month(rows: pd.DataFrame) -> pd.Series:
    """Those without a date are in a file of their own."""
    return (rows["date"].dt.month + rows["date"].dt.year % 2 * 12).fillna(0)


def by_event(rows: pd.DataFrame) -> pd.Series:
    return rows["event"]


@pytest.mark.parametrize("by", [by_chance, by_month, by_event])
def test_files_of_both_kinds_come_to_the_same(whole, tmp_path, by):
    rows = simulated().rows
    files = [
        write(some, tmp_path / f"{number}.{('csv', 'parquet')[number % 2]}")
        for number, (_, some) in enumerate(rows.groupby(by(rows)))
    ]

    found = counted(files[::-1], taken=TAKEN)

    assert len(files) >= 7
    assert told(found.tally) == told(whole.tally)
    assert (found.odd_rows, found.cells, found.rows) == (whole.odd_rows, whole.cells, whole.rows)


@pytest.mark.parametrize("rows_of_a_part", [60, 700])
def test_more_parts_come_to_the_same(whole, tmp_path, monkeypatch, rows_of_a_part):
    monkeypatch.setattr(dividing, "ROWS_OF_A_PART", rows_of_a_part)

    found = counted([write(simulated().rows, tmp_path / "events.parquet")], taken=TAKEN)

    assert told(found.tally) == told(whole.tally)
    assert found.odd_rows == whole.odd_rows


def test_a_part_without_a_row_adds_nothing(whole, rows):
    parts = [count_rows(EventRows.none(), ASKED), count_rows(rows, ASKED)]

    assert told(added(parts)) == told(whole.tally)


@pytest.mark.parametrize("ending", ["csv", "parquet"])
def test_blanks_round_a_case_make_no_other_case_of_it_in_any_kind_of_file(tmp_path, ending):
    path = _written_with_blanks(tmp_path / f"events.{ending}")

    assert counted([path]).tally.cases == 1


def _written_with_blanks(path: Path) -> Path:
    dates = pd.to_datetime(["2010-06-01", "2010-06-10"])
    events = ["order-started", "oasys-completed"]
    row = {"trust": "london", "unit": "1", "tier": "", "case": ["4711", "4711 "]}
    return write(pd.DataFrame(row | {"event": events, "date": dates}), path)


@pytest.mark.parametrize("odd", [0, 11])
def test_every_figure_of_the_answer_is_counted_with_faults_and_without(tmp_path, odd):
    drawn = simulated(odd, cases=2_500)

    found = counted([write(drawn.rows, tmp_path / "events.parquet")], taken=TAKEN)

    answer = drawn.answer.assign(trust=drawn.answer["trust"].map(sorted(TRUSTS).index))
    answer["month"] = (answer["month"].dt.year - 1990) * 12 + answer["month"].dt.month - 1
    columns = ["measure", "trust", "month", "numerator", "denominator"]
    by = found.tally.tables["counts"].groupby(["measure", "trust", "month"], as_index=False)
    figures = by[["numerator", "denominator"]].sum()
    figures = figures[figures["measure"].isin(answer["measure"])]
    assert _as_set(figures[columns]) == _as_set(answer[columns])
    assert len(figures) == len(answer) > 800


def _as_set(table: pd.DataFrame) -> set[tuple]:
    return set(table.itertuples(index=False, name=None))


@pytest.mark.parametrize("ending", ["csv", "parquet"])
@pytest.mark.parametrize("odd", [1, 6])
def test_every_fault_that_was_planted_is_told_as_often_under_each_measure(tmp_path, odd, ending):
    drawn = simulated(odd, cases=1_000)

    found = counted([write(drawn.rows, tmp_path / f"events.{ending}")], taken=TAKEN)

    by_measure: dict[str, dict[str, int]] = {}
    for one, number in found.tally.odd.items():
        of_fault = by_measure.setdefault(str(one.fault), {})
        of_fault[one.measure] = of_fault.get(one.measure, 0) + number
    for (fault, _), number in found.odd_rows.items():
        of_fault = by_measure.setdefault(str(fault), {})
        of_fault[""] = of_fault.get("", 0) + number
    assert {fault: set(numbers.values()) for fault, numbers in by_measure.items()} == {
        fault: {number} for fault, number in drawn.odd.items()
    }
    assert set(by_measure[Fault.STOP_BEFORE_START]) == {"court-reports-on-time", "nps-sl001"}
    assert all(set(by_measure[fault]) == {""} for fault in OF_ROWS if fault in by_measure)
