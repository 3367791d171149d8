"""One part of a divided extract as columns, without the rows that are odd, and how many those are."""

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import duckdb
import numpy as np
from numpy.typing import NDArray

from performance.extracts.days import LAST, MINUTES, number_of
from performance.extracts.faults import Fault
from performance.extracts.reading.expressions import (
    NO_CASE,
    NO_DATE,
    NO_EVENT,
    NO_TIER,
    NO_TRUST,
    TOO_EARLY,
    WITH_OFFSET,
    WITHOUT_OFFSET,
    Known,
)
from performance.extracts.rows import EventRows

OddRows = Counter[tuple[Fault, str]]


@dataclass(frozen=True)
class Part:
    """odd: how many rows of each trust ('' for none that is known) are odd in each way."""

    rows: EventRows
    odd: OddRows


def read_part(place: Path, part: int, known: Known) -> Part:
    files = sorted((place / f"part={part}").glob("*.parquet"))
    if not files:
        return Part(EventRows.none(), Counter())
    with duckdb.connect(config={"threads": 1}) as connection:
        query = "SELECT * FROM read_parquet($1, hive_partitioning = false)"
        columns = connection.execute(query, [[str(file) for file in files]]).fetchnumpy()
    return _without_odd_rows(
        EventRows(**{name: np.asarray(column) for name, column in columns.items()}), known
    )


def _without_odd_rows(rows: EventRows, known: Known) -> Part:
    after = (min(number_of(known.taken), number_of(LAST)) + 1) * MINUTES
    zone = rows.tier // WITH_OFFSET * WITH_OFFSET
    tier = rows.tier % WITH_OFFSET
    left_out = {
        Fault.NO_CASE: rows.case == NO_CASE,
        Fault.UNKNOWN_TRUST: rows.trust == NO_TRUST,
        Fault.UNKNOWN_EVENT: rows.event == NO_EVENT,
        Fault.NO_DATE: rows.moment == NO_DATE,
        Fault.LONG_AGO: rows.moment == TOO_EARLY,
        Fault.IN_THE_FUTURE: rows.moment >= after,
    }
    odd: OddRows = Counter()
    left = np.ones(len(rows), dtype=bool)
    for fault, is_odd in left_out.items():
        _count(odd, fault, rows.trust[is_odd & left], known)
        left &= ~is_odd
    kept_odd = {
        Fault.UNKNOWN_TIER: tier == NO_TIER,
        Fault.WITH_OFFSET: zone == WITH_OFFSET,
        Fault.WITHOUT_OFFSET: zone == WITHOUT_OFFSET,
    }
    for fault, is_odd in kept_odd.items():
        _count(odd, fault, rows.trust[is_odd & left], known)
    tier = np.where(tier == NO_TIER, 0, tier).astype(np.uint8)
    return Part(EventRows(rows.case, rows.trust, tier, rows.event, rows.moment).taken(left), odd)


def _count(odd: OddRows, fault: Fault, trusts: NDArray[np.int16], known: Known) -> None:
    names = [*known.slugs, ""]
    for trust, number in zip(*np.unique(trusts, return_counts=True), strict=True):
        odd[fault, names[trust]] += int(number)
