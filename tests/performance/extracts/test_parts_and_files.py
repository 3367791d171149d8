"""The same counts whatever the files, the parts, the order of rows and the number of threads."""

from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from performance.extracts.count import Count, count_files
from performance.extracts.counting import KEYS, SUMS
from performance.extracts.reading import dividing
from performance.extracts.simulation import Plan, Simulated, simulate, write
from performance.frameworks.case_rules import InTime
from tests.performance.extracts.counting import EVER, RULES, TRUSTS, known, odd

ODD = 7


@cache
def planted() -> Simulated:
    return simulate(Plan(cases=3_000, trusts=TRUSTS, odd=ODD))


def files_of(rows: pd.DataFrame, by: np.ndarray, folder: Path, ending: str) -> list[Path]:
    return [
        write(some, folder / f"{number}.{ending}")
        for number, (_, some) in enumerate(rows.groupby(by, sort=True))
    ]


def count(files: list[Path], threads: int = 2) -> Count:
    named = [(file, file.name) for file in files]
    return count_files(named, RULES, known(Plan(0, ()).taken), EVER, threads)


def tables(found: Count) -> dict[str, list[tuple]]:
    """Every table in one order."""
    return {
        name: sorted(table[[*KEYS[name], *SUMS[name]]].itertuples(index=False, name=None))
        for name, table in found.tally.tables.items()
    }


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Count:
    """Counted from one file in one part."""
    return count([write(planted().rows, tmp_path_factory.mktemp("whole") / "events.parquet")])


def by_chance(rows: pd.DataFrame) -> np.ndarray:
    return np.random.default_rng(5).integers(0, 4, len(rows))


def by_trust(rows: pd.DataFrame) -> np.ndarray:
    return rows["trust"].to_numpy()


def by_month(rows: pd.DataFrame) -> np.ndarray:
    return rows["date"].dt.strftime("%Y-%m").fillna("").to_numpy()


@pytest.mark.parametrize("by", [by_chance, by_trust, by_month])
@pytest.mark.parametrize("ending", ["csv", "parquet"])
def test_cases_that_are_in_several_files_are_put_together(whole, tmp_path, by, ending):
    rows = planted().rows.sample(frac=1, random_state=1).reset_index(drop=True)

    found = count(files_of(rows, by(rows), tmp_path, ending))

    assert tables(found) == tables(whole)
    assert odd(found) == odd(whole)


@pytest.mark.parametrize("rows_of_a_part", [200, 1_000, 5_000])
@pytest.mark.parametrize("threads", [1, 3])
def test_parts_add_up_to_the_whole(whole, tmp_path, monkeypatch, rows_of_a_part, threads):
    monkeypatch.setattr(dividing, "ROWS_OF_A_PART", rows_of_a_part)

    found = count([write(planted().rows, tmp_path / "events.parquet")], threads)

    assert tables(found) == tables(whole)
    assert odd(found) == odd(whole)
    assert found.tally.cases == whole.tally.cases


def test_what_is_counted_is_what_was_planted(whole):
    table = whole.tally.tables["counts"]
    by = table.groupby(["measure", "trust", "month"])[["numerator", "denominator"]].sum()
    answer = planted().answer
    months = (answer["month"].dt.year - 1990) * 12 + answer["month"].dt.month - 1
    keys = zip(answer["measure"], answer["trust"].map(sorted(TRUSTS).index), months, strict=True)
    counts = answer[["numerator", "denominator"]].itertuples(index=False, name=None)
    wanted = dict(zip(keys, counts, strict=True))

    found = {key: counts for key, counts in zip(by.index, map(tuple, by.to_numpy()), strict=True)}
    assert {key: counts for key, counts in found.items() if key[0] in set(answer["measure"])} == wanted
    assert len(set(answer["measure"])) == 13


def test_what_is_odd_is_told_by_kind_and_number(whole):
    found = odd(whole)
    # Two measures look at reports, and each tells.
    twice = {"stop-before-start"}
    for fault, number in planted().odd.items():
        assert found[fault] == number * (1 + (fault in twice)), fault
    assert {str(fault) for fault in whole.cells} == {
        "unknown-trust",
        "unknown-event",
        "long-ago",
        "no-date",
    }


def test_without_faults_nothing_is_odd(tmp_path):
    sound = simulate(Plan(cases=2_000, trusts=TRUSTS))

    assert not odd(count([write(sound.rows, tmp_path / "events.csv")]))


def test_of_each_case_that_counts_the_clock_stopped_or_runs(whole):
    found = whole.tally.tables
    for measure, rule in RULES.items():
        cases = {name: table[table["measure"] == measure] for name, table in found.items()}
        counted = cases["counts"]["denominator"].sum()
        stopped, runs = cases["stops"]["cases"].sum(), cases["still_open"]["cases"].sum()
        assert stopped + runs == counted, measure
        if isinstance(rule, InTime):
            assert cases["waits"]["cases"].sum() == stopped, measure
