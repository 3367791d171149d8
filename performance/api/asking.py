"""What a program asks of a table: which rows, which columns, in which order, how many, and from where on.

Each column is a filter of its own name; columns of dates and numbers have two more, `_from` and `_to`.
"""

import datetime
import math
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.http import QueryDict
from django.utils import timezone

from performance.api.fields import fields_of
from performance.api.problems import BadQuery, Error
from performance.exports.dictionary import Field
from performance.releases.tables import Table

MOST_ROWS, USUAL_ROWS = 1_000, 100
# Nobody needs more, and a database should not be asked for them.
MOST_VALUES, LONGEST_VALUE, MOST_ORDERS = 100, 200, 5
LARGEST_INTEGER = 2**63 - 1
# As they are written here; Python reads other digits, spaces and underscores too, and no end of them.
INTEGER = re.compile(r"-?[0-9]{1,19}")
NUMBER = re.compile(r"-?[0-9]{1,30}(\.[0-9]{1,30})?([eE][-+]?[0-9]{1,3})?")
DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
ENDS = {"_from": "gte", "_to": "lte"}
WITH_ENDS = ("date", "datetime", "integer", "number")
OTHERS = ("fields", "ordering", "limit", "cursor", "format")
BOOLEANS = {"true": True, "false": False}
KINDS = {
    "text": f"a text of at most {LONGEST_VALUE} characters, without a null",
    "integer": "a whole number",
    "number": "a number, such as 69.2",
    "boolean": "true or false",
    "date": "a day, such as 2010-04-01",
    "datetime": "a day or a moment, such as 2010-04-01 or 2010-04-01T09:30:00Z",
}


class NotAValue(ValueError):
    """Its text says what a value would be."""


@dataclass(frozen=True)
class Order:
    column: str
    is_falling: bool = False

    def __str__(self) -> str:
        return f"-{self.column}" if self.is_falling else self.column


@dataclass(frozen=True)
class Filter:
    """`name` and `values` are as they were asked."""

    name: str
    values: tuple[str, ...]
    condition: Q

    @property
    def written(self) -> str:
        return f"{self.name}={','.join(self.values)}"


@dataclass(frozen=True)
class Asked:
    """`fields` are columns in the order of the table; `limit` is None where none was said,
    `cursor` blank for the first page."""

    filters: tuple[Filter, ...]
    fields: tuple[str, ...]
    ordering: tuple[Order, ...]
    limit: int | None
    cursor: str

    @property
    def condition(self) -> Q:
        return Q(*(one.condition for one in self.filters))

    @property
    def question(self) -> list[Any]:
        """What a cursor goes on with: the same rows in the same order."""
        return [[(one.name, *one.values) for one in self.filters], [str(one) for one in self.ordering]]


def names_of_filters(table: Table) -> dict[str, tuple[str, str]]:
    """Column and lookup of each filter by its name in an address."""
    found = {}
    fields = fields_of(table)
    for column in table.told:
        found[column] = (column, "exact")
        if fields[column].type in WITH_ENDS:
            found |= {f"{column}{end}": (column, lookup) for end, lookup in ENDS.items()}
    return found


def asked_of(table: Table, query: QueryDict) -> Asked:
    """Raises BadQuery with everything in the address that isn't known or can't be read."""
    errors: list[Error] = []
    reader = _Reader(table, query, errors)
    asked = Asked(
        filters=tuple(reader.filters()),
        fields=reader.fields(),
        ordering=reader.ordering(),
        limit=reader.limit(),
        cursor=query.get("cursor", ""),
    )
    if errors:
        raise BadQuery(errors)
    return asked


class _Reader:
    """Puts what is wrong into `errors` and goes on."""

    def __init__(self, table: Table, query: QueryDict, errors: list[Error]):
        self._table, self._query, self._errors = table, query, errors
        self._columns: Mapping[str, Field] = fields_of(table)

    def filters(self) -> Iterator[Filter]:
        known = names_of_filters(self._table)
        for name, values in self._query.lists():
            if name in OTHERS:
                self._once(name, values)
            elif name not in known:
                self._wrong(name, f"There is no filter '{name[:40]}'.", [*known, *OTHERS])
            elif len(values) > MOST_VALUES:
                self._wrong(name, f"{name} has {len(values)} values; at most {MOST_VALUES} can be asked for.")
            elif (condition := self._condition(name, *known[name], values)) is not None:
                yield Filter(name, tuple(values), condition)

    def fields(self) -> tuple[str, ...]:
        if "fields" not in self._query:
            return tuple(self._table.columns)
        asked = self._listed("fields", list(self._table.columns), lambda name: name)
        return tuple(column for column in self._table.columns if column in asked)

    def ordering(self) -> tuple[Order, ...]:
        """Of a column that is named again the first counts."""
        if "ordering" not in self._query:
            return ()
        allowed = self._table.told
        asked = self._listed("ordering", allowed, lambda name: name.removeprefix("-"))
        if len(asked) > MOST_ORDERS:
            self._wrong("ordering", f"Rows can be put in order by at most {MOST_ORDERS} columns.")
        orders: dict[str, Order] = {}
        for name in asked:
            column = name.removeprefix("-")
            orders.setdefault(column, Order(column, name.startswith("-")))
        return tuple(orders.values())

    def limit(self) -> int | None:
        if "limit" not in self._query:
            return None
        try:
            found = _integer(self._query["limit"])
        except ValueError:
            found = 0
        if not 1 <= found <= MOST_ROWS:
            self._wrong("limit", f"limit is a whole number from 1 to {MOST_ROWS}.")
        return found

    def _once(self, name: str, values: list[str]) -> None:
        if len(values) > 1:
            self._wrong(name, f"{name} is said {len(values)} times; say it once.")

    def _listed(self, name: str, allowed: list[str], column_of: Callable[[str], str]) -> list[str]:
        """Names with commas between."""
        asked = self._query[name].split(",")
        columns = [column_of(one) for one in asked]
        for column in dict.fromkeys(columns):
            if column not in allowed:
                self._wrong(name, f"There is no column '{column[:40]}' for {name}.", allowed)
        return [one for one, column in zip(asked, columns, strict=True) if column in allowed]

    def _condition(self, name: str, column: str, lookup: str, values: list[str]) -> Q | None:
        """Rows with any of the values. An empty one is of rows that have none."""
        field, path = self._columns[column], self._table.path(column)
        if lookup != "exact" and len(values) > 1:
            self._wrong(name, f"{name} is said {len(values)} times; say it once.")
            return None
        try:
            read = [_read(text, field) for text in values if text or field.type == "text"]
            if lookup != "exact" and not read:
                raise NotAValue(KINDS[field.type])
        except NotAValue as what:
            self._wrong(name, f"{name} is {what}.", _allowed(field))
            return None
        found = Q(**{f"{path}__in": read}) if lookup == "exact" else Q(**{f"{path}__{lookup}": read[0]})
        return found | Q(**{f"{path}__isnull": True}) if "" in values else found

    def _wrong(self, parameter: str, detail: str, allowed: list[str] | None = None) -> None:
        self._errors.append(Error(parameter[:40], detail, allowed or []))


def _allowed(field: Field) -> list[str]:
    if field.type == "boolean":
        return list(BOOLEANS)
    return [word for word, _ in field.words]


def _read(text: str, field: Field) -> Any:
    """Raises NotAValue."""
    if text and field.words and text not in {word for word, _ in field.words}:
        raise NotAValue("one of a few words")
    try:
        return READERS[field.type](text)
    except (ValueError, KeyError, OverflowError) as error:
        raise NotAValue(KINDS[field.type]) from error


def _text(text: str) -> str:
    """No database keeps one with a null in it."""
    if len(text) > LONGEST_VALUE or "\0" in text:
        raise ValueError(text)
    return text


def _integer(text: str) -> int:
    if not INTEGER.fullmatch(text) or abs(number := int(text)) > LARGEST_INTEGER:
        raise ValueError(text)
    return number


def _number(text: str) -> float:
    if not NUMBER.fullmatch(text) or not math.isfinite(number := float(text)):
        raise ValueError(text)
    return number


def _date(text: str) -> datetime.date:
    if not DATE.fullmatch(text):
        raise ValueError(text)
    return datetime.date.fromisoformat(text)


def _moment(text: str) -> datetime.datetime:
    """A day is its first moment here; a time of day without a time zone is none."""
    if DATE.fullmatch(text):
        return timezone.make_aware(datetime.datetime.fromisoformat(text)).astimezone(datetime.UTC)
    moment = datetime.datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError(text)
    return moment.astimezone(datetime.UTC)


READERS: Mapping[str, Callable[[str], Any]] = {
    "text": _text,
    "integer": _integer,
    "number": _number,
    "boolean": lambda text: BOOLEANS[text.lower()],
    "date": _date,
    "datetime": _moment,
}
