"""Sums as rows like those of observations."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from performance.calculation.adding_up import FIGURES, added_up, addends, states_of
from performance.calculation.cells import Integers, always, cells, firsts
from performance.calculation.sum_notes import Wording, notes
from performance.statistics.columns import Booleans
from trusts.certainty import Certainty


@dataclass(frozen=True)
class Parts:
    """Observations that can be added up, and the whole that each belongs to."""

    rows: pd.DataFrame
    addends: pd.DataFrame
    whole: Integers
    wholes: int

    @classmethod
    def of(cls, rows: pd.DataFrame, alike: Sequence[str]) -> "Parts":
        """Those that are alike in these columns belong together."""
        whole = cells(rows, alike)
        return cls(rows, addends(rows), whole, int(whole.max(initial=-1)) + 1)


def sum_rows(
    parts: Parts,
    place: Integers,
    places: int,
    wording: Wording,
    is_enough: Callable[[pd.DataFrame], Booleans],
    *,
    targets: bool,
) -> pd.DataFrame:
    """A row for each whole that there is enough for, in the columns of the parts.

    place: of each part in its whole, from 0, or -1 if it is no part of it; places: how many there
    are; targets: see `adding_up`; is_enough: by the columns that `added_up` returns. What isn't of
    the sum itself (measure, period, ...) is that of the whole's first part; a framework only where
    all parts have it.
    """
    is_part = place >= 0
    addends, whole = parts.addends[is_part], parts.whole[is_part]
    states = states_of(addends, whole, place[is_part], (parts.wholes, places))
    sums = added_up(addends, whole, states, targets=targets)
    is_made = is_enough(sums)
    first = np.flatnonzero(is_part)[firsts(whole, parts.wholes)[is_made]]
    framework = _shared(parts.rows["framework"][is_part], whole, parts.wholes)[is_made]
    sums, states = sums[is_made].reset_index(drop=True), states[is_made]
    return (
        parts.rows.take(first)
        .reset_index(drop=True)
        .assign(
            **{name: sums[name] for name in [*FIGURES, "status", "is_partial"]},
            **{name: np.nan for name in ("observation_id", "percent_of_target")},
            **{name: always("", len(sums)) for name in ("as_printed", "source")},
            framework=framework,
            certainty=always(Certainty.DERIVED, len(sums)),
            note=notes(sums, states, wording),
        )
    )


def _shared(texts: pd.Series, whole: Integers, wholes: int) -> pd.Categorical:
    """The text that all parts of a whole have, or ''."""
    codes = texts.cat.codes.to_numpy()
    one = np.full(wholes, -1, codes.dtype)
    one[whole] = codes
    differs = np.bincount(whole[codes != one[whole]], minlength=wholes) > 0
    every = pd.Index([*texts.cat.categories, ""], dtype=object)
    every, place = pd.factorize(every)[1], pd.factorize(every)[0]
    return pd.Categorical.from_codes(place[np.where(differs, -1, one)], categories=every)
