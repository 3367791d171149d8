"""Rows that belong together, and frames below one another, where texts are categories."""

from collections.abc import Iterable, Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

Integers = NDArray[np.int64]

KEY = ["measure", "organisation", "period_start", "period_end"]


def cells(frame: pd.DataFrame, columns: Sequence[str]) -> Integers:
    """A number for each row: the same for rows that are alike in all of these columns, from 0 and
    without gaps, in the order in which they come."""
    return numbered([_codes(frame[column]) for column in columns])


def numbered(columns: Iterable[Integers]) -> Integers:
    """As `cells`, of columns of whole numbers from 0. (np.unique sorts the rows, which takes twenty
    times as long.)"""
    codes: Integers = np.zeros(1, np.int64)
    for column in columns:
        codes = pd.factorize(codes * (column.max(initial=0) + 1) + column)[0].astype(np.int64)
    return codes


def firsts(codes: Integers, number: int) -> Integers:
    """Where each of so many numbers of `cells` comes first, -1 for those that don't."""
    first = np.full(number, -1)
    # Of several rows of one number the last to be written stays.
    first[codes[::-1]] = np.arange(len(codes))[::-1]
    return first


def with_categories(frame: pd.DataFrame) -> pd.DataFrame:
    """The frame with its texts as categories, as they are when read from the database."""
    texts = frame.select_dtypes(include=["object", "string"])
    return frame.assign(**{str(name): texts[name].astype("category") for name in texts})


def always(text: str, rows: int) -> pd.Categorical:
    """One text for all rows."""
    return pd.Categorical.from_codes(np.zeros(rows, np.int8), categories=pd.Index([text], dtype=object))


def below_one_another(frames: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """Frames that have the columns of the first, texts as categories. pandas' own `concat` turns
    categories that differ into texts, which takes as long as all the rest of a calculation."""
    columns = {name: _below([frame[name] for frame in frames]) for name in frames[0].columns}
    return pd.DataFrame(columns, copy=False)


def _below(columns: Sequence[pd.Series]) -> pd.Series | pd.Categorical:
    if not isinstance(columns[0].dtype, pd.CategoricalDtype):
        return pd.concat(columns, ignore_index=True)
    texts = [list(column.cat.categories) for column in columns]
    places = {text: place for place, text in enumerate(dict.fromkeys(t for own in texts for t in own))}
    codes = [
        # The last place is for a text that isn't there, whose code is -1.
        np.array([*(places[text] for text in own), -1], np.int32)[column.cat.codes.to_numpy()]
        for own, column in zip(texts, columns, strict=True)
    ]
    return pd.Categorical.from_codes(np.concatenate(codes), categories=pd.Index(list(places), dtype=object))


def _codes(column: pd.Series) -> Integers:
    if isinstance(column.dtype, pd.CategoricalDtype):
        return column.cat.codes.to_numpy().astype(np.int64) + 1
    return pd.factorize(column, use_na_sentinel=False)[0].astype(np.int64)
