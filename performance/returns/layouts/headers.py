"""What the headers of a file stand for."""

import difflib
import re
from collections.abc import Hashable, Iterator, Mapping, Sequence
from typing import TypeVar

from performance.frameworks.figure_checks.columns import PERIOD
from performance.returns.found import Found, error, warning
from performance.returns.layouts.findings import shown
from performance.returns.layouts.said import Said

# The columns that are read, by their names here, and other names by which people call them. Known
# and not read are those that we write for people: a measure's title in a template, what was found in
# the copy of a workbook that was sent before, and what a file of accepted figures says beside them.
NOT_READ = ("title", "findings", "unit", "return", "version", "series", "standing")
OTHER_NAMES = {
    "organisation": ("organization", "trust", "trust name", "probation trust", "area", "probation area"),
    "framework": (),
    "measure": ("measure code", "indicator"),
    "title": ("measure title",),
    "findings": (),
    "unit": (),
    "return": (),
    "version": (),
    "series": (),
    "standing": (),
    "period": ("month",),
    "period start": ("start", "start date", "from", "period from"),
    "period end": ("end", "end date", "to", "period to"),
    "status": (),
    "numerator": ("num",),
    "denominator": ("den", "denom", "out of"),
    "expected": ("predicted",),
    "value": ("result",),
    "target": (),
    "note": ("notes", "comment", "comments"),
}
FIELDS = {name: field.replace(" ", "_") for field, others in OTHER_NAMES.items() for name in (field, *others)}
# A name as like as this to a known one may be meant as it; a longer one is like none.
LIKENESS, LONGEST = 0.75, 30

MISSING = {
    "organisation": "No column says whose figures these are: add a column organisation, or choose the trust "
    "with which the file is sent.",
    "framework": "No column says which framework the figures are for: add a column framework, or choose the "
    "framework with which the file is sent.",
    "measure": "No column says what was measured: add a column measure, with the code or title of each.",
    "period": "No column says which period the figures are for: add a column period, or period_start and "
    "period_end, or choose the period with which the file is sent.",
    "period_start": "A column says when a period ends, and none when it starts: add a column period_start.",
    "period_end": "A column says when a period starts, and none when it ends: add a column period_end.",
    "value": "No column holds figures: add value, numerator and denominator, or status.",
    "denominator": "No column says how many offenders are in the cohort: add a column cohort.",
}

Meaning = TypeVar("Meaning", bound=Hashable)


def in_small_words(header: str) -> str:
    """Period_Start, period-start and PERIOD START are one."""
    return re.sub(r"[\s_-]+", " ", header).strip().casefold()


def field_of(header: str) -> str | None:
    """Which column a header names, such as "period_start"; none where it isn't known."""
    return FIELDS.get(in_small_words(header))


def places_of(meanings: Sequence[Meaning | None]) -> dict[Meaning, int]:
    """Where the first column of each meaning stands. meanings: of the headers, in order."""
    places: dict[Meaning, int] = {}
    for place, meaning in enumerate(meanings):
        if meaning is not None:
            places.setdefault(meaning, place)
    return places


def columns_of_figures(header: Sequence[str], places: Mapping[str, int]) -> dict[str, str]:
    """The header of each column of Figures; a period in one cell has its start and its end there."""
    columns = {field: header[place] for field, place in places.items() if field not in (*NOT_READ, "period")}
    return columns | {field: header[places["period"]] for field in PERIOD if "period" in places}


def found_in_header(header: Sequence[str], meanings: Sequence[Hashable | None], row: int) -> Iterator[Found]:
    """A warning for each column that stands for nothing, an error for each that another is too."""
    places = places_of(meanings)
    may_be_meant = [name for name, field in FIELDS.items() if field not in places]
    for place, (text, meaning) in enumerate(zip(header, meanings, strict=True)):
        if meaning is None:
            # What is in columns without a name is seen to where the file is read.
            if text:
                yield warning("unknown-column", _isnt_read(text, may_be_meant), row=row, column=text)
        elif places[meaning] != place:
            both = f"{shown(header[places[meaning]])} and {shown(text)}"
            sentence = f"The columns {both} stand for the same: keep one of them."
            yield error("column-twice", sentence, row=row, column=text)


def _isnt_read(text: str, may_be_meant: list[str]) -> str:
    words = in_small_words(text)
    near = difflib.get_close_matches(words, may_be_meant, 1, LIKENESS) if len(words) <= LONGEST else []
    meant = f" If {near[0]} is meant, write that." if near else ""
    return f"The column {shown(text)} isn't known, so its cells aren't read.{meant}"


def missing(field: str, row: int) -> Found:
    return error("missing-column", MISSING[field], row=row)


def names_missing(fields: Sequence[str], has: set[str], said: Said, row: int) -> list[Found]:
    """Those of organisation, framework and measure that neither the file nor the form says."""
    return [missing(field, row) for field in fields if field not in has and not said.tells(field)]


def period_missing(has: set[str], said: Said, row: int) -> list[Found]:
    """A period is told in one column or by its two ends, or else by the form."""
    ends = [field for field in PERIOD if field in has]
    if "period" in has and ends:
        sentence = "The period is told twice: keep the column period alone, or its start and end alone."
        return [error("column-twice", sentence, row=row)]
    if len(ends) == 1:
        return [missing(field, row) for field in PERIOD if field not in has]
    return [] if ends or "period" in has or said.period else [missing("period", row)]
