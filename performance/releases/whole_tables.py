"""The whole tables of a release, one for each kind of result: every row of every year, as files and the
API have them. Rows come from the database as plain values, a few at a time, as there may be a million."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, Q, QuerySet, TextField, Value
from django.db.models.functions import Coalesce, Concat, Trim

from performance.models import Release
from performance.releases.ratings import rows_of_ratings, with_domains
from performance.releases.tables import PERIOD, Path, Table, Values, or_blank
from trusts.certainty import Certainty

ROWS_AT_ONCE = 2_000

ORGANISATION: Mapping[str, Path] = {
    "organisation": "organisation__slug",
    "organisation_name": "organisation__name",
}
MEASURE: Mapping[str, Path] = {"measure": "measure__code", "measure_title": "measure__title"}
FRAMEWORK: Mapping[str, Path] = {"framework": "framework__short_title"}


@dataclass(frozen=True, kw_only=True, eq=False)
class WholeTable(Table):
    """`results` is the name of the release's rows, `order` that in which files have them, and `methods` slugs
    of pages under /methods/. `make` puts rows together that aren't plain values: each of one result that is
    as `heads_a_row` says and of others, which it asks for with the first by `together`; `made` are the
    columns that only it can tell."""

    results: str
    order: tuple[str, ...]
    methods: tuple[str, ...] = ()
    make: Callable[[QuerySet[Any]], Iterable[Mapping[str, Any]]] | None = None
    together: Callable[[QuerySet[Any], QuerySet[Any]], QuerySet[Any]] | None = None
    heads_a_row: Q = Q()

    def of(self, release: Release) -> QuerySet[Model]:
        """Its rows of one release, in order."""
        rows: QuerySet[Model] = getattr(release, self.results).all()
        return rows.order_by(*self.order)

    def heads(self, release: Release) -> QuerySet[Model]:
        """One result for each of its rows, in no order."""
        return self.of(release).filter(self.heads_a_row).order_by()

    def number(self, release: Release) -> int:
        """Of its rows in one release."""
        return self.heads(release).count()

    def rows(self, results: QuerySet[Model]) -> Iterator[Values]:
        """A value for each column; all rows are never in memory at once."""
        if self.make:
            return ([row[column] for column in self.columns] for row in self.make(results))
        return self.values(results).iterator(chunk_size=ROWS_AT_ONCE)


def _plain(*names: str) -> dict[str, Path]:
    """Columns that the database calls the same."""
    return {name: name for name in names}


INDICATORS = WholeTable(
    slug="indicators",
    title="Every figure of every organisation, months and quarters beside years",
    results="indicator_results",
    columns={
        **ORGANISATION,
        "organisation_kind": "organisation__kind",
        "structure": "structure",
        **MEASURE,
        "definition": "measure__standing",
        "kind": "measure__kind",
        "unit": Coalesce("observation__unit", "measure__unit"),
        **PERIOD,
        **_plain("is_part", "status", "numerator", "denominator", "expected", "value"),
        "lower_95": "lower",
        "upper_95": "upper",
        **_plain("target", "target_status"),
        "percent_of_target": "attainment",
        **_plain("baseline", "flag"),
        "as_printed": or_blank("observation__as_printed"),
        "source": or_blank("observation__source"),
        "certainty": Coalesce("observation__certainty", Value(Certainty.DERIVED.value)),
        "note": Trim(Concat("note", Value(" "), or_blank("observation__note"), output_field=TextField())),
    },
    order=("measure__title", "organisation__name", "organisation__kind", "period_start", "period_end"),
)
RATINGS = WholeTable(
    slug="ratings",
    title="Ratings of every year",
    results="rating_results",
    columns={
        **ORGANISATION,
        **FRAMEWORK,
        **PERIOD,
        **_plain("band", "rating", "probability_of_band", "probabilities", "score", "domains"),
        **_plain("weight_used", "reason"),
    },
    order=("organisation__name", "period_start", "framework__slug", "domain__position"),
    make=lambda results: (row.as_file for row in rows_of_ratings(results)),
    made=("rating", "probability_of_band", "probabilities", "domains"),
    together=with_domains,
    heads_a_row=Q(domain__isnull=True),
)
RATING_MEASURES = WholeTable(
    slug="rating-measures",
    title="What each measure did to each rating, and what one step of it would do",
    results="rating_measure_results",
    columns={
        **ORGANISATION,
        **FRAMEWORK,
        "domain": "domain__title",
        **MEASURE,
        "unit": "measure__unit",
        **PERIOD,
        **_plain("score", "weight", "value", "target"),
        **_plain("higher_at", "higher_score", "higher_band", "lower_at", "lower_score", "lower_band"),
        "reason": "reason",
    },
    order=("organisation__name", "period_start", "framework__slug", "domain__position", "measure__title"),
)
REWEIGHTINGS = WholeTable(
    slug="reweightings",
    title="What each rating would be if the weights moved",
    results="reweighting_results",
    columns={
        **ORGANISATION,
        **FRAMEWORK,
        "weighting": "weighting",
        **PERIOD,
        **_plain("score", "band", "reason"),
    },
    order=("organisation__name", "period_start", "framework__slug", "weighting"),
)
DIVERGENCE = WholeTable(
    slug="divergence",
    title="Process beside outcome: every organisation, year and kind of process",
    results="divergence_results",
    columns={
        **ORGANISATION,
        "region": or_blank("organisation__region__slug"),
        "region_name": or_blank("organisation__region__name"),
        **FRAMEWORK,
        "process_kind": "kind",
        **_plain("process", "process_standard_error", "targets_judged", "targets_met"),
        **_plain("counted", "cases", "required", "attainment", "attainment_standard_error"),
        **_plain("outcome", "outcome_standard_error", "reoffended", "cohort", "expected"),
        **_plain("meets", "worse", "fact", "quadrant", "probability", "ranked"),
        **_plain("process_rank", "process_rank_lower", "process_rank_upper"),
        **_plain("outcome_rank", "outcome_rank_lower", "outcome_rank_upper"),
        "reason": "reason",
        **PERIOD,
    },
    order=("organisation__name", "period_start", "framework__slug", "kind"),
    methods=("divergence",),
)
NATIONAL = WholeTable(
    slug="national",
    title="Process beside outcome: every figure about all together",
    results="national_results",
    columns={
        **_plain("subject", "method"),
        "framework": or_blank("framework__short_title"),
        "process_kind": "kind",
        **_plain("estimate", "by_chance", "lower", "upper", "p", "n", "reason"),
        **PERIOD,
    },
    order=("subject", "method", "kind", "period_start", "period_end"),
    methods=("divergence", "lag"),
)
PREDICTIONS = WholeTable(
    slug="predictions",
    title="Actual reoffending beside the predicted, of every year and quarter",
    results="prediction_results",
    columns={
        **ORGANISATION,
        **MEASURE,
        **_plain("observed", "cases", "expected", "actual_rate", "predicted_rate"),
        **_plain("difference", "lower", "upper", "p", "adjusted_p"),
        **_plain("verdict", "verdict_changes", "spread_verdict", "national_difference", "national_verdict"),
        **_plain("reason", "flag_reason"),
        **PERIOD,
    },
    order=("organisation__name", "measure__title", "period_start", "period_end"),
)
CHANGES = WholeTable(
    slug="changes",
    title="How each figure went over time: what its control chart shows, and the change on the year",
    results="change_results",
    columns={
        **ORGANISATION,
        **MEASURE,
        "unit": "measure__unit",
        **PERIOD,
        **_plain("chart", "variation", "assurance", "reason"),
        **_plain("change", "change_lower", "change_upper", "change_reason"),
    },
    order=("organisation__name", "organisation__kind", "measure__title"),
)
AUDIT = WholeTable(
    slug="audit",
    title="Patterns in the figures that are worth a question, none of them a finding",
    results="audit_results",
    columns={
        "signal": "signal",
        **MEASURE,
        "organisation": or_blank("organisation__slug"),
        "organisation_name": or_blank("organisation__name"),
        **PERIOD,
        "n": "n",
        "seen": "observed",
        **_plain("by_chance", "p", "adjusted_p", "question", "reason"),
    },
    order=("signal", "measure__title", "organisation__name", "period_start"),
)
SENTENCES = WholeTable(
    slug="sentences",
    title="Every sentence that pages of the release say",
    results="sentences",
    columns={
        "organisation": or_blank("organisation__slug"),
        **_plain("topic", "position"),
        **PERIOD,
        "text": "text",
    },
    order=("organisation__name", "period_start", "topic", "position"),
)
WHOLE_TABLES = {
    table.slug: table
    for table in (
        INDICATORS,
        RATINGS,
        RATING_MEASURES,
        REWEIGHTINGS,
        DIVERGENCE,
        NATIONAL,
        PREDICTIONS,
        CHANGES,
        AUDIT,
        SENTENCES,
    )
}
