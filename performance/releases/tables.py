"""Tables of plain values: which columns there are, and where in the database each has its values from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, QuerySet, TextField, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce

Path = str | Combinable
Values = Sequence[Any]
PERIOD: Mapping[str, Path] = {"period_start": "period_start", "period_end": "period_end"}


def or_blank(path: str) -> Coalesce:
    """A text, blank where what it is of isn't there."""
    return Coalesce(path, Value(""), output_field=TextField())


@dataclass(frozen=True, kw_only=True, eq=False)
class Table:
    """`columns` says of each where in the database its values come from; of those that are `made` of several
    results the database can't tell them."""

    slug: str
    title: str
    columns: Mapping[str, Path]
    made: tuple[str, ...] = ()

    @property
    def told(self) -> list[str]:
        """The columns that aren't made."""
        return [name for name in self.columns if name not in self.made]

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
        """A value for each column that is told."""
        return self.annotated(rows).values_list(*(self.path(name) for name in self.told))
