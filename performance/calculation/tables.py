"""The tables of a release: which columns name a row, which tell something, and where each is kept.

What is worked out, what is stored, what a digest covers and what a comparison looks at are all
read off here.
"""

import functools
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from django.db import models

from performance.calculation.digest import combined, document_digest, frame_digest
from performance.calculation.divergence import FIGURES as DIVERGENCE_FIGURES
from performance.calculation.rating_measures import FIGURES as RATING_MEASURE_FIGURES
from performance.calculation.reading import Kind, read_frame
from performance.models import (
    AuditResult,
    ChangeResult,
    DivergenceResult,
    IndicatorResult,
    NationalResult,
    PredictionResult,
    RatingMeasureResult,
    RatingResult,
    Release,
    ReweightingResult,
    Sentence,
)

Results = dict[str, pd.DataFrame]

# A column that names another table's row holds its code: how it is reached from a result.
NAMES = {
    "measure": "measure__code",
    "organisation": "organisation__slug",
    "framework": "framework__slug",
    "domain": "domain__code",
}
PERIOD = ("period_start", "period_end")


@dataclass(frozen=True)
class ResultTable:
    """key: the columns that name a row; figures: the others, which a digest covers too;
    internal: those that are kept beside them and differ between installations."""

    name: str
    model: type[models.Model]
    key: tuple[str, ...]
    figures: tuple[str, ...]
    internal: tuple[str, ...] = ()

    @property
    def columns(self) -> tuple[str, ...]:
        return (*self.key, *self.figures)

    def kind(self, column: str) -> Kind:
        if column in NAMES:
            return Kind.TEXT
        return _KINDS[self.model._meta.get_field(column.removesuffix("_id")).get_internal_type()]

    def stored(self, release: Release) -> pd.DataFrame:
        """The release's rows as they stand in the database."""
        columns = {column: (NAMES.get(column, column), self.kind(column)) for column in self.columns}
        return read_frame(self.model._default_manager.filter(release=release), columns)

    def tidied(self, frame: pd.DataFrame) -> pd.DataFrame:
        """The table with its columns alone, each of its kind. Raises ValueError for an infinite
        figure, a row without a name or two rows of one name: none may be released."""
        frame = pd.DataFrame(
            {c: _TIDY[self.kind(c)](frame[c]) for c in (*self.columns, *self.internal)}, copy=False
        )
        if frame.duplicated(list(self.key)).any():
            twice = frame.loc[frame.duplicated(list(self.key)), list(self.key)].iloc[0].to_list()
            raise ValueError(f"{self.name} has a row twice: {twice}")
        return frame


def _numbers(column: pd.Series) -> pd.Series:
    numbers = pd.Series(pd.to_numeric(column).to_numpy(dtype=float, na_value=np.nan), column.index)
    if np.isinf(numbers).any():
        raise ValueError(f"a figure of '{column.name}' is infinite")
    return numbers


def _texts(column: pd.Series) -> pd.Series:
    """Categories of plain strings, '' where there is no text."""
    if isinstance(column.dtype, pd.CategoricalDtype) and not column.isna().any():
        return column.cat.rename_categories(column.cat.categories.astype("str").to_list())
    return column.astype(object).fillna("").astype("str").astype("category")


def _dates(column: pd.Series) -> pd.Series:
    return pd.to_datetime(column).astype("datetime64[s]")


_TIDY: dict[Kind, Any] = {
    Kind.TEXT: _texts,
    Kind.NUMBER: _numbers,
    Kind.DATE: _dates,
    Kind.FLAG: lambda column: column.astype(bool),
    Kind.JSON: lambda column: column.astype(object),
}
_KINDS = {
    "CharField": Kind.TEXT,
    "SlugField": Kind.TEXT,
    "TextField": Kind.TEXT,
    "FloatField": Kind.NUMBER,
    "BigIntegerField": Kind.NUMBER,
    "PositiveIntegerField": Kind.NUMBER,
    "PositiveSmallIntegerField": Kind.NUMBER,
    "ForeignKey": Kind.NUMBER,
    "DateField": Kind.DATE,
    "BooleanField": Kind.FLAG,
    "JSONField": Kind.JSON,
}

INDICATORS = ResultTable(
    "indicators",
    IndicatorResult,
    key=("measure", "organisation", *PERIOD),
    figures=(
        "structure",
        "is_part",
        "status",
        "numerator",
        "denominator",
        "expected",
        "value",
        "lower",
        "upper",
        "target",
        "target_status",
        "attainment",
        "baseline",
        "flag",
        "note",
    ),
    internal=("observation_id",),
)
PREDICTIONS = ResultTable(
    "predictions",
    PredictionResult,
    key=("measure", "organisation", *PERIOD),
    figures=(
        "observed",
        "cases",
        "expected",
        "actual_rate",
        "predicted_rate",
        "difference",
        "lower",
        "upper",
        "standard_error",
        "ratio",
        "z",
        "p",
        "adjusted_p",
        "verdict",
        "verdict_changes",
        "spread_verdict",
        "national_difference",
        "national_verdict",
        "reason",
        "flag_reason",
    ),
)
CHANGES = ResultTable(
    "changes",
    ChangeResult,
    key=("measure", "organisation"),
    figures=(
        *PERIOD,
        "chart",
        "points",
        "variation",
        "assurance",
        "reason",
        "change",
        "change_lower",
        "change_upper",
        "change_reason",
    ),
)
RATINGS = ResultTable(
    "ratings",
    RatingResult,
    key=("framework", "domain", "organisation", *PERIOD),
    figures=("score", "band", "band_probabilities", "weight_used", "reason"),
)
RATING_MEASURES = ResultTable(
    "rating_measures",
    RatingMeasureResult,
    key=("framework", "domain", "measure", "organisation", *PERIOD),
    figures=tuple(RATING_MEASURE_FIGURES),
)
REWEIGHTINGS = ResultTable(
    "reweightings",
    ReweightingResult,
    key=("framework", "weighting", "organisation", *PERIOD),
    figures=("score", "band", "reason"),
)
DIVERGENCE = ResultTable(
    "divergence",
    DivergenceResult,
    key=("framework", "kind", "organisation", *PERIOD),
    figures=tuple(DIVERGENCE_FIGURES),
)
NATIONAL = ResultTable(
    "national",
    NationalResult,
    key=("subject", "method", "framework", "kind", *PERIOD),
    figures=("estimate", "by_chance", "lower", "upper", "p", "n", "reason"),
)
AUDIT = ResultTable(
    "audit",
    AuditResult,
    key=("signal", "measure", "organisation", *PERIOD),
    figures=("n", "observed", "by_chance", "p", "adjusted_p", "question", "reason"),
)
SENTENCES = ResultTable(
    "sentences",
    Sentence,
    key=("organisation", "topic", *PERIOD),
    figures=("position", "text"),
)
TABLES = (
    INDICATORS,
    PREDICTIONS,
    CHANGES,
    RATINGS,
    RATING_MEASURES,
    REWEIGHTINGS,
    DIVERGENCE,
    NATIONAL,
    AUDIT,
    SENTENCES,
)
BY_NAME = {table.name: table for table in TABLES}


def tidied(results: Results) -> Results:
    """Every table of a release, in order, an empty one where nothing was worked out."""
    return {table.name: table.tidied(results.get(table.name, empty(table))) for table in TABLES}


def joined(several: list[Results]) -> Results:
    """The tables of several parts below each other."""
    return {
        table.name: _below([part[table.name] for part in several if len(part.get(table.name, ()))], table)
        for table in TABLES
    }


def empty(table: ResultTable) -> pd.DataFrame:
    """Without rows, its columns each of its kind."""
    return _empty(table).copy(deep=False)


@functools.cache
def _empty(table: ResultTable) -> pd.DataFrame:
    """Made once: the parts of a release want hundreds, and a frame of forty columns takes 20 ms."""
    return table.tidied(pd.DataFrame({column: [] for column in (*table.columns, *table.internal)}))


def _below(frames: list[pd.DataFrame], table: ResultTable) -> pd.DataFrame:
    """pandas would turn categories that differ into plain objects, a million of them."""
    if not frames:
        return empty(table)
    columns = {}
    for column in frames[0].columns:
        parts = [frame[column] for frame in frames]
        if all(isinstance(part.dtype, pd.CategoricalDtype) for part in parts):
            columns[column] = pd.Series(pd.api.types.union_categoricals(parts, ignore_order=True))
        else:
            columns[column] = pd.concat(parts, ignore_index=True)
    return pd.DataFrame(columns, copy=False)


def results_digest(results: Mapping[str, pd.DataFrame], framework_mixes: list[dict[str, Any]]) -> str:
    """Of all that a release tells: its tables and what each framework rewarded."""
    tables = [(t.name, frame_digest(results[t.name], t.key, t.columns)) for t in TABLES]
    return combined([*tables, ("framework mixes", document_digest(framework_mixes))])
