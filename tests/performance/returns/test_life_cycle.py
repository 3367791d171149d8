"""Who may take which step when, and what it leaves."""

import datetime
import hashlib
from collections.abc import Callable
from itertools import product
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone

from performance.models import Event, Finding, Observation, ReturnState, Target, TrustReturn, Upload
from performance.returns.actions import (
    accept_return,
    approve_return,
    give_reason,
    keep_upload,
    send_back_return,
    submit_return,
)
from performance.returns.checking import keep, read_upload
from performance.returns.known import ReturnNames
from performance.returns.life_cycle import ACCEPT, APPROVE, SEND_BACK, SUBMIT, can_take, can_upload
from tests import factories
from tests.performance.returns.sent import (
    APRIL,
    GOOD,
    MAY,
    approved,
    chief_executive,
    content_of,
    drafted,
    officer,
    sent,
    someone,
    submit,
    submitted,
    trust,
    uploaded,
)
from trusts.models import Person, Role
from trusts.permission import NotAllowed

STEPS = {"submit": SUBMIT, "approve": APPROVE, "accept": ACCEPT, "send back": SEND_BACK}
TAKE: dict[str, Callable[..., Any]] = {
    "submit": submit_return,
    "approve": approve_return,
    "accept": accept_return,
    "send back": lambda **given: send_back_return(**given, reason="A total is off."),
}
TRUST_ROLES = (Role.TRUST_OFFICER, Role.CHIEF_EXECUTIVE)
PEOPLE = [(role, of) for role in TRUST_ROLES for of in ("london", "kent")] + [
    (role, "") for role in Role if role not in TRUST_ROLES
]
# Who may do what with a return of London; nobody else may.
MAY_DO = {
    ("upload", "trust-officer", "london"),
    ("upload", "noms-analyst", ""),
    ("upload", "noms-publisher", ""),
    ("submit", "trust-officer", "london"),
    ("submit", "noms-analyst", ""),
    ("submit", "noms-publisher", ""),
    ("approve", "chief-executive", "london"),
    ("accept", "noms-analyst", ""),
    ("accept", "noms-publisher", ""),
    ("send back", "noms-analyst", ""),
    ("send back", "noms-publisher", ""),
}
# From where a step may be taken, and where it leads.
BEGINS = {"submit": "draft", "approve": "submitted", "accept": "approved", "send back": "submitted"}
LEADS = {
    ("submit", "draft"): "submitted",
    ("approve", "submitted"): "approved",
    ("accept", "approved"): "accepted",
    ("send back", "submitted"): "returned",
    ("send back", "approved"): "returned",
}


def refusal(action: Callable[..., Any], **arguments: Any) -> str:
    before = Event.objects.count()
    with pytest.raises(NotAllowed) as raised:
        action(**arguments)
    assert Event.objects.count() == before
    return str(raised.value)


def may_take(verb: str) -> Person:
    return chief_executive() if verb == "approve" else someone(Role.NOMS_ANALYST)


def warned_of(version: TrustReturn, **values: Any) -> Finding:
    return factories.make_finding(upload=version.upload, trust_return=version, **values)


def in_state(state: str) -> TrustReturn:
    """A return of London that others have brought into a state."""
    values: dict[str, Any] = {"state": state, "return_reason": "A slip." if state == "returned" else ""}
    if state != "draft":
        values |= {f"{state}_at": timezone.now(), f"{state}_by": factories.make_person()}
    return factories.make_trust_return(organisation=trust(), **values)


@pytest.mark.parametrize(("role", "of"), PEOPLE)
def test_who_may_upload_for_london(series, role, of):
    assert can_upload(trust(), someone(role, of)) is (("upload", role, of) in MAY_DO)


@pytest.mark.parametrize(("role", "of"), PEOPLE)
def test_who_may_upload_a_file(series, role, of):
    """People of NOMS and officers of any trust: what is in the file must be of theirs."""
    by = someone(role, of)
    if role in (Role.TRUST_OFFICER, Role.NOMS_ANALYST, Role.NOMS_PUBLISHER):
        assert uploaded(series, content_of(GOOD), by).organisation == by.organisation
    else:
        said = refusal(keep_upload, sent=sent(content_of(GOOD)), series=series, by=by)
        assert said.endswith(" may upload a return.")
        assert not Upload.objects.exists()


@pytest.mark.parametrize(("verb", "person"), list(product(TAKE, PEOPLE)))
def test_who_may_take_which_step(series, verb, person):
    role, of = person
    version = in_state(BEGINS[verb])
    by = someone(role, of)
    if (verb, role, of) in MAY_DO:
        assert can_take(STEPS[verb], version, by)
        assert TAKE[verb](trust_return=version, by=by).state != version.state
    else:
        assert not can_take(STEPS[verb], version, by)
        refusal(TAKE[verb], trust_return=version, by=by)
        version.refresh_from_db()
        assert version.state == BEGINS[verb]


@pytest.mark.parametrize(("verb", "state"), list(product(TAKE, ReturnState.values)))
def test_each_step_begins_in_some_states_only_and_ends_in_one(series, verb, state):
    version = in_state(state)
    if (verb, state) in LEADS:
        taken = TAKE[verb](trust_return=version, by=may_take(verb))
        assert taken.state == LEADS[verb, state]
    else:
        said = refusal(TAKE[verb], trust_return=version, by=may_take(verb))
        assert said.startswith(
            f"This return is '{ReturnState(state).label.lower()}'; to {verb} one it must be '"
        )


def test_a_refusal_says_why(series):
    version = submitted(series, GOOD)

    assert refusal(approve_return, trust_return=version, by=officer()) == (
        "Only a trust chief executive may approve a return."
    )
    assert refusal(accept_return, trust_return=version, by=officer()) == (
        "Only a NOMS analyst or a NOMS publisher may accept a return."
    )
    assert refusal(approve_return, trust_return=version, by=chief_executive("kent")) == (
        "You are of Kent, so you can't approve a return of London."
    )
    assert refusal(accept_return, trust_return=version, by=someone(Role.NOMS_ANALYST)) == (
        "This return is 'submitted'; to accept one it must be 'approved'."
    )


def test_nobody_approves_what_they_submitted(series):
    version = submitted(series, GOOD)
    promoted = version.submitted_by
    promoted.role = Role.CHIEF_EXECUTIVE
    promoted.save()

    assert refusal(approve_return, trust_return=version, by=promoted) == (
        "You submitted this return, so another person must approve it."
    )
    assert approve_return(trust_return=version, by=chief_executive()).state == "approved"


def test_what_is_uploaded_is_kept_with_its_figures_targets_and_file(series, uploads):
    missing = {"status": "missing", "numerator": "", "target": "", "note": "The system was down."}
    predicted = {"measure": "reoffending", "expected": "14.25", "target": ""}
    content = content_of(GOOD, GOOD | MAY | missing, GOOD | MAY | predicted)
    by = officer()

    upload = uploaded(series, content, by)

    version = upload.trust_returns.get()
    assert (version.organisation.slug, version.framework.slug) == ("london", "ptrs")
    assert (str(version.period_start), str(version.period_end)) == ("2010-04-01", "2010-06-30")
    assert (version.version, version.state, version.supersedes) == (1, "draft", None)
    first, second, third = version.observations.order_by("pk")
    assert (first.measure.code, first.organisation.slug, first.unit) == ("reports-on-time", "london", "share")
    assert (first.numerator, first.denominator, first.value, first.expected) == (45, 50, 90.0, None)
    assert (str(first.period_start), str(first.period_end)) == tuple(APRIL.values())
    assert (second.status, second.value, second.denominator) == ("missing", None, 50)
    assert second.note == "The system was down."
    assert (third.measure.code, third.expected) == ("reoffending", 14.25)
    (target,) = version.targets.all()
    assert (target.value, target.framework_measure.domain.framework.slug) == (92.5, "ptrs")
    assert (upload.uploaded_by, upload.name, upload.size) == (by, "return.csv", len(content))
    assert (upload.format, upload.layout, upload.lines) == ("csv", "tidy", 3)
    assert upload.sha256 == hashlib.sha256(content).hexdigest()
    with upload.file.open() as file:
        assert file.read() == content
    assert len(list(uploads.rglob("*.csv"))) == 1


def test_figures_have_nothing_of_time_person_or_file_in_them(series):
    version = submitted(series, GOOD)

    figure = version.observations.get()
    assert (figure.source, figure.certainty, figure.as_printed) == ("", "verbatim", "")


def test_each_step_leaves_one_event(series):
    first = drafted(series, GOOD)
    warned_of(first)
    submit(first)
    chief, analyst = chief_executive(), someone(Role.NOMS_ANALYST)
    approve_return(trust_return=first, by=chief)
    accept_return(trust_return=first, by=analyst)
    second = submitted(series, GOOD | {"numerator": "46"})
    send_back_return(trust_return=second, by=analyst, reason=" May is thin. ")

    events = list(Event.objects.order_by("pk").values_list("verb", "actor", "subject"))
    officer, other = first.upload.uploaded_by_id, second.upload.uploaded_by_id
    assert events == [
        ("uploaded", officer, "return.csv"),
        ("gave a reason", officer, str(first)),
        ("submitted", officer, str(first)),
        ("approved", chief.pk, str(first)),
        ("accepted", analyst.pk, str(first)),
        ("uploaded", other, "return.csv"),
        ("submitted", other, str(second)),
        ("sent back", analyst.pk, str(second)),
    ]
    details = {event.verb: event.detail for event in Event.objects.filter(actor__in=[officer, analyst])}
    assert details["uploaded"] == {"sha256": first.upload.sha256, "bytes": first.upload.size}
    assert details["gave a reason"] == {
        "reason": "The court closed for a week.",
        "warnings": 1,
        "codes": ["jump"],
    }
    assert details["sent back"] == {"return_reason": "May is thin."}


@pytest.mark.parametrize("reason", ["", "  "])
def test_a_return_is_sent_back_with_a_reason(series, reason):
    version = submitted(series, GOOD)

    assert (
        refusal(send_back_return, trust_return=version, by=someone(Role.NOMS_ANALYST), reason=reason)
        == "To send back a return, give a reason."
    )


def test_a_changed_file_is_the_next_version_and_the_first_stays(series):
    first = submitted(series, GOOD)

    second = submitted(series, GOOD | {"numerator": "46"})

    assert (second.version, second.supersedes) == (2, first)
    assert [o.numerator for o in first.observations.all()] == [45]
    assert [o.numerator for o in second.observations.all()] == [46]
    assert (first.targets.count(), second.targets.count()) == (1, 1)


def test_another_trust_framework_period_or_series_is_another_return(series):
    drafted(series, GOOD)
    later = {"framework": "ptrs-2011-13", "period_start": "2011-04-01", "period_end": "2011-04-30"}

    others = [
        drafted(series, GOOD | {"organisation": "kent"}),
        drafted(series, GOOD | {"framework": "ippf"}),
        drafted(series, GOOD | MAY),
        drafted(series, GOOD, GOOD | MAY),
        drafted(series, GOOD | later),
        drafted(series, GOOD | later | {"period_start": "2012-04-01", "period_end": "2012-04-30"}),
        drafted(factories.make_series(), GOOD),
    ]

    assert [(other.version, other.supersedes) for other in others] == [(1, None)] * 7


def test_the_same_bytes_again_are_no_new_version(series):
    submitted(series, GOOD)
    Upload.objects.update(uploaded_at=datetime.datetime(2010, 5, 14, 9, tzinfo=datetime.UTC))

    said = refusal(keep_upload, sent=sent(content_of(GOOD)), series=series, by=officer())

    assert said == "This file was sent on 14 May 2010, as version 1: nothing in it is new."
    assert Upload.objects.count() == Observation.objects.count() == Target.objects.count() == 1


def test_the_same_bytes_may_be_sent_to_another_series(series):
    submitted(series, GOOD)

    assert drafted(factories.make_series(), GOOD).version == 1


def test_the_first_bytes_after_others_are_a_third_version(series):
    for row in (GOOD, GOOD | {"numerator": "46"}):
        submitted(series, row)

    assert submitted(series, GOOD).version == 3


@pytest.mark.parametrize("verb", TAKE)
def test_a_version_that_another_has_followed_stays_as_it_is(series, verb):
    first = {"submit": drafted, "accept": approved}.get(verb, submitted)(series, GOOD)
    drafted(series, GOOD | {"numerator": "46"})

    said = refusal(TAKE[verb], trust_return=first, by=may_take(verb))

    assert said == f"Version 2 has come since, so you can't {verb} this one."


def test_a_step_is_taken_with_the_return_as_it_is_now(series):
    version = submitted(series, GOOD)
    approve_return(trust_return=version, by=chief_executive())

    assert "This return is 'approved'" in refusal(approve_return, trust_return=version, by=chief_executive())


def test_nothing_but_the_attempt_is_left_where_storing_fails(series, monkeypatch, uploads):
    monkeypatch.setattr(Finding.objects, "bulk_create", lambda rows: 1 / 0)
    upload = keep_upload(sent=sent(content_of(GOOD)), series=series, by=officer())
    names = ReturnNames.from_database()

    with pytest.raises(ZeroDivisionError), transaction.atomic():
        keep(upload, read_upload(upload, names), names)

    assert not any(model.objects.exists() for model in (TrustReturn, Observation, Target, Finding))
    assert Upload.objects.get().state == "waiting"


def test_the_file_is_kept_under_its_digest_whatever_it_is_called(series, uploads):
    upload = uploaded(series, content_of(GOOD), name="../../etc/passwd.CSV")

    assert upload.name == "passwd.CSV"
    (kept,) = uploads.rglob("*.csv")
    assert kept.name == f"{upload.sha256}.csv"
    assert kept.parent.parent.parent == uploads / "returns"


class TestReasons:
    """Warnings ask for one each before a return is submitted."""

    def test_a_return_with_open_warnings_is_not_submitted(self, series):
        version = drafted(series, GOOD)
        warned_of(version)
        by = version.upload.uploaded_by

        assert refusal(submit_return, trust_return=version, by=by) == (
            "1 warning has no reason yet: give one for each first."
        )
        warned_of(version, code="small-number")
        assert refusal(submit_return, trust_return=version, by=by).startswith(
            "2 warnings have no reasons yet"
        )

    def test_a_reason_is_kept_with_who_gave_it_and_when(self, series):
        version = drafted(series, GOOD)
        finding = warned_of(version)
        by = officer()

        give_reason(findings=[finding], reason=" The court closed. ", by=by)

        finding.refresh_from_db()
        assert (finding.acceptance_reason, finding.accepted_by) == ("The court closed.", by)
        assert finding.accepted_at is not None
        assert submit_return(trust_return=version, by=by).state == "submitted"

    @pytest.mark.parametrize(("role", "of"), PEOPLE)
    def test_who_may_give_one(self, series, role, of):
        finding = warned_of(drafted(series, GOOD))
        by = someone(role, of)

        if ("submit", role, of) in MAY_DO:
            give_reason(findings=[finding], reason="It is right.", by=by)
        else:
            refusal(give_reason, findings=[finding], reason="It is right.", by=by)
        finding.refresh_from_db()
        assert bool(finding.accepted_at) is (("submit", role, of) in MAY_DO)

    @pytest.mark.parametrize("reason", ["", " \n "])
    def test_a_reason_is_words(self, series, reason):
        finding = warned_of(drafted(series, GOOD))

        assert refusal(give_reason, findings=[finding], reason=reason, by=officer()) == (
            "Write why the figures are right as they are."
        )

    def test_an_error_takes_none(self, series):
        finding = warned_of(drafted(series, GOOD), severity="error")

        said = refusal(give_reason, findings=[finding], reason="It is right.", by=officer())
        assert said == "A reason is given for warnings about one return, and for nothing else."

    def test_after_submission_reasons_stay_as_they_are(self, series):
        finding = warned_of(submitted(series, GOOD))

        assert refusal(give_reason, findings=[finding], reason="It is right.", by=officer()) == (
            "Reasons are given before a return is submitted, and stay as they are."
        )

    def test_warnings_about_two_returns_take_two_reasons(self, series):
        findings = [warned_of(drafted(series, row)) for row in (GOOD, GOOD | MAY)]

        refusal(give_reason, findings=findings, reason="Both are right.", by=officer())
