"""Extracts written as rows, counted by the rules of the measures."""

import datetime
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from performance.extracts.count import Count, count_files
from performance.extracts.days import month_period
from performance.extracts.reading import Known
from performance.extracts.rows import TIERS
from performance.extracts.simulation import write
from performance.frameworks.reader import read_definitions
from performance.periods import Period

RULES = {code: found.case_rule for code, found in read_definitions().measures.items() if found.case_rule}
TRUSTS = ("avon", "kent", "london")
# Longer than any case of the tests.
EVER = Period(datetime.date(2008, 1, 1), datetime.date(2014, 12, 31))
TAKEN = datetime.date(2013, 6, 30)
COLUMNS = ("case", "trust", "tier", "event", "date")

Sums = dict[tuple[str, datetime.date, str], tuple[int, int]]


def known(taken: datetime.date = TAKEN) -> Known:
    return Known({trust: trust for trust in TRUSTS}, taken)


def counted(
    files: Sequence[Path],
    rules: Mapping[str, Any] = RULES,
    taken: datetime.date = TAKEN,
    period: Period = EVER,
) -> Count:
    return count_files([(file, file.name) for file in files], rules, known(taken), period)


def sums(count: Count, measure: str) -> Sums:
    """By trust, month and tier."""
    table = count.tally.tables["counts"]
    slugs = sorted(TRUSTS)
    return {
        (slugs[row.trust], month_period(row.month).start, TIERS[row.tier]): (row.numerator, row.denominator)
        for row in table[table["measure"] == measure].itertuples()
    }


def odd(count: Count) -> Counter[str]:
    """How many of each fault, whatever the trust and the measure."""
    found: Counter[str] = Counter()
    for one, number in count.tally.odd.items():
        found[str(one.fault)] += number
    for (fault, _), number in count.odd_rows.items():
        found[str(fault)] += number
    return found


def frame(rows: Sequence[Sequence[Any]]) -> pd.DataFrame:
    """rows: as COLUMNS has them."""
    found = pd.DataFrame([[str(cell) for cell in row] for row in rows], columns=list(COLUMNS))
    return found.assign(unit="1")


def csv(rows: Sequence[Sequence[Any]], path: Path) -> Path:
    frame(rows).to_csv(path, index=False)
    return path


def parquet(rows: pd.DataFrame, path: Path) -> Path:
    return write(rows, path)
