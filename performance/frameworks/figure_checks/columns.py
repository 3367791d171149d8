"""The columns of a frame of figures, as rules look at them.

A frame has a row for each figure: organisation, framework, measure and status as categories of text
(empty where there is none), period_start and period_end as datetime64, numbers as float64 with NaN
for an empty cell, and is_whole, False where a cell of the row couldn't be read.
"""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from performance.frameworks.figure_checks.known import Known
from performance.vocabulary import PARTS_OF_A_WHOLE

Booleans = NDArray[np.bool_]
Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

NAMES = ("organisation", "framework", "measure")
PERIOD = ("period_start", "period_end")
COUNTS = ("numerator", "denominator")
# What a frame may have; a table from the public record has no predictions, a return no percentages.
NUMBERS = (*COUNTS, "expected", "value", "target", "percent_of_target")
# What makes a figure that figure and no other.
FIGURE = ("organisation", "measure", *PERIOD)

# Of any number that isn't 0: far beyond all that is counted, in either direction.
SMALLEST, LARGEST = 1e-6, 1e15
# Of slugs and codes: what is longer is no name, but may be a whole file.
LONGEST_NAME = 80


def numbers(frame: pd.DataFrame, column: str) -> Floats:
    return frame[column].to_numpy(dtype=np.float64, na_value=np.nan)


def where_sized(found: Floats) -> Booleans:
    """Where a number is 0 or of a size that something can have."""
    size = np.abs(found)
    is_sized: Booleans = (size == 0) | (size >= SMALLEST) & (size <= LARGEST)
    return is_sized


def where_text(frame: pd.DataFrame, column: str, holds: Callable[[str], bool]) -> Booleans:
    """The rows whose text is one of which something holds: asked once of each text."""
    texts = frame[column].cat
    # The last answer is for a row without a text, whose code is -1.
    answers = [holds(text) for text in texts.categories.tolist()]
    return np.array([*answers, holds("")], dtype=np.bool_)[texts.codes.to_numpy()]


def where_unit(frame: pd.DataFrame, known: Known, units: Sequence[str]) -> Booleans:
    """The rows whose measure is known and has one of the units."""
    return where_text(frame, "measure", lambda code: known.units.get(code) in units)


def where_share(frame: pd.DataFrame, known: Known) -> Booleans:
    return where_unit(frame, known, PARTS_OF_A_WHOLE)


def where_status(frame: pd.DataFrame, *statuses: str) -> Booleans:
    return where_text(frame, "status", lambda status: status in statuses)


def where_whole(frame: pd.DataFrame) -> Booleans:
    """The rows of which every cell could be read: what is empty in another may have been sent."""
    return frame["is_whole"].to_numpy(dtype=np.bool_)


def places_in(names: Sequence[str], column: pd.Series) -> Integers:
    """Where the text of each row stands among names, -1 where it doesn't."""
    places = {name: place for place, name in enumerate(names)}
    texts = column.astype("category").cat
    found = [places.get(text, -1) for text in texts.categories.tolist()]
    return np.array([*found, -1], dtype=np.int64)[texts.codes.to_numpy()]


def differ(own: np.ndarray, other: np.ndarray) -> Booleans:
    """Where two columns don't say the same. Only NaN isn't equal to itself; here it is to another."""
    differs: Booleans = (own != other) & ((own == own) | (other == other))
    return differs


def cell(frame: pd.DataFrame, column: str, position: int) -> str | None:
    """What stands in a cell, as it is written in a file, cut where it is longer than any name; None
    for an empty one."""
    content: Any = frame[column].iat[position]
    if pd.isna(content):
        return None
    if column in PERIOD:
        return str(content.date())
    if column in NUMBERS:
        return written(float(content))
    text = str(content)
    return text if len(text) <= LONGEST_NAME else f"{text[:LONGEST_NAME]}…"


def written(number: float) -> str:
    """A number as it is written in a file, in full as far as it has a size that can be."""
    return f"{number:.15g}" if number == 0 or SMALLEST <= abs(number) <= LARGEST else f"{number:g}"
