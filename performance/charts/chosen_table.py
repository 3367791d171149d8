"""A comparison as a table: only the columns in which its rows differ, or that say something."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from performance.calculation.sum_notes import tells_of_gaps
from performance.charts.figure import Column, Row, Table, publisher
from performance.charts.results_table import (
    COUNTS,
    FLAG,
    INTERVAL,
    MEASURE,
    NAMED_WITH_KIND,
    PERCENT_OF_TARGET,
    PERIOD,
    RESULT_FILE_COLUMNS,
    TARGET,
    TARGET_STATUS,
    VALUE,
    raw,
    remarks,
    results_table,
    source_name,
)
from performance.periods import Period
from performance.releases.chosen_rows import OWN_GROUP, ChosenRow
from performance.releases.rows import ResultRow
from performance.wording import NOUNS, counted, listed

FIGURES = (VALUE, COUNTS, INTERVAL, TARGET, PERCENT_OF_TARGET, TARGET_STATUS, FLAG)
GROUP = "own group"
# More are told by where they begin and end.
MOST_PERIODS = 4
# Beside others these would be taken for one another, or for a trust.
NAMED_ALIKE = ("area", *NAMED_WITH_KIND, OWN_GROUP)
FILE_COLUMNS = [*RESULT_FILE_COLUMNS, "shown_as", "comparison"]
Address = Callable[[str], str]


def chosen_table(rows: Sequence[ResultRow], address: Address) -> Table:
    """rows: at least one; address: of an organisation's page, by its slug. What is to be said of a
    row stands with its source or, where all have one or none, at its head; what is to be said of
    all of them is in `remark_on_all`."""
    first, *heads = _heads(rows, address)
    has_sources = len(sources_of(rows)) > 1
    if not has_sources and not remark_on_all(rows):
        first = _with_remarks(first)
    table = results_table(rows, first, *heads, *FIGURES)
    own = table.columns[:-1]
    return Table([*own, SOURCE] if has_sources else own, table.rows)


def sources_of(rows: Sequence[ResultRow]) -> list[str]:
    """Addresses of the pages that the rows' figures were published on."""
    return sorted({row.source for row in rows if publisher(row.source)})


def remark_on_all(rows: Sequence[ResultRow]) -> str:
    """What each of several rows would say."""
    said = set(map(_remark, rows))
    return said.pop() if len(said) == 1 and len(rows) > 1 else ""


def _with_remarks(head: Column) -> Column:
    def note(row: Row) -> str:
        own = head.note(row) if head.note else ""
        return ". ".join(text for text in (own, _remark(row["result"])) if text)

    return replace(head, note=note)


def caption_of(rows: Sequence[ResultRow]) -> str:
    """What is the same in all of its rows, and how much there is of what isn't."""
    measures = list(dict.fromkeys(row.measure_title for row in rows))
    names = dict.fromkeys((row.organisation, row.organisation_name) for row in rows)
    periods = sorted({row.period for row in rows})
    parts = [
        measures[0] if len(measures) == 1 else counted(len(measures), "measure"),
        next(iter(names))[1] if len(names) == 1 else "",
        _span(periods),
    ]
    return ", ".join(part for part in parts if part)


def _span(periods: Sequence[Period]) -> str:
    if len(periods) < MOST_PERIODS:
        return listed([str(period) for period in periods])
    return from_to(periods[0], periods[-1])


def from_to(first: Period, last: Period) -> str:
    """2010-11 to 2012-13, April 2017 to March 2019."""
    if first.is_financial_year and last.is_financial_year:
        return f"{first} to {last}"
    return f"{first.start:%B %Y} to {last.end:%B %Y}"


def file_rows(rows: Sequence[ResultRow], address: str) -> list[Row]:
    """As a file has them: each result, how the page writes it, and the address of the comparison."""
    return [{**raw(row), "shown_as": row.written, "comparison": address} for row in rows]


def names_of(rows: Sequence[ResultRow]) -> dict[str, str]:
    """What to call each organisation where a trust, an area and a region may have one name."""
    whose: dict[str, set[str]] = {}
    for row in rows:
        whose.setdefault(row.organisation_name, set()).add(row.organisation)
    return {
        row.organisation: row.organisation_name
        if len(whose[row.organisation_name]) == 1
        else f"{row.organisation_name} ({kind_of(row)})"
        for row in rows
    }


def kind_of(row: ResultRow) -> str:
    return GROUP if row.organisation_kind == OWN_GROUP else NOUNS[row.organisation_kind][0]


def _heads(rows: Sequence[ResultRow], address: Address) -> list[Column]:
    """Who, on what and when, without what is the same throughout: the caption says it."""
    kinds = {row.organisation_kind for row in rows}
    says_kind = NAMED_ALIKE if len(kinds) > 1 else ()
    who = Column(
        "organisation_name",
        "Organisation",
        link=lambda row: "" if row["organisation_kind"] == OWN_GROUP else address(row["organisation"]),
        note=lambda row: kind_of(row["result"]).capitalize() if row["organisation_kind"] in says_kind else "",
    )
    differing = {
        who: len({row.organisation for row in rows}),
        MEASURE: len({row.measure for row in rows}),
        PERIOD: len({row.period for row in rows}),
    }
    return [column for column, number in differing.items() if number > 1] or [who]


def _source(row: ResultRow) -> str:
    is_gap = isinstance(row, ChosenRow) and not row.is_added_up
    return "" if is_gap else source_name(row)


def _remark(row: ResultRow) -> str:
    """That a year is the sum of all its months goes without saying; not so with a group's."""
    is_whole_sum = row.is_added_up and not tells_of_gaps(row.note) and ";" not in row.note
    is_own = row.organisation_kind == OWN_GROUP
    return "" if is_whole_sum and row.value is not None and not is_own else remarks(row)


SOURCE = Column(
    "source",
    "Source",
    show=lambda row: _source(row["result"]),
    link=lambda row: row["source"] if publisher(row["source"]) else "",
    note=lambda row: _remark(row["result"]),
)
