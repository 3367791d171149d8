"""What a release is worked out from: observations with their targets, frameworks and places."""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from django.db.models import Q, QuerySet

from performance.calculation.definitions import Definitions, current_definitions
from performance.calculation.digest import combined, frame_digest
from performance.calculation.reading import Kind, read_frame
from performance.calculation.years import bounds, financial_year
from performance.models import Observation, PublishedTable, Target, TrustReturn

OBSERVATION_COLUMNS = {
    "observation_id": ("pk", Kind.NUMBER),
    "measure": ("measure__code", Kind.TEXT),
    "kind": ("measure__kind", Kind.TEXT),
    "polarity": ("measure__polarity", Kind.TEXT),
    "unit": ("unit", Kind.TEXT),
    "organisation": ("organisation__slug", Kind.TEXT),
    "organisation_kind": ("organisation__kind", Kind.TEXT),
    "region": ("organisation__region__slug", Kind.TEXT),
    "framework": ("trust_return__framework__slug", Kind.TEXT),
    "period_start": ("period_start", Kind.DATE),
    "period_end": ("period_end", Kind.DATE),
    "status": ("status", Kind.TEXT),
    "numerator": ("numerator", Kind.NUMBER),
    "denominator": ("denominator", Kind.NUMBER),
    "expected": ("expected", Kind.NUMBER),
    "value": ("value", Kind.NUMBER),
    "percent_of_target": ("percent_of_target", Kind.NUMBER),
    "as_printed": ("as_printed", Kind.TEXT),
    "source": ("source", Kind.TEXT),
    "certainty": ("certainty", Kind.TEXT),
    "note": ("note", Kind.TEXT),
}
TARGET_COLUMNS = {
    "measure": ("framework_measure__measure__code", Kind.TEXT),
    "organisation": ("organisation__slug", Kind.TEXT),
    "period_start": ("period_start", Kind.DATE),
    "period_end": ("period_end", Kind.DATE),
    "framework": ("framework_measure__domain__framework__slug", Kind.TEXT),
    "target": ("value", Kind.NUMBER),
}
KEY = ["measure", "organisation", "period_start", "period_end"]
# All but the database's own key: that differs from one installation to another.
DIGEST_COLUMNS = [*(column for column in OBSERVATION_COLUMNS if column != "observation_id"), "target"]


@dataclass(frozen=True)
class Origins:
    """Where the figures of a release come from: versions of published tables and of returns."""

    tables: Sequence[PublishedTable]
    returns: Sequence[TrustReturn]

    @classmethod
    def current(cls, series_id: int) -> "Origins":
        """What a release of the series would be worked out from now."""
        return cls(
            list(PublishedTable.objects.current().filter(series=series_id)),
            list(TrustReturn.objects.current().filter(series=series_id)),
        )

    @classmethod
    def of_keys(cls, tables: Iterable[int], returns: Iterable[int]) -> "Origins":
        """Just these, whatever has come since."""
        return cls(
            list(PublishedTable.objects.filter(pk__in=list(tables))),
            list(TrustReturn.objects.filter(pk__in=list(returns))),
        )

    @property
    def keys(self) -> dict[str, list[int]]:
        return {
            "tables": sorted(table.pk for table in self.tables),
            "returns": sorted(sent.pk for sent in self.returns),
        }

    @property
    def figures_as_at(self) -> datetime.date:
        """The day on which the newest table was read off its sources or return was accepted."""
        read = [table.read_on for table in self.tables]
        accepted = [sent.accepted_at.date() for sent in self.returns if sent.accepted_at]
        return max([*read, *accepted])

    def of(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """Those of some observations or targets that came from here."""
        return rows.filter(Q(published_table__in=self.tables) | Q(trust_return__in=self.returns))


@dataclass(frozen=True)
class Inputs:
    """origins and their figures: a row for each observation with its target, sorted by KEY, and
    the definitions by which they are read."""

    origins: Origins
    frame: pd.DataFrame
    definitions: Definitions

    @property
    def digest(self) -> str:
        years = years_of(self.frame).items()
        return digest_of_years(self.definitions, ((year, year_digest(rows)) for year, rows in years))


def current_inputs(series_id: int) -> Inputs:
    """What a release of the series would be worked out from now."""
    return inputs_of(Origins.current(series_id))


def inputs_of(origins: Origins, year: str | None = None) -> Inputs:
    """The figures of these origins, of one financial year if one is named."""
    within = Q() if year is None else Q(period_end__range=bounds(year))
    observations = read_frame(origins.of(Observation.objects.filter(within)), OBSERVATION_COLUMNS)
    targets = read_frame(origins.of(Target.objects.filter(within)), TARGET_COLUMNS)
    return Inputs(origins, _with_targets(observations, targets), current_definitions())


def years_of(frame: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """The frame by financial year, earliest first."""
    by_year = frame.groupby(financial_year(frame["period_end"]), sort=True)
    return {str(year): rows for year, rows in by_year}


def year_digest(rows: pd.DataFrame) -> str:
    return frame_digest(rows, KEY, DIGEST_COLUMNS)


def digest_of_years(definitions: Definitions, years: Iterable[tuple[str, str]]) -> str:
    return combined([*years, ("definitions", definitions.digest)])


def _with_targets(observations: pd.DataFrame, targets: pd.DataFrame) -> pd.DataFrame:
    """Beside each observation the target that came with it. A framework's general target isn't
    used for the public record: many of its figures are for part of a year, and its targets for the
    whole."""
    place = _place(observations, targets)
    target = np.append(targets["target"].to_numpy(), np.nan)[place]
    frame = observations.assign(target=target)
    if (frame["framework"] == "").any():
        framework = targets["framework"].astype(object).to_numpy()
        own = frame["framework"].astype(object).to_numpy()
        named = np.where(own == "", np.append(framework, "")[place], own)
        frame["framework"] = pd.Categorical(named)
    order = np.lexsort([frame[c].cat.codes if c in KEY[:2] else frame[c] for c in reversed(KEY)])
    return frame.iloc[order].reset_index(drop=True)


def _place(observations: pd.DataFrame, targets: pd.DataFrame) -> np.ndarray:
    """For each observation the row of its target, or -1."""
    whole = np.zeros(len(observations) + len(targets), np.int64)
    for column in KEY:
        codes = pd.factorize(_below(observations[column], targets[column]))[0]
        whole = whole * (codes.max(initial=0) + 1) + codes
    index = pd.Index(whole)
    return index[len(observations) :].get_indexer(index[: len(observations)])


def _below(first: pd.Series, second: pd.Series) -> Any:
    if isinstance(first.dtype, pd.CategoricalDtype):
        return pd.api.types.union_categoricals([first, second])
    return pd.concat([first, second])
