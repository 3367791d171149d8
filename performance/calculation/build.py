"""Working out a release and keeping it as a draft."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pandas as pd
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from performance.calculation.code_version import code_version
from performance.calculation.digest import PERIOD_AND_FIGURES, inputs_digest, results_digest
from performance.calculation.framework_mix import framework_mixes
from performance.calculation.indicators import indicators
from performance.calculation.inputs import Inputs, current_inputs
from performance.models import Event, IndicatorResult, Release, ReleaseState, Series
from trusts.models import Person

Progress = Callable[[str], None]

STEPS = ("Read the figures", "Work out the indicators", "Store the results")

# What is stored of a result: keys in place of the names that a digest uses, and the figures.
RESULT_FIELDS = ["observation_id", "measure_id", "organisation_id", *PERIOD_AND_FIGURES]


class NothingToBuild(Exception):
    """There are no figures from which a release could be made. Its text says so to a person."""


@dataclass(frozen=True)
class Built:
    """The release, and whether it is new or the one that already holds just these results."""

    release: Release
    is_new: bool

    @property
    def sentence(self) -> str:
        if self.is_new:
            return f"Release {self.release.number} is built, digest {self.release.digest}."
        return (
            f"Nothing has changed: release {self.release.number} already holds these results, "
            f"digest {self.release.digest}."
        )


def release_of_current_figures(series: Series) -> Release | None:
    """The release that a build would come to now, told without building: it was made by this
    code from the figures and definitions as they are now. None if there is no such release."""
    made_alike = series.releases.exclude(state=ReleaseState.WITHDRAWN).filter(
        code_version=code_version(), inputs_digest=inputs_digest(current_inputs(series.pk).frame)
    )
    mixes = framework_mixes()
    return next((release for release in made_alike if release.framework_mixes == mixes), None)


def build_release(series: Series, built_by: Person, progress: Progress = lambda step: None) -> Built:
    """Work out the series' figures as they are now and keep them as a draft release.

    The same figures and code give the same digest, and then no second release. `progress` is
    told each of STEPS as it starts. Raises NothingToBuild.
    """
    progress(STEPS[0])
    inputs = current_inputs(series.pk)
    if inputs.frame.empty:
        raise NothingToBuild(f"The series '{series}' has no figures yet, so there is nothing to release.")
    progress(STEPS[1])
    results = indicators(inputs.frame)
    mixes = framework_mixes()
    progress(STEPS[2])
    return _store(series, built_by, inputs, results, mixes)


def _store(
    series: Series, built_by: Person, inputs: Inputs, results: pd.DataFrame, mixes: list[dict[str, Any]]
) -> Built:
    digests = {
        "inputs_digest": inputs_digest(inputs.frame),
        "digest": results_digest(results, mixes),
        "code_version": code_version(),
    }
    with transaction.atomic():
        # Locks the series, so that two builds at once can't take one number.
        series = Series.objects.select_for_update().get(pk=series.pk)
        existing = series.releases.exclude(state=ReleaseState.WITHDRAWN).filter(**digests).first()
        if existing:
            return Built(existing, is_new=False)
        release = _new_release(series, built_by, inputs, mixes, digests)
        IndicatorResult.objects.bulk_create(_rows(release, results), batch_size=5000)
        Event.objects.create(actor=built_by, verb="built", subject=str(release), detail=digests)
    return Built(release, is_new=True)


def _new_release(
    series: Series,
    built_by: Person,
    inputs: Inputs,
    mixes: list[dict[str, Any]],
    digests: dict[str, str],
) -> Release:
    last = series.releases.aggregate(last=Max("number"))["last"] or 0
    release = Release.objects.create(
        series=series,
        number=last + 1,
        title=f"{series.title}, release {last + 1}",
        figures_as_at=_figures_as_at(inputs),
        built_at=timezone.now(),
        built_by=built_by,
        framework_mixes=mixes,
        **digests,
    )
    release.published_tables.set(inputs.tables)
    return release


def _figures_as_at(inputs: Inputs) -> datetime.date:
    """The day on which the newest of the tables was read off its sources: the same wherever the
    release is built."""
    return max(table.read_on for table in inputs.tables)


def _rows(release: Release, results: pd.DataFrame) -> list[IndicatorResult]:
    fields = results[RESULT_FIELDS].astype(object).where(results[RESULT_FIELDS].notna(), None)
    return [
        IndicatorResult(release=release, **dict(zip(RESULT_FIELDS, row, strict=True)))
        for row in fields.to_numpy().tolist()
    ]
