"""Working out a release and keeping it as a draft."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Max
from django.utils import timezone

from performance.calculation.code_version import code_version
from performance.calculation.definitions import current_definitions
from performance.calculation.framework_mix import framework_mixes
from performance.calculation.inputs import Inputs, Origins, current_inputs
from performance.calculation.parts import Plan, work_out_across
from performance.calculation.storing import store_results
from performance.calculation.tables import Results, results_digest
from performance.jobs.running import CannotGoOn
from performance.models import Event, Release, ReleaseState, Series
from performance.returns.conflicts import conflicting_returns
from trusts.models import Person

# A person mends one after the other.
MOST_CONFLICTS = 5
MEND_CONFLICTS = "Nothing was released: send back all but one of the returns that hold a figure."

READ, COMPARE, STORE = "Read the figures", "Compare the years", "Store the results"


def work_out(year: str) -> str:
    return f"Work out {year}"


class NothingToBuild(CannotGoOn):
    """There is nothing from which a release could be made, or what there is contradicts itself.
    Its text says so to a person."""


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
        code_version=code_version(), inputs_digest=current_inputs(series.pk).digest
    )
    mixes = framework_mixes()
    return next((release for release in made_alike if release.framework_mixes == mixes), None)


def figures_to_release(series: Series) -> Inputs:
    """The series' figures as they are now. Raises NothingToBuild where there are none, or where two
    returns disagree."""
    if conflicts := conflicting_returns(series):
        more = len(conflicts) - MOST_CONFLICTS
        rest = [f"And {more} more."] if more > 0 else []
        raise NothingToBuild(" ".join([*conflicts[:MOST_CONFLICTS], *rest, MEND_CONFLICTS]))
    inputs = current_inputs(series.pk)
    if inputs.frame.empty:
        raise NothingToBuild(
            f"The series '{series}' has no figures yet, so there is nothing to release: no table of it is "
            "loaded and no return accepted."
        )
    return inputs


def results_of(plan: Plan, kept: dict[str, Results]) -> Results:
    """All that a release tells, from its worked-out years."""
    return work_out_across({part.year: kept[part.key] for part in plan.parts}, current_definitions())


def store_release(series: Series, built_by: Person, origins: Origins, plan: Plan, results: Results) -> Built:
    """Keep the results as the series' next draft, unless a release holds just these. To be called
    within a transaction: a release is there with all of its rows, or not at all."""
    mixes = framework_mixes()
    digests = {
        "inputs_digest": plan.inputs_digest,
        "digest": results_digest(results, mixes),
        "code_version": code_version(),
    }
    # Locks the series, so that two builds at once can't take one number.
    series = Series.objects.select_for_update().get(pk=series.pk)
    existing = series.releases.exclude(state=ReleaseState.WITHDRAWN).filter(**digests).first()
    if existing:
        return Built(existing, is_new=False)
    release = _new_release(series, built_by, origins, mixes, digests)
    store_results(release, results)
    Event.objects.create(actor=built_by, verb="built", subject=str(release), detail=digests)
    return Built(release, is_new=True)


def _new_release(
    series: Series,
    built_by: Person,
    origins: Origins,
    mixes: list[dict[str, Any]],
    digests: dict[str, str],
) -> Release:
    last = series.releases.aggregate(last=Max("number"))["last"] or 0
    release = Release.objects.create(
        series=series,
        number=last + 1,
        title=f"{series.title}, release {last + 1}",
        figures_as_at=origins.figures_as_at,
        built_at=timezone.now(),
        built_by=built_by,
        framework_mixes=mixes,
        **digests,
    )
    release.published_tables.set(origins.tables)
    release.trust_returns.set(origins.returns)
    return release
