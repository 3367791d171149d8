"""Tables of plain values: which columns there are, and where in the database each has its values from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Model, QuerySet
from django.db.models.expressions import Combinable

Path = str | F | Combinable
Values = Sequence[Any]


@dataclass(frozen=True, kw_only=True, eq=False)
class Table:
    """`columns` says of each where in the database its values come from; of those that are `made` of several
    results the database can't tell them."""

    slug: str
    title: str
    columns: Mapping[str, Path]
    made: tuple[str, ...] = ()

    def told_by_database(self, names: Sequence[str]) -> list[str]:
        return [name for name in names if name not in self.made]

    def path(self, column: str) -> str:
        """By which rows that are `annotated` are filtered and put in order."""
        path = self.columns[column]
        return path if isinstance(path, str) else f"the_{column}"

    def annotated(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        worked_out = {
            self.path(name): path for name, path in self.columns.items() if not isinstance(path, str)
        }
        return rows.annotate(**worked_out)

    def values(self, rows: QuerySet[Any]) -> QuerySet[Model, Values]:
        """A value for each column that isn't made."""
        paths = [self.path(name) for name in self.told_by_database(list(self.columns))]
        return self.annotated(rows).values_list(*paths)
