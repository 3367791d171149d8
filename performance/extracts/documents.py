"""What was counted as a JSON document and back: between workers, and for as long as pages show it."""

from collections import Counter
from dataclasses import asdict
from typing import Any

import pandas as pd

from performance.extracts.count import Count
from performance.extracts.counting import KEYS, SEEN, SUMS, Odd, Tally
from performance.extracts.faults import Fault
from performance.extracts.reading import Divided
from performance.models import Severity
from performance.returns.found import Found

Document = dict[str, Any]


def document_of(count: Count) -> Document:
    tally = count.tally
    return {
        "tables": {name: table.to_dict("list") for name, table in tally.tables.items()},
        "seen": tally.seen.to_dict("list"),
        "cases": tally.cases,
        "rows": count.rows,
        "odd": [
            # Numbers of 64 bits are more than JSON's readers hold.
            [str(odd.fault), odd.measure, odd.trust, number, [str(case) for case in tally.examples[odd]]]
            for odd, number in tally.odd.items()
        ],
        "odd_rows": [[str(fault), trust, number] for (fault, trust), number in count.odd_rows.items()],
        "cells": _as_lists(count.cells),
        "found": [asdict(found) for found in count.found],
    }


def count_of(document: Document) -> Count:
    tally = Tally(
        tables={
            name: pd.DataFrame(table, columns=[*KEYS[name], *SUMS[name]])
            for name, table in document["tables"].items()
        },
        seen=pd.DataFrame(document["seen"], columns=[*SEEN]),
        cases=document["cases"],
    )
    for fault, measure, trust, number, examples in document["odd"]:
        odd = Odd(Fault(fault), measure, trust)
        tally.odd[odd], tally.examples[odd] = number, [int(case) for case in examples]
    return Count(
        tally=tally,
        odd_rows=Counter({(Fault(fault), trust): number for fault, trust, number in document["odd_rows"]}),
        cells=_as_counters(document["cells"]),
        found=[_found(found) for found in document["found"]],
        rows=document["rows"],
    )


def document_of_file(divided: Divided) -> Document:
    found = [asdict(found) for found in divided.found]
    return {"rows": divided.rows, "found": found, "cells": _as_lists(divided.cells)}


def file_of(document: Document) -> Divided:
    found = [_found(found) for found in document["found"]]
    return Divided(document["rows"], found, _as_counters(document["cells"]))


def _as_lists(cells: dict[Fault, Counter[str]]) -> list[list[Any]]:
    return [[str(fault), cell, number] for fault, odd in cells.items() for cell, number in odd.items()]


def _as_counters(cells: list[list[Any]]) -> dict[Fault, Counter[str]]:
    found: dict[Fault, Counter[str]] = {}
    for fault, cell, number in cells:
        found.setdefault(Fault(fault), Counter())[cell] += number
    return found


def _found(values: dict[str, Any]) -> Found:
    return Found(**values | {"severity": Severity(values["severity"])})
