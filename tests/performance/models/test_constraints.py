"""What the database itself refuses. Each constraint is broken at least once, and alone."""

from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, models, transaction
from django.utils import timezone

from tests import factories
from tests.factories import YEAR, maker_of

NOW = timezone.now()
PUBLISHED = {"state": "published", "published_at": NOW}
ACCEPTED = {"accepted_at": NOW, "acceptance_reason": "Checked."}
BACKWARDS = {"period_start": YEAR["period_end"], "period_end": YEAR["period_start"]}


def person() -> models.Model:
    return factories.make_person()


def same(maker: Callable[[], models.Model], *fields: str) -> dict[str, Any]:
    return dict.fromkeys(fields, maker())


def published(**values: Any) -> dict[str, Any]:
    return PUBLISHED | {"published_by": person()} | values


def withdrawn(**values: Any) -> dict[str, Any]:
    said = {"state": "withdrawn", "withdrawal_reason": "A wrong table."}
    return published(**said) | {"withdrawn_at": NOW, "withdrawn_by": person()} | values


def scheduled(**values: Any) -> dict[str, Any]:
    return {"scheduled_at": NOW, "scheduled_by": person(), "goes_public": NOW} | values


def both_origins() -> dict[str, Any]:
    return {
        "published_table": factories.make_published_table(),
        "trust_return": factories.make_trust_return(),
    }


# A constraint, and what to make its model with: values, or a function that gives them.
BROKEN: list[tuple[str, Any]] = [
    ("organisation_opens_before_it_closes", {"opened": "2010-04-01", "closed": "2010-03-31"}),
    ("organisation_kind_is_known", {"kind": "invented"}),
    ("organisation_certainty_is_known", {"certainty": "invented"}),
    (
        "succession_is_not_to_itself",
        lambda: same(factories.make_organisation, "predecessor", "successor"),
    ),
    ("succession_territory_is_known", {"territory": "invented"}),
    ("succession_certainty_is_known", {"certainty": "invented"}),
    ("api_token_has_a_name", {"name": ""}),
    ("api_token_expires_after_it_began", {"created": NOW, "expires": NOW}),
    ("person_role_is_known", {"role": "invented"}),
    ("person_of_a_trust_has_an_organisation_and_others_have_none", {"role": "trust-officer"}),
    (
        "person_of_a_trust_has_an_organisation_and_others_have_none",
        lambda: {"role": "noms-analyst"} | same(factories.make_organisation, "organisation"),
    ),
    ("series_standing_is_known", {"standing": "invented"}),
    ("series_with_a_day_of_its_own_is_simulated", {"day": "2013-04-10"}),
    ("measure_kind_is_known", {"kind": "invented"}),
    ("measure_polarity_is_known", {"polarity": "invented"}),
    ("measure_unit_is_known", {"unit": "invented"}),
    ("measure_standing_is_known", {"standing": "invented"}),
    ("measure_of_a_part_says_out_of_what", {"unit": "share", "out_of": ""}),
    ("framework_starts_before_it_ends", {"starts": "2011-03-31", "ends": "2010-04-01"}),
    ("framework_rating_scheme_is_known", {"rating_scheme": "invented"}),
    ("domain_weight_is_positive", {"weight": 0}),
    ("framework_measure_weight_is_positive", {"weight": 0}),
    ("framework_measure_standing_is_known", {"standing": "invented"}),
    (
        "framework_measure_has_a_target_with_standing_or_says_why_not",
        {"target": None, "target_standing": ""},
    ),
    ("framework_measure_has_a_target_with_standing_or_says_why_not", {"target_standing": ""}),
    ("published_table_after_the_first_supersedes_one", {"version": 2}),
    (
        "published_table_after_the_first_supersedes_one",
        lambda: same(factories.make_published_table, "supersedes"),
    ),
    ("target_period_runs_forward", BACKWARDS),
    ("target_has_one_origin", {"published_table": None}),
    ("target_has_one_origin", both_origins),
    ("trust_return_period_runs_forward", BACKWARDS),
    ("trust_return_state_is_known", {"state": "invented"}),
    ("trust_return_submitted_at_and_by_together", {"submitted_at": NOW}),
    ("trust_return_submitted_at_and_by_together", lambda: same(person, "submitted_by")),
    ("trust_return_approved_at_and_by_together", {"approved_at": NOW}),
    ("trust_return_returned_at_and_by_together", {"returned_at": NOW}),
    ("trust_return_accepted_at_and_by_together", {"accepted_at": NOW}),
    (
        "trust_return_approver_is_not_the_submitter",
        lambda: {"submitted_at": NOW, "approved_at": NOW} | same(person, "submitted_by", "approved_by"),
    ),
    (
        "trust_return_sent_back_has_a_reason",
        lambda: {"state": "returned", "returned_at": NOW, "returned_by": person()},
    ),
    ("trust_return_submitted_says_when", {"state": "submitted"}),
    ("trust_return_approved_says_when", {"state": "approved"}),
    ("trust_return_returned_says_when", {"state": "returned", "return_reason": "A total is off."}),
    ("trust_return_accepted_says_when", {"state": "accepted"}),
    ("upload_state_is_known", {"state": "invented"}),
    ("upload_period_runs_forward", BACKWARDS),
    ("upload_period_runs_forward", {"period_start": YEAR["period_start"]}),
    ("reminder_kind_is_known", {"kind": "invented"}),
    ("reminder_period_runs_forward", BACKWARDS),
    ("finding_severity_is_known", {"severity": "invented"}),
    ("finding_accepted_at_and_by_together", ACCEPTED),
    (
        "finding_accepted_is_a_warning_with_a_reason",
        lambda: ACCEPTED | {"severity": "error", "accepted_by": person()},
    ),
    (
        "finding_accepted_is_a_warning_with_a_reason",
        lambda: {"accepted_at": NOW, "accepted_by": person()},
    ),
    ("observation_has_one_origin", {"published_table": None}),
    ("observation_has_one_origin", both_origins),
    ("observation_status_is_known", {"status": "invented"}),
    ("observation_unit_is_known", {"unit": "invented"}),
    ("observation_certainty_is_known", {"certainty": "invented"}),
    ("observation_reported_has_a_value", {"value": None}),
    ("observation_nil_is_nothing", {"status": "nil", "value": 14.0}),
    ("observation_without_a_number_has_none", {"status": "missing"}),
    ("observation_without_a_number_has_none", {"status": "suppressed", "value": None}),
    ("observation_share_has_no_more_than_the_whole", {"numerator": 693}),
    ("observation_share_is_0_to_100", {"value": 100.1}),
    ("observation_counts_are_not_negative", {"numerator": -1}),
    ("observation_counts_are_not_negative", {"numerator": None, "denominator": -1}),
    ("observation_period_runs_forward", BACKWARDS),
    ("release_state_is_known", lambda: published(state="invented")),
    ("release_published_at_and_by_together", PUBLISHED),
    ("release_withdrawn_at_and_by_together", lambda: withdrawn(withdrawn_by=None)),
    ("release_is_published_or_a_draft", {"state": "published"}),
    ("release_is_published_or_a_draft", lambda: published(state="draft")),
    ("release_withdrawn_says_why", lambda: withdrawn(withdrawal_reason="")),
    ("release_withdrawn_says_why", lambda: withdrawn(withdrawn_at=None, withdrawn_by=None)),
    (
        "release_publisher_is_not_the_builder",
        lambda: PUBLISHED | same(person, "built_by", "published_by"),
    ),
    ("release_scheduled_at_and_by_together", lambda: scheduled(scheduled_by=None)),
    ("release_scheduler_is_not_the_builder", lambda: scheduled() | same(person, "built_by", "scheduled_by")),
    ("release_scheduled_says_for_when", lambda: scheduled(goes_public=None)),
    ("release_scheduled_says_for_when", {"goes_public": NOW}),
    ("release_that_corrects_says_why", lambda: {"corrects": factories.make_release()}),
    ("release_that_corrects_says_why", {"correction_reason": "A slip."}),
    ("early_sight_says_who", {"name": ""}),
    ("early_sight_says_who", {"office": ""}),
    ("indicator_result_target_status_is_known", {"target_status": "invented"}),
    ("indicator_result_flag_is_known", {"flag": "invented"}),
    ("indicator_result_status_is_known", {"status": "invented"}),
    ("indicator_result_structure_is_known", {"structure": "invented"}),
    ("prediction_result_has_figures_or_a_reason", {"difference": None}),
    ("prediction_result_has_figures_or_a_reason", {"cases": None}),
    ("change_result_chart_is_known", {"chart": "invented"}),
    ("change_result_variation_is_known", {"variation": "invented"}),
    ("change_result_assurance_is_known", {"assurance": "invented"}),
    ("rating_result_has_a_score_or_a_reason", {"score": None, "band": None}),
    ("rating_result_has_a_score_or_a_reason", {"score": None, "reason": "Too few."}),
    ("rating_measure_result_has_a_score_or_a_reason", {"score": None}),
    ("rating_measure_result_weight_is_0_to_1", {"weight": 1.1}),
    ("rating_measure_result_weight_is_0_to_1", {"weight": -0.1}),
    ("reweighting_result_weighting_is_known", {"weighting": "invented"}),
    ("reweighting_result_has_a_band_or_a_reason", {"band": None}),
    ("divergence_result_kind_is_known", {"kind": "invented"}),
    ("divergence_result_quadrant_is_known", {"quadrant": "invented"}),
    ("divergence_result_fact_is_known", {"fact": "invented"}),
    ("divergence_result_probability_is_0_to_1", {"probability": 1.1}),
    ("divergence_result_has_both_indices_or_a_reason", {"process": None}),
    (
        "divergence_result_has_both_indices_or_a_reason",
        {"process": None, "quadrant": "not-compared"},
    ),
    ("national_result_subject_is_known", {"subject": "invented"}),
    ("national_result_kind_is_known", {"kind": "invented"}),
    ("audit_result_signal_is_known", {"signal": "invented"}),
    ("national_result_method_is_known", {"method": "invented"}),
    ("national_result_has_an_estimate_or_a_reason", {"estimate": None}),
    ("sentence_says_something", {"text": ""}),
    ("case_extract_state_is_known", {"state": "invented"}),
    ("case_extract_period_runs_forward", BACKWARDS),
    ("case_extract_is_taken_after_its_period", {"taken": YEAR["period_end"]}),
    ("case_extract_counted_has_figures", {"state": "counted"}),
    ("job_state_is_known", {"state": "invented"}),
    ("job_kind_is_known", {"kind": "invented"}),
    ("job_that_checks_has_an_upload", {"kind": "check-upload"}),
    ("job_that_checks_has_an_upload", lambda: {"upload": factories.make_upload()}),
    ("job_that_counts_has_an_extract", {"kind": "count-extract"}),
    ("job_that_counts_has_an_extract", lambda: {"case_extract": factories.make_case_extract()}),
    ("job_cancelled_at_and_by_together", {"cancelled_at": NOW}),
    ("job_cancelled_says_by_whom", {"state": "cancelled", "finished": NOW, "outcome": "Cancelled."}),
    ("job_does_no_more_steps_than_it_has", {"steps_done": 4}),
    ("job_finished_says_when", {"state": "failed", "outcome": "It failed."}),
    ("job_finished_says_when", {"finished": NOW}),
    ("job_finished_says_how", {"state": "failed", "finished": NOW}),
]

# Both columns of these steps may not be empty, so half a step is refused before the constraint.
ALWAYS_FILLED = [
    ("release_built_at_and_by_together", "built_at"),
    ("release_built_at_and_by_together", "built_by"),
    ("job_requested_at_and_by_together", "requested_at"),
    ("job_requested_at_and_by_together", "requested_by"),
    ("upload_uploaded_at_and_by_together", "uploaded_at"),
    ("case_extract_sent_at_and_by_together", "sent_at"),
    ("case_extract_sent_at_and_by_together", "sent_by"),
    ("upload_uploaded_at_and_by_together", "uploaded_by"),
]

# What the first of two must be made with for the constraint to look at it.
LOOKED_AT = {
    "person_email_is_of_one_person": {"email": lambda: "officer@london.example"},
    "series_that_takes_returns_is_one": {"takes_returns": lambda: True},
    "observation_once_per_trust_return": {"trust_return": factories.make_trust_return},
    "target_once_per_return_organisation_and_period": {"trust_return": factories.make_trust_return},
    "rating_result_of_a_domain_once_per_release": {"domain": factories.make_domain},
    "national_result_of_a_framework_once_per_release": {"framework": factories.make_framework},
    "audit_result_of_an_organisation_once_per_release": {"organisation": factories.make_organisation},
    "sentence_of_an_organisation_once_per_release": {"organisation": factories.make_organisation},
}

CONSTRAINTS: dict[str, tuple[type[models.Model], Any]] = {
    constraint.name: (model, constraint)
    for app in ("trusts", "performance")
    for model in apps.get_app_config(app).get_models()
    for constraint in model._meta.constraints
}
UNIQUE = [name for name, (_, found) in CONSTRAINTS.items() if isinstance(found, models.UniqueConstraint)]


@pytest.mark.parametrize(("name", "values"), BROKEN, ids=[name for name, _ in BROKEN])
def test_the_database_refuses_what_must_never_be(db, name, values):
    make = maker_of(CONSTRAINTS[name][0])
    values = values() if callable(values) else values

    with pytest.raises(IntegrityError) as raised, transaction.atomic():
        make(**values)

    assert name in str(raised.value)


@pytest.mark.parametrize(("name", "column"), ALWAYS_FILLED)
def test_some_steps_always_have_a_time_and_a_person(db, name, column):
    with pytest.raises(IntegrityError), transaction.atomic():
        maker_of(CONSTRAINTS[name][0])(**{column: None})


@pytest.mark.parametrize("name", UNIQUE)
def test_the_database_refuses_the_same_twice(db, name):
    model, constraint = CONSTRAINTS[name]
    make = maker_of(model)
    first = make(**{field: maker() for field, maker in LOOKED_AT.get(name, {}).items()})

    with pytest.raises(IntegrityError) as raised, transaction.atomic():
        make(**{field: getattr(first, field) for field in fields_of(constraint)})

    assert says_which(model, constraint, str(raised.value))


def fields_of(constraint: models.UniqueConstraint) -> list[str]:
    """Its fields, or those that its expressions, such as Lower("email"), look at."""
    of_expressions = [found.get_source_expressions()[0].name for found in constraint.expressions]
    return [*constraint.fields, *of_expressions]


def says_which(model: type[models.Model], constraint: models.UniqueConstraint, text: str) -> bool:
    """PostgreSQL names the constraint, SQLite its columns."""
    fields = [model._meta.get_field(name) for name in fields_of(constraint)]
    columns = [f"{model._meta.db_table}.{field.column}" for field in fields]
    return constraint.name in text or text.endswith(", ".join(columns))


def test_every_constraint_is_broken_in_a_test():
    assert {name for name, _ in BROKEN + ALWAYS_FILLED} | set(UNIQUE) == set(CONSTRAINTS)


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
