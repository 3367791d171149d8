"""The rows of a table that a program asked for: a page of them, or all."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.db.models import Count, QuerySet

from performance.api.asking import USUAL_ROWS, Asked
from performance.api.cursors import KEY, after, in_order, not_ours, read_cursor, written_cursor
from performance.releases.tables import Table, Values
from performance.wording import listed

ROWS_AT_ONCE = 1_000
# Turns values of the columns that are told, and the keys of their rows, into values of all columns.
Complete = Callable[[Sequence[Values], Sequence[int]], list[Values]]


@dataclass(frozen=True)
class Question:
    """Rows of a table, and what was asked of them. of: what they are of, which a cursor stays with.
    complete: for columns that are made of several results, where the table has any."""

    table: Table
    of: str
    rows: QuerySet[Any]
    asked: Asked
    complete: Complete | None = None

    @property
    def identity(self) -> list[Any]:
        return [self.table.slug, self.of, *self.asked.question]

    @property
    def paths(self) -> list[tuple[str, bool]]:
        return [(self.table.path(order.column), order.is_falling) for order in self.asked.ordering]

    @property
    def is_made(self) -> bool:
        """Whether a column is asked for that the database can't tell."""
        return self.complete is not None and any(name in self.table.made for name in self.asked.fields)

    @property
    def annotated(self) -> QuerySet[Any]:
        return self.table.annotated(self.rows)

    @property
    def number(self) -> int:
        """Of rows that fit, on whatever page."""
        return self.annotated.filter(self.asked.condition).count()

    @property
    def chosen(self) -> QuerySet[Any]:
        """Values of what is told and, in the end, the key."""
        told = self.table.told if self.is_made else self.asked.fields
        fitting = self.annotated.filter(self.asked.condition).order_by(*in_order(self.paths))
        return fitting.values_list(*(self.table.path(name) for name in told), KEY)

    def of_fields(self, rows: Sequence[Values]) -> list[Values]:
        """Rows as `chosen` has them, with what was asked for and no more."""
        told, keys = [row[:-1] for row in rows], [row[-1] for row in rows]
        if not self.is_made or self.complete is None:
            return told
        places = [list(self.table.columns).index(name) for name in self.asked.fields]
        return [[row[place] for place in places] for row in self.complete(told, keys)]


@dataclass(frozen=True)
class TablePage:
    """`rows` have a value for each of the fields; `cursor` is that of the next page, blank after the last.
    `empty_because` says why there are no rows, blank where there are."""

    fields: Sequence[str]
    rows: list[Values]
    cursor: str
    empty_because: str

    @property
    def named_rows(self) -> list[dict[str, Any]]:
        return [dict(zip(self.fields, row, strict=True)) for row in self.rows]


def page_of(question: Question) -> TablePage:
    """In one query, and one more each for a cursor in an order, for columns that are made, and to say why
    there is nothing. Raises BadQuery for a cursor that isn't ours."""
    asked, limit = question.asked, question.asked.limit or USUAL_ROWS
    chosen = question.chosen
    if asked.cursor:
        chosen = chosen.filter(_after(question))
    found = list(chosen[: limit + 1])
    page = found[:limit]
    return TablePage(
        fields=asked.fields,
        rows=question.of_fields(page),
        cursor=written_cursor(question.identity, page[-1][-1]) if len(found) > limit else "",
        empty_because="" if page else _why_empty(question),
    )


def all_rows(question: Question) -> Iterator[Values]:
    """A few at a time, as there may be a million."""
    rows = question.chosen.iterator(chunk_size=ROWS_AT_ONCE)
    while some := list(islice(rows, ROWS_AT_ONCE)):
        yield from question.of_fields(some)


def _after(question: Question) -> Any:
    """What comes after the row that the cursor names; one that is there no more can't be gone on from."""
    last = read_cursor(question.asked.cursor, question.identity)
    paths = [path for path, _ in question.paths]
    if not paths:
        return after([], [last])
    values = question.annotated.filter(pk=last).values_list(*paths, KEY).first()
    if values is None:
        raise not_ours()
    return after(question.paths, values)


def _why_empty(question: Question) -> str:
    """Which of the filters nothing fits, each looked at alone, in one query."""
    filters = question.asked.filters
    if question.asked.cursor:
        return "There are no more rows."
    fits = {f"fits_{place}": Count(KEY, filter=one.condition) for place, one in enumerate(filters)}
    found = question.annotated.aggregate(there_are=Count(KEY), **fits)
    if not found["there_are"]:
        return "There are no rows here to see, whatever is asked."
    none = [one.written for place, one in enumerate(filters) if not found[f"fits_{place}"]]
    if none:
        return " ".join(f"No row has {one}." for one in none)
    return f"Each of these has rows, but none has all of them: {listed([o.written for o in filters])}."
