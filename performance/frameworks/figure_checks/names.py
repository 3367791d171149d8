"""What a figure is of and for when: organisation, framework, measure, period."""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from performance.frameworks.figure_checks.columns import (
    FIGURE,
    Booleans,
    Integers,
    cell,
    numbers,
    places_in,
    where_text,
    where_whole,
)
from performance.frameworks.figure_checks.faults import Faults, faults
from performance.frameworks.figure_checks.known import Known


def organisation_is_known(frame: pd.DataFrame, known: Known) -> Iterator[Faults]:
    is_wrong = where_text(frame, "organisation", lambda slug: slug not in known.organisations)
    yield faults(is_wrong & _is_told(frame, "organisation"), "organisation", "the slug of an organisation")


def measure_is_known(frame: pd.DataFrame, known: Known) -> Iterator[Faults]:
    is_wrong = where_text(frame, "measure", lambda code: code not in known.units)
    yield faults(is_wrong & _is_told(frame, "measure"), "measure", "the code of a measure")


def framework_is_known(frame: pd.DataFrame, known: Known) -> Iterator[Faults]:
    frameworks = known.frameworks
    is_wrong = where_text(frame, "framework", lambda slug: slug != "" and slug not in frameworks)
    yield faults(is_wrong, "framework", "the slug of a framework, or empty")


def _is_told(frame: pd.DataFrame, column: str) -> Booleans:
    """Whether what stands in the cell is what was sent."""
    return where_text(frame, column, bool) | where_whole(frame)


def target_belongs_to_a_measure_of_the_framework(frame: pd.DataFrame, known: Known) -> Iterator[Faults]:
    is_wrong = ~np.isnan(numbers(frame, "target")) & ~_is_in_framework(frame, known)

    def expected(position: int) -> str:
        return f"'{cell(frame, 'measure', position)}' to be a measure of the row's framework"

    yield faults(is_wrong, "target", expected)


def _is_in_framework(frame: pd.DataFrame, known: Known) -> Booleans:
    frameworks, measures = sorted(known.frameworks), sorted(known.units)
    # The last of each is for a name that isn't known.
    belongs = np.zeros((len(frameworks) + 1, len(measures) + 1), dtype=np.bool_)
    for row, framework in enumerate(frameworks):
        belongs[row, :-1] = [(framework, measure) in known.framework_measures for measure in measures]
    is_in: Booleans = belongs[
        places_in(frameworks, frame["framework"]), places_in(measures, frame["measure"])
    ]
    return is_in


def period_runs_forward(frame: pd.DataFrame, known: Known) -> Iterator[Faults]:
    is_wrong = (frame["period_end"] < frame["period_start"]).to_numpy(dtype=np.bool_)
    yield faults(
        is_wrong, "period_end", lambda position: f"a date on or after {cell(frame, 'period_start', position)}"
    )


def no_figure_twice(frame: pd.DataFrame, known: Known) -> Iterator[Faults]:
    """A figure stands once: the same organisation, measure and period is a duplicate."""
    first = first_with_the_figure(frame)

    def expected(position: int) -> str:
        return f"one row for this figure; row {frame['row'].iat[first[position]]} has it already"

    yield faults(first < np.arange(len(frame)), "measure", expected)


def first_with_the_figure(frame: pd.DataFrame) -> Integers:
    """For each row the position of the first with the same organisation, measure and period: its
    own where there is none before, or where something of that couldn't be read."""
    codes = np.zeros(len(frame), dtype=np.int64)
    for column in FIGURE:
        own = frame[column].cat.codes if column in ("organisation", "measure") else frame[column]
        # An unreadable day is no day that another row may have.
        part = pd.factorize(own, use_na_sentinel=False)[0].astype(np.int64)
        codes = pd.factorize(codes * (part.max(initial=0) + 1) + part)[0].astype(np.int64)
    is_first = ~pd.Series(codes).duplicated().to_numpy()
    first = np.flatnonzero(is_first).astype(np.int64)[codes]
    return np.where(_is_named(frame), first, np.arange(len(frame)))


def _is_named(frame: pd.DataFrame) -> Booleans:
    names = where_text(frame, "organisation", bool) & where_text(frame, "measure", bool)
    period = frame["period_start"].notna() & frame["period_end"].notna()
    return names & period.to_numpy(dtype=np.bool_)
