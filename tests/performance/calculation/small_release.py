"""A small series as a calculation takes it, and what comes out of one as plain rows.

The series are those of `tests/oracles/release_series`: rows, frameworks and places as dictionaries.
"""

import math
from collections.abc import Callable
from functools import cache
from itertools import chain
from typing import Any

import pandas as pd

from performance.calculation.definitions import Definitions
from performance.calculation.inputs import years_of
from performance.calculation.parts import work_out_across, work_out_year
from performance.calculation.places import Places
from performance.calculation.plans import FrameworkPlan, PlannedDomain, PlannedMeasure
from performance.calculation.tables import BY_NAME, Results
from performance.vocabulary import Kind, Polarity, Unit
from tests.oracles import release_series as small
from tests.oracles.release_edges import Series
from tests.performance.calculation import frames

Row = dict[str, Any]
Key = tuple[Any, ...]


def definitions(frameworks: list[Row], places: Row, measures: Row | None = None) -> Definitions:
    kinds = measures or small.MEASURES
    described = [(code, *words[:3]) for code, words in sorted(kinds.items())]
    organisations = pd.DataFrame(places["organisations"], columns=["slug", "name", "kind", "region"])
    today = pd.DataFrame(places["today"], columns=["organisation", "kind", "today"])
    return Definitions(
        tuple(planned(framework) for framework in frameworks),
        pd.DataFrame(described, columns=["code", "kind", "polarity", "unit"]),
        Places(organisations, today, places["nation"]),
    )


def planned(framework: Row) -> FrameworkPlan:
    words = {"kind": Kind, "polarity": Polarity, "unit": Unit}
    measures = [
        PlannedMeasure(**measure | {name: word(measure[name]) for name, word in words.items()})
        for measure in framework["measures"]
    ]
    domains = tuple(PlannedDomain(**domain) for domain in framework["domains"])
    return FrameworkPlan(**framework | {"domains": domains, "measures": tuple(measures)})


def worked_out(rows: list[Row], known: Definitions) -> Results:
    frame = frames.frame(*rows)
    return work_out_across({year: work_out_year(own, known) for year, own in years_of(frame).items()}, known)


@cache
def of_chance(seed: int, years: int, gap: float) -> Results:
    """What comes of a series of `release_series.rows`. For looking at: several tests have the same."""
    return worked_out(small.rows(seed, years, gap), definitions(small.frameworks(), small.places()))


@cache
def of_edge(edge: Callable[[], Series]) -> Results:
    """What comes of one of `release_edges`."""
    rows, frameworks, places, measures = edge()
    return worked_out(rows, definitions(frameworks, places, measures))


def table(results: Results, name: str) -> dict[Key, Row]:
    """By key, plain figures: None for NaN, days as dates."""
    columns, key = BY_NAME[name].columns, BY_NAME[name].key
    columns = (*columns, "observation_id") if name == "indicators" else columns
    rows = results[name][list(columns)].astype(object).to_dict("records")
    plain = [{column: frames.plain(cell) for column, cell in row.items()} for row in rows]
    found = {tuple(row[column] for column in key): row for row in plain}
    assert len(found) == len(rows)
    return found


def not_numbers(document: Any) -> list[float]:
    """NaN and infinity, wherever they are in a JSON document."""
    parts = (
        document.values() if isinstance(document, dict) else document if isinstance(document, list) else []
    )
    found = [document] if isinstance(document, float) and not math.isfinite(document) else []
    return [*found, *chain.from_iterable(not_numbers(part) for part in parts)]
