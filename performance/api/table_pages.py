"""A page of a table, as a program asked for it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from performance.api.asking import Asked
from performance.api.cursors import after, in_order, read_cursor, written_cursor
from performance.releases.tables import Table, Values
from performance.wording import listed

# Turns values of the columns that the database tells into values of all.
Complete = Callable[[Sequence[Values], Sequence[int]], list[Values]]


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


def page_of(
    table: Table, of: str, rows: QuerySet[Any], asked: Asked, complete: Complete | None = None
) -> TablePage:
    """In one query, two for the columns that are made; more where there is nothing, to say why. of: what the
    rows are of, which a cursor stays with. Raises BadQuery for a cursor that isn't ours."""
    question = [table.slug, of, *asked.question]
    annotated = table.annotated(rows)
    paths = [*((table.path(order.column), order.is_falling) for order in asked.ordering), ("pk", False)]
    chosen = annotated.filter(asked.condition)
    if asked.cursor:
        chosen = chosen.filter(after(paths, read_cursor(asked.cursor, question)))
    told = table.told_by_database(list(table.columns) if complete else asked.fields)
    values = [*(table.path(name) for name in told), *(path for path, _ in paths)]
    found = list(chosen.order_by(*in_order(paths)).values_list(*values)[: asked.limit + 1])
    page = found[: asked.limit]
    width = len(told)
    return TablePage(
        fields=asked.fields,
        rows=_of_fields(table, asked, [row[:width] for row in page], [row[-1] for row in page], complete),
        cursor=written_cursor(question, page[-1][width:]) if len(found) > asked.limit else "",
        empty_because="" if page else _why_empty(annotated, asked),
    )


def _of_fields(
    table: Table, asked: Asked, rows: list[Values], keys: list[int], complete: Complete | None
) -> list[Values]:
    if complete is None:
        return rows
    places = [list(table.columns).index(name) for name in asked.fields]
    return [[row[place] for place in places] for row in complete(rows, keys)]


def _why_empty(rows: QuerySet[Any], asked: Asked) -> str:
    """Which of the filters nothing fits, each looked at alone."""
    if asked.cursor:
        return "There are no more rows."
    if not rows.exists():
        return "There are no rows here to see, whatever is asked."
    none = [one.written for one in asked.filters if not rows.filter(one.condition).exists()]
    if none:
        return " ".join(f"No row has {one}." for one in none)
    return f"Each of these has rows, but none has all of them: {listed([o.written for o in asked.filters])}."
