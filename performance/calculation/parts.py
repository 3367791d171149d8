"""A calculation in parts: one for each financial year, and one that looks across them.

A year's part is kept under the digest of all that it is worked out from, so that a build which
stopped half way, or comes again after one trust's new version, works out only what has changed.
"""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from performance.calculation.across_years import across_years
from performance.calculation.audit import audit
from performance.calculation.band_changes import scored_figures
from performance.calculation.changes import changes
from performance.calculation.code_version import code_version
from performance.calculation.definitions import Definitions
from performance.calculation.digest import combined
from performance.calculation.divergence import divergence
from performance.calculation.indicators import indicators
from performance.calculation.inputs import Inputs, digest_of_years, year_digest, years_of
from performance.calculation.national import national
from performance.calculation.outcomes import predictions
from performance.calculation.packing import packed, unpacked
from performance.calculation.pairings import pairings
from performance.calculation.plans import FrameworkPlan
from performance.calculation.process import process_indices
from performance.calculation.rating_measures import rating_measures
from performance.calculation.ratings import ratings
from performance.calculation.reweighting import reweightings
from performance.calculation.scoring import scoring_of
from performance.calculation.sentences import sentences
from performance.calculation.sums import with_sums
from performance.calculation.tables import BY_NAME, Results, joined, tidied
from performance.models import CalculatedPart

KEPT_FOR = datetime.timedelta(days=30)


@dataclass(frozen=True)
class Part:
    """A financial year's part: key, the digest of all that it is worked out from; inputs, that of
    its figures alone."""

    year: str
    key: str
    inputs: str


@dataclass(frozen=True)
class Plan:
    """The parts of a calculation, earliest year first, and the digest of all its inputs."""

    parts: tuple[Part, ...]
    inputs_digest: str

    def as_lists(self) -> list[list[str]]:
        """The parts as JSON has them."""
        return [[part.year, part.key, part.inputs] for part in self.parts]

    @classmethod
    def from_lists(cls, parts: list[list[str]], inputs_digest: str) -> "Plan":
        return cls(tuple(Part(*part) for part in parts), inputs_digest)


def plan_of(inputs: Inputs) -> tuple[Plan, dict[str, pd.DataFrame]]:
    """The parts, and the figures of each year."""
    years = years_of(inputs.frame)
    parts = tuple(part_of(year, rows, inputs.definitions) for year, rows in years.items())
    digest = digest_of_years(inputs.definitions, ((part.year, part.inputs) for part in parts))
    return Plan(parts, digest), years


def part_of(year: str, rows: pd.DataFrame, definitions: Definitions) -> Part:
    inputs = year_digest(rows)
    code = ("code", code_version())
    return Part(year, combined([(year, inputs), ("definitions", definitions.digest), code]), inputs)


def kept_parts(plan: Plan) -> dict[str, Results]:
    """Of the plan's parts those that were worked out before, by key."""
    keys = [part.key for part in plan.parts]
    found = CalculatedPart.objects.filter(key__in=keys).values_list("key", "payload")
    return {key: unpacked(bytes(payload)) for key, payload in found}


def missing_parts(parts: Sequence[Part]) -> list[Part]:
    """Those that aren't worked out yet, in one query."""
    keys = [part.key for part in parts]
    kept = set(CalculatedPart.objects.filter(key__in=keys).values_list("key", flat=True))
    return [part for part in parts if part.key not in kept]


def forget_old_parts(now: datetime.datetime) -> None:
    """Parts of a month ago: should a build want one again, it is worked out again."""
    CalculatedPart.objects.filter(calculated__lt=now - KEPT_FOR).delete()


def keep_part(part: Part, results: Results) -> None:
    """Two workers may have worked the same part out: it is the same."""
    payload = packed(results)
    CalculatedPart.objects.get_or_create(key=part.key, defaults={"name": part.year, "payload": payload})


def work_out_year(frame: pd.DataFrame, definitions: Definitions) -> Results:
    """Everything that can be said of one financial year. frame: its figures, of `Inputs`."""
    rows = with_sums(frame, definitions.places)
    predicted = predictions(rows)
    tables = [_of_framework(rows, predicted, plan) for plan in _plans_of(frame, definitions)]
    results = joined([{"indicators": indicators(rows), "predictions": predicted}, *tables])
    return {name: BY_NAME[name].tidied(frame) for name, frame in results.items() if len(frame)}


def work_out_across(years: Mapping[str, Results], definitions: Definitions) -> Results:
    """What takes several years, and the sentences; together with the years themselves all that a
    release tells."""
    results = joined(list(years.values()))
    described = _described(results["indicators"], definitions)
    more: Results = {
        "changes": changes(described),
        "audit": audit(described, results["predictions"], definitions.plans),
        "national": across_years(
            results["divergence"],
            results["ratings"],
            scored_figures(results["rating_measures"], described),
            definitions.plans,
        ),
    }
    results = joined([results, more, {"national": pairings(described)}])
    organisations = definitions.places.organisations
    names, kinds = (
        dict(zip(organisations["slug"], organisations[column], strict=True)) for column in ("name", "kind")
    )
    results["sentences"] = sentences(results, definitions.plans, names, kinds)
    return tidied(results)


def _described(table: pd.DataFrame, definitions: Definitions) -> pd.DataFrame:
    """Beside each figure what its measure and organisation are."""
    measures = definitions.measures.set_index("code")
    kinds = definitions.places.organisations.set_index("slug")["kind"]
    more = {column: _looked_up(table["measure"], measures[column]) for column in measures.columns}
    return table.assign(organisation_kind=_looked_up(table["organisation"], kinds), **more)


def _looked_up(names: pd.Series, values: pd.Series) -> pd.Categorical:
    """The value of each name, for a column of names that is a category."""
    found = values.reindex(names.cat.categories)
    codes, texts = pd.factorize(found)
    return pd.Categorical.from_codes(codes[names.cat.codes], categories=texts)


def _plans_of(frame: pd.DataFrame, definitions: Definitions) -> Iterable[FrameworkPlan]:
    """The frameworks under which trusts sent returns that year."""
    sent = set(frame.loc[frame["framework"] != "", "framework"].unique())
    return (plan for plan in definitions.plans if plan.slug in sent)


def _of_framework(rows: pd.DataFrame, predicted: pd.DataFrame, plan: FrameworkPlan) -> Results:
    parted = divergence(process_indices(rows, plan), predicted, plan)
    scoring = scoring_of(rows, plan)
    rated = ratings(scoring)
    return {
        "ratings": rated,
        "rating_measures": rating_measures(scoring),
        "reweightings": reweightings(scoring, rated),
        "divergence": parted,
        "national": national(parted, rated, plan),
    }
