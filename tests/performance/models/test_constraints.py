"""What the database itself refuses. Each constraint is broken once, and alone."""

from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, models, transaction
from django.utils import timezone

from tests import factories
from tests.factories import YEAR

NOW = timezone.now()
BACKWARDS = {"period_start": YEAR["period_end"], "period_end": YEAR["period_start"]}
PUBLISHED = {"state": "published", "published_at": NOW}
ACCEPTED = {"severity": "warning", "acceptance_reason": "Checked."}

Make = Callable[..., models.Model]


def person() -> models.Model:
    return factories.make_person()


def published() -> dict[str, Any]:
    return PUBLISHED | {"published_by": person()}


def withdrawn(**values: Any) -> dict[str, Any]:
    reason = {"withdrawal_reason": "A wrong table."}
    return (
        published() | reason | {"state": "withdrawn", "withdrawn_at": NOW, "withdrawn_by": person()} | values
    )


# Constraint, maker, and what to make it with: values, or a function that gives them.
CHECKS: list[tuple[str, Make, Any]] = [
    ("organisation_opens_before_it_closes", factories.make_organisation, {"opened": "2010-04-01", "closed": "2010-03-31"}),
    ("organisation_kind_is_known", factories.make_organisation, {"kind": "invented"}),
    ("organisation_certainty_is_known", factories.make_organisation, {"certainty": "invented"}),
    ("succession_is_not_to_itself", factories.make_succession, lambda: dict.fromkeys(("predecessor", "successor"), factories.make_organisation())),
    ("succession_territory_is_known", factories.make_succession, {"territory": "invented"}),
    ("succession_certainty_is_known", factories.make_succession, {"certainty": "invented"}),
    ("person_role_is_known", factories.make_person, {"role": "invented"}),
    ("person_of_a_trust_has_an_organisation_and_others_have_none", factories.make_person, {"role": "trust-officer"}),
    ("person_of_a_trust_has_an_organisation_and_others_have_none", factories.make_person, lambda: {"role": "noms-analyst", "organisation": factories.make_organisation()}),
    ("series_standing_is_known", factories.make_series, {"standing": "invented"}),
    ("measure_kind_is_known", factories.make_measure, {"kind": "invented"}),
    ("measure_polarity_is_known", factories.make_measure, {"polarity": "invented"}),
    ("measure_unit_is_known", factories.make_measure, {"unit": "invented"}),
    ("measure_standing_is_known", factories.make_measure, {"standing": "invented"}),
    ("measure_of_a_share_says_out_of_what", factories.make_measure, {"unit": "share", "out_of": ""}),
    ("framework_starts_before_it_ends", factories.make_framework, {"starts": "2011-03-31", "ends": "2010-04-01"}),
    ("framework_rating_scheme_is_known", factories.make_framework, {"rating_scheme": "invented"}),
    ("domain_weight_is_positive", factories.make_domain, {"weight": 0}),
    ("framework_measure_weight_is_positive", factories.make_framework_measure, {"weight": 0}),
    ("framework_measure_standing_is_known", factories.make_framework_measure, {"standing": "invented"}),
    ("framework_measure_has_a_target_with_standing_or_says_why_not", factories.make_framework_measure, {"target": None, "target_standing": ""}),
    ("framework_measure_has_a_target_with_standing_or_says_why_not", factories.make_framework_measure, {"target_standing": ""}),
    ("published_table_after_the_first_supersedes_one", factories.make_published_table, {"version": 2}),
    ("published_table_after_the_first_supersedes_one", factories.make_published_table, lambda: {"supersedes": factories.make_published_table()}),
    ("target_period_runs_forward", factories.make_target, BACKWARDS),
    ("trust_return_period_runs_forward", factories.make_trust_return, BACKWARDS),
    ("trust_return_state_is_known", factories.make_trust_return, {"state": "invented"}),
    ("trust_return_submitted_at_and_by_together", factories.make_trust_return, {"submitted_at": NOW}),
    ("trust_return_approved_at_and_by_together", factories.make_trust_return, {"approved_at": NOW}),
    ("trust_return_returned_at_and_by_together", factories.make_trust_return, {"returned_at": NOW}),
    ("trust_return_accepted_at_and_by_together", factories.make_trust_return, {"accepted_at": NOW}),
    ("trust_return_submitted_at_and_by_together", factories.make_trust_return, lambda: {"submitted_by": person()}),
    ("trust_return_approver_is_not_the_submitter", factories.make_trust_return, lambda: {"submitted_at": NOW, "approved_at": NOW} | dict.fromkeys(("submitted_by", "approved_by"), person())),
    ("trust_return_sent_back_has_a_reason", factories.make_trust_return, lambda: {"state": "returned", "returned_at": NOW, "returned_by": person()}),
    ("trust_return_accepted_says_when", factories.make_trust_return, {"state": "accepted"}),
    ("finding_severity_is_known", factories.make_finding, {"severity": "invented"}),
    ("finding_accepted_at_and_by_together", factories.make_finding, ACCEPTED | {"accepted_at": NOW}),
    ("finding_accepted_is_a_warning_with_a_reason", factories.make_finding, lambda: ACCEPTED | {"severity": "error", "accepted_at": NOW, "accepted_by": person()}),
    ("finding_accepted_is_a_warning_with_a_reason", factories.make_finding, lambda: {"accepted_at": NOW, "accepted_by": person()}),
    ("observation_has_one_origin", factories.make_observation, {"published_table": None}),
    ("observation_has_one_origin", factories.make_observation, lambda: {"published_table": factories.make_published_table(), "trust_return": factories.make_trust_return()}),
    ("observation_status_is_known", factories.make_observation, {"status": "invented"}),
    ("observation_unit_is_known", factories.make_observation, {"unit": "invented"}),
    ("observation_certainty_is_known", factories.make_observation, {"certainty": "invented"}),
    ("observation_reported_has_a_value", factories.make_observation, {"value": None}),
    ("observation_without_a_number_has_none", factories.make_observation, {"status": "missing"}),
    ("observation_without_a_number_has_none", factories.make_observation, {"status": "suppressed", "value": None}),
    ("observation_share_has_no_more_than_the_whole", factories.make_observation, {"numerator": 693}),
    ("observation_share_is_0_to_100", factories.make_observation, {"value": 100.1}),
    ("observation_counts_are_not_negative", factories.make_observation, {"numerator": -1}),
    ("observation_counts_are_not_negative", factories.make_observation, {"numerator": None, "denominator": -1}),
    ("observation_period_runs_forward", factories.make_observation, BACKWARDS),
    ("release_state_is_known", factories.make_release, lambda: published() | {"state": "invented"}),
    ("release_published_at_and_by_together", factories.make_release, PUBLISHED),
    ("release_withdrawn_at_and_by_together", factories.make_release, lambda: withdrawn(withdrawn_by=None)),
    ("release_is_published_or_a_draft", factories.make_release, {"state": "published"}),
    ("release_is_published_or_a_draft", factories.make_release, lambda: published() | {"state": "draft"}),
    ("release_withdrawn_says_why", factories.make_release, lambda: withdrawn(withdrawal_reason="")),
    ("release_withdrawn_says_why", factories.make_release, lambda: withdrawn(withdrawn_at=None, withdrawn_by=None)),
    ("release_publisher_is_not_the_builder", factories.make_release, lambda: PUBLISHED | dict.fromkeys(("built_by", "published_by"), person())),
    ("indicator_result_target_status_is_known", factories.make_indicator_result, {"target_status": "invented"}),
    ("indicator_result_flag_is_known", factories.make_indicator_result, {"flag": "invented"}),
    ("rating_result_has_a_score_or_a_reason", factories.make_rating_result, {"score": None, "band": None}),
    ("rating_result_has_a_score_or_a_reason", factories.make_rating_result, {"score": None, "reason": "Too few."}),
    ("divergence_result_quadrant_is_known", factories.make_divergence_result, {"quadrant": "invented"}),
    ("divergence_result_probability_is_0_to_1", factories.make_divergence_result, {"probability": 1.1}),
    ("divergence_result_has_both_indices_or_a_reason", factories.make_divergence_result, {"process": None}),
    ("divergence_result_has_both_indices_or_a_reason", factories.make_divergence_result, {"process": None, "quadrant": "not-determined"}),
    ("job_state_is_known", factories.make_job, {"state": "invented"}),
    ("job_kind_is_known", factories.make_job, {"kind": "invented"}),
    ("job_does_no_more_steps_than_it_has", factories.make_job, {"steps_done": 4}),
    ("job_finished_says_when", factories.make_job, {"state": "failed", "outcome": "It failed."}),
    ("job_finished_says_when", factories.make_job, {"finished": NOW}),
    ("job_finished_says_how", factories.make_job, {"state": "failed", "finished": NOW}),
]  # fmt: skip

# Constraint, maker, the fields that may not be the same twice, and what else both are made with.
UNIQUE: list[tuple[str, Make, tuple[str, ...], dict[str, Any]]] = [
    ("organisation_code_once_per_kind", factories.make_organisation, ("kind", "code"), {}),
    ("succession_once", factories.make_succession, ("predecessor", "successor"), {}),
    ("domain_code_once_per_framework", factories.make_domain, ("framework", "code"), {}),
    ("framework_measure_once_per_domain", factories.make_framework_measure, ("domain", "measure"), {}),
    ("published_table_version_once", factories.make_published_table, ("series", "name"), {}),
    ("target_once_per_table_organisation_and_period", factories.make_target, ("published_table", "framework_measure", "organisation"), {}),
    ("trust_return_version_once", factories.make_trust_return, ("series", "organisation", "framework"), {}),
    ("observation_once_per_published_table", factories.make_observation, ("published_table", "measure", "organisation"), {}),
    ("observation_once_per_trust_return", factories.make_observation, ("trust_return", "measure", "organisation"), {"trust_return": factories.make_trust_return}),
    ("release_number_once_per_series", factories.make_release, ("series", "number"), {}),
    ("indicator_result_once_per_release", factories.make_indicator_result, ("release", "observation"), {}),
    ("rating_result_of_a_domain_once_per_release", factories.make_rating_result, ("release", "framework", "organisation", "domain"), {"domain": factories.make_domain}),
    ("rating_result_of_a_framework_once_per_release", factories.make_rating_result, ("release", "framework", "organisation"), {}),
    ("divergence_result_once_per_release", factories.make_divergence_result, ("release", "framework", "organisation"), {}),
]  # fmt: skip

# Both columns of these steps may not be empty, so half a step is refused before the constraint.
ALWAYS_FILLED = {
    "release_built_at_and_by_together": (factories.make_release, "built_at", "built_by"),
    "job_requested_at_and_by_together": (factories.make_job, "requested_at", "requested_by"),
}


def our_constraints() -> dict[str, tuple[type[models.Model], models.BaseConstraint]]:
    return {
        constraint.name: (model, constraint)
        for app in ("trusts", "performance")
        for model in apps.get_app_config(app).get_models()
        for constraint in model._meta.constraints
    }


def ids(cases: list[tuple]) -> list[str]:
    return [name for name, *_ in cases]


@pytest.mark.parametrize(("name", "make", "values"), CHECKS, ids=ids(CHECKS))
def test_the_database_refuses_what_must_never_be(db, name, make, values):
    values = values() if callable(values) else values

    with pytest.raises(IntegrityError) as raised, transaction.atomic():
        make(**values)

    assert name in str(raised.value)


@pytest.mark.parametrize(("name", "make", "fields", "given"), UNIQUE, ids=ids(UNIQUE))
def test_the_database_refuses_the_same_twice(db, name, make, fields, given):
    first = make(**{field: maker() for field, maker in given.items()})
    same = {field: getattr(first, field) for field in fields}

    with pytest.raises(IntegrityError) as raised, transaction.atomic():
        make(**same)

    assert says_which(name, str(raised.value))


def says_which(name: str, text: str) -> bool:
    """PostgreSQL names the constraint, SQLite the columns of it."""
    model, constraint = our_constraints()[name]
    columns = [model._meta.get_field(field).column for field in constraint.fields]
    return name in text or text.endswith(", ".join(f"{model._meta.db_table}.{column}" for column in columns))


@pytest.mark.parametrize(
    ("make", "column"), [(make, column) for make, *columns in ALWAYS_FILLED.values() for column in columns]
)
def test_a_build_and_a_request_always_have_a_time_and_a_person(db, make, column):
    with pytest.raises(IntegrityError), transaction.atomic():
        make(**{column: None})


def test_every_constraint_is_broken_in_a_test():
    assert {*ids(CHECKS), *ids(UNIQUE), *ALWAYS_FILLED} == set(our_constraints())


def test_the_steps_that_the_constraints_allow_can_be_stored(db):
    first, second = person(), person()

    assert factories.make_release(**withdrawn()).state == "withdrawn"
    assert factories.make_trust_return(
        state="accepted",
        submitted_at=NOW,
        submitted_by=first,
        approved_at=NOW,
        approved_by=second,
        accepted_at=NOW,
        accepted_by=first,
    )
    assert factories.make_finding(accepted_at=NOW, accepted_by=first, acceptance_reason="Checked.")
    assert factories.make_job(state="succeeded", finished=NOW, outcome="Built.", steps_done=3)


@pytest.mark.parametrize("status", ["missing", "suppressed", "not-applicable"])
def test_a_figure_without_a_number_can_be_stored(db, status):
    assert factories.make_observation(status=status, value=None, numerator=None).status == status


def test_a_count_may_be_above_its_denominator_where_the_unit_is_not_a_share(db):
    assert factories.make_observation(unit="count", numerator=12, denominator=10, value=12).numerator == 12
