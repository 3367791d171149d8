"""What differs between two releases of a series, figure by figure."""

from dataclasses import dataclass, field
from typing import Any

import numpy as np
import orjson
import pandas as pd

from performance.calculation.digest import significant
from performance.calculation.reading import Kind
from performance.calculation.tables import INDICATORS, PERIOD, SENTENCES, TABLES, ResultTable
from performance.models import Framework, Measure, Release
from performance.periods import Period
from performance.vocabulary import AuditSignal, Method, ProcessKind, Subject, Weighting
from performance.wording import counted
from trusts.models import Organisation

ABSENT = "none"
# What a row of each table is about, beside whom and when. A sentence only repeats the others.
COMPARED: dict[ResultTable, str] = {
    table: "" if table is INDICATORS else table.name for table in TABLES if table is not SENTENCES
}
# A control chart's points follow from the figures, and nobody reads them in a line.
UNREADABLE = ("points",)


@dataclass(frozen=True)
class Change:
    """One column of one figure (named in words), before and after, as far as a digest looks."""

    figure: str
    column: str
    before: str
    after: str

    def __str__(self) -> str:
        return f"{self.figure}: {self.column.replace('_', ' ')} {self.before}, now {self.after}"


@dataclass(frozen=True)
class Difference:
    """Of one table: how many rows both have and how many of these differ, by changes; added and
    left_out: rows that only the later or the earlier has, named in words."""

    in_both: int
    changed_rows: int
    added: list[str]
    left_out: list[str]
    changes: list[Change]

    @property
    def number(self) -> int:
        return self.changed_rows + len(self.added) + len(self.left_out)

    @property
    def lines(self) -> list[str]:
        """Every difference, one a line."""
        return [
            *map(str, self.changes),
            *(f"{row}: added" for row in self.added),
            *(f"{row}: left out" for row in self.left_out),
        ]


@dataclass(frozen=True)
class Comparison:
    """figures: what differs among the indicators; others: among all that is worked out from them,
    such as ratings and divergence."""

    earlier: Release
    later: Release
    figures: Difference
    others: list[Difference] = field(default_factory=list)
    framework_mixes_differ: bool = False

    @property
    def is_empty(self) -> bool:
        return not (self.figures.number or self._other_number or self.framework_mixes_differ)

    @property
    def _other_number(self) -> int:
        return sum(other.number for other in self.others)

    @property
    def sentence(self) -> str:
        first, second = f"Release {self.later.number}", f"release {self.earlier.number}"
        if self.is_empty:
            return f"{first} holds the same figures as {second}."
        mixes = " What the frameworks reward differs too." if self.framework_mixes_differ else ""
        return (
            f"{first} differs from {second}: of {counted(self.figures.in_both, 'figure')} in both, "
            f"{_were(self.figures.changed_rows, 'changed')}; {_were(len(self.figures.added), 'added')} and "
            f"{_were(len(self.figures.left_out), 'left out')}.{self._others}{mixes}"
        )

    @property
    def _others(self) -> str:
        if not self._other_number:
            return ""
        differs = "result" if self._other_number == 1 else "results"
        verb = "differs" if self._other_number == 1 else "differ"
        return f" Of what is worked out from them, {self._other_number} {differs} {verb}."

    @property
    def lines(self) -> list[str]:
        """Every difference, one a line."""
        return [line for part in (self.figures, *self.others) for line in part.lines]


def compare_releases(earlier: Release, later: Release) -> Comparison:
    """Compares what is stored, as far as a digest looks. Raises ValueError for releases of two
    series: figures of different standing never meet."""
    if earlier.series_id != later.series_id:
        raise ValueError("only releases of one series can be compared")
    names = _Names.of_everything()
    figures, *others = (_difference(table, earlier, later, names) for table in COMPARED)
    mixes_differ = earlier.framework_mixes != later.framework_mixes
    return Comparison(earlier, later, figures, others, mixes_differ)


@dataclass(frozen=True)
class _Names:
    """What the codes that name a row are called."""

    words: dict[str, dict[str, str]]

    @classmethod
    def of_everything(cls) -> "_Names":
        return cls(
            {
                "measure": dict(Measure.objects.values_list("code", "short_title")),
                "organisation": dict(Organisation.objects.values_list("slug", "name")),
                "framework": dict(Framework.objects.values_list("slug", "short_title")),
                "subject": {word.value: word.label for word in Subject},
                "method": {word.value: word.label for word in Method},
                # What is about all kinds of process together needn't say so.
                "kind": {word.value: "" if word == ProcessKind.ALL else word.label for word in ProcessKind},
                "weighting": {word.value: word.label for word in Weighting},
                "signal": {word.value: word.label for word in AuditSignal},
            }
        )

    def row(self, table: ResultTable, key: Any) -> str:
        named = dict(zip(table.key, key, strict=True))
        dates = [named.pop(column).date() for column in PERIOD if column in named]
        texts = [self.words.get(column, {}).get(code, code) for column, code in named.items()]
        period = str(Period(*dates)) if dates else ""
        return ", ".join(filter(None, [COMPARED[table].capitalize(), *texts, period]))


def _difference(table: ResultTable, earlier: Release, later: Release, names: _Names) -> Difference:
    before, after = _written(table, earlier), _written(table, later)
    both = before.index.intersection(after.index)
    changes = _changes(before.loc[both], after.loc[both])
    return Difference(
        in_both=len(both),
        changed_rows=len({key for key, _ in changes}),
        added=[names.row(table, key) for key in after.index.difference(before.index)],
        left_out=[names.row(table, key) for key in before.index.difference(after.index)],
        changes=[Change(names.row(table, key), *change) for key, change in changes],
    )


def _written(table: ResultTable, release: Release) -> pd.DataFrame:
    frame = table.stored(release)
    index = pd.MultiIndex.from_arrays([_key(frame[column]) for column in table.key], names=table.key)
    columns = {c: _texts(frame[c], table.kind(c)) for c in table.figures if c not in UNREADABLE}
    return pd.DataFrame(columns, index).sort_index()


def _key(column: pd.Series) -> pd.Series:
    return column.astype(object) if isinstance(column.dtype, pd.CategoricalDtype) else column


def _texts(column: pd.Series, kind: Kind) -> np.ndarray:
    """As a reader of differences sees a column: numbers to nine figures, 'none' for nothing."""
    match kind:
        case Kind.NUMBER:
            numbers = significant(column.to_numpy(dtype=float))
            texts = [ABSENT if np.isnan(number) else f"{number:.9g}" for number in numbers]
        case Kind.JSON:
            texts = [orjson.dumps(document, option=orjson.OPT_SORT_KEYS).decode() for document in column]
        case Kind.DATE:
            texts = [str(day.date()) for day in column]
        case _:
            texts = [str(value) or ABSENT for value in column]
    return np.array(texts, dtype=object)


def _changes(before: pd.DataFrame, after: pd.DataFrame) -> list[tuple[Any, tuple[str, str, str]]]:
    """The key of a row and its column, old and new, for each difference."""
    old, new = before.to_numpy(), after.to_numpy()
    rows, columns = np.nonzero(old != new)
    return [
        (before.index[row], (before.columns[column], old[row, column], new[row, column]))
        for row, column in zip(rows.tolist(), columns.tolist(), strict=True)
    ]


def _were(number: int, what: str) -> str:
    return f"{number or 'none'} {'was' if number == 1 else 'were'} {what}"
