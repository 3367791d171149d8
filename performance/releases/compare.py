"""What differs between two releases of a series, figure by figure."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from performance.calculation.digest import RESULT_COLUMNS, written
from performance.models import Measure, Release
from performance.periods import Period
from performance.releases.verify import stored_results
from performance.wording import counted
from trusts.models import Organisation

KEY = ["measure", "organisation", "period_start", "period_end"]
FIGURES = [column for column in RESULT_COLUMNS if column not in KEY]
ABSENT = "none"


@dataclass(frozen=True)
class Change:
    """One column of one figure (named in words), before and after, as written in a digest."""

    figure: str
    column: str
    before: str
    after: str

    def __str__(self) -> str:
        return f"{self.figure}: {self.column.replace('_', ' ')} {self.before}, now {self.after}"


@dataclass(frozen=True)
class Comparison:
    """in_both: how many figures both have, changed_figures: how many of these differ, by changes;
    added and left_out: figures that only the later or the earlier has, named in words."""

    earlier: Release
    later: Release
    in_both: int
    changed_figures: int
    added: list[str]
    left_out: list[str]
    changes: list[Change]
    framework_mixes_differ: bool

    @property
    def is_empty(self) -> bool:
        return not (self.added or self.left_out or self.changes or self.framework_mixes_differ)

    @property
    def sentence(self) -> str:
        first, second = f"Release {self.later.number}", f"release {self.earlier.number}"
        if self.is_empty:
            return f"{first} holds the same figures as {second}."
        mixes = " What the frameworks reward differs too." if self.framework_mixes_differ else ""
        return (
            f"{first} differs from {second}: of {counted(self.in_both, 'figure')} in both, "
            f"{_were(self.changed_figures, 'changed')}; {_were(len(self.added), 'added')} and "
            f"{_were(len(self.left_out), 'left out')}.{mixes}"
        )

    @property
    def lines(self) -> list[str]:
        """Every difference, one a line."""
        return [
            *map(str, self.changes),
            *(f"{figure}: added" for figure in self.added),
            *(f"{figure}: left out" for figure in self.left_out),
        ]


def compare_releases(earlier: Release, later: Release) -> Comparison:
    """Compares what is stored, to the nine significant figures of a digest. Raises ValueError
    for releases of two series: figures of different standing never meet."""
    if earlier.series_id != later.series_id:
        raise ValueError("only releases of one series can be compared")
    before, after = _written_results(earlier), _written_results(later)
    both = before.index.intersection(after.index)
    names = _Names.of_everything()
    changes = _changes(before.loc[both], after.loc[both])
    return Comparison(
        earlier,
        later,
        in_both=len(both),
        changed_figures=len({key for key, _ in changes}),
        added=[names.figure(key) for key in after.index.difference(before.index)],
        left_out=[names.figure(key) for key in before.index.difference(after.index)],
        changes=[Change(names.figure(key), *change) for key, change in changes],
        framework_mixes_differ=earlier.framework_mixes != later.framework_mixes,
    )


@dataclass(frozen=True)
class _Names:
    measures: dict[str, str]
    organisations: dict[str, str]

    @classmethod
    def of_everything(cls) -> "_Names":
        return cls(
            dict(Measure.objects.values_list("code", "short_title")),
            dict(Organisation.objects.values_list("slug", "name")),
        )

    def figure(self, key: Any) -> str:
        measure, organisation, start, end = key
        return f"{self.measures[measure]}, {self.organisations[organisation]}, {Period(start, end)}"


def _written_results(release: Release) -> pd.DataFrame:
    frame = stored_results(release).set_index(KEY)
    columns = {column: pd.Series(written(frame[column]), frame.index, dtype=object) for column in FIGURES}
    return pd.DataFrame(columns, frame.index).fillna(ABSENT).sort_index()


def _changes(before: pd.DataFrame, after: pd.DataFrame) -> list[tuple[Any, tuple[str, str, str]]]:
    """The key of a figure and its column, old and new, for each difference."""
    old, new = before.to_numpy(), after.to_numpy()
    rows, columns = np.nonzero(old != new)
    return [
        (before.index[row], (FIGURES[column], old[row, column], new[row, column]))
        for row, column in zip(rows.tolist(), columns.tolist(), strict=True)
    ]


def _were(number: int, what: str) -> str:
    return f"{number or 'none'} {'was' if number == 1 else 'were'} {what}"
