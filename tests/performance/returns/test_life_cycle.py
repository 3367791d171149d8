"""Who may take which step when, and what it leaves."""

import datetime
from collections.abc import Callable
from itertools import product
from typing import Any

import pytest
from django.utils import timezone

from performance.models import Event, Observation, ReturnState, Target, TrustReturn
from performance.returns.actions import accept_return, approve_return, send_back_return, submit_return
from performance.returns.life_cycle import ACCEPT, APPROVE, SEND_BACK, can_submit, can_take
from tests import factories
from tests.performance.returns.sent import (
    APRIL,
    GOOD,
    MAY,
    approved,
    chief_executive,
    content_of,
    officer,
    sent,
    someone,
    submitted,
    trust,
)
from trusts.models import Person, Role
from trusts.permission import NotAllowed

STEPS = {"approve": APPROVE, "accept": ACCEPT, "send back": SEND_BACK}
TAKE: dict[str, Callable[..., Any]] = {
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
    ("submit", "trust-officer", "london"),
    ("approve", "chief-executive", "london"),
    ("accept", "noms-analyst", ""),
    ("accept", "noms-publisher", ""),
    ("send back", "noms-analyst", ""),
    ("send back", "noms-publisher", ""),
}
# From where a step may be taken, and where it leads.
LEADS = {
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


def in_state(state: str) -> TrustReturn:
    """A return of London that others have brought into a state."""
    values: dict[str, Any] = {"state": state, "return_reason": "A slip." if state == "returned" else ""}
    if state != "draft":
        values |= {f"{state}_at": timezone.now(), f"{state}_by": factories.make_person()}
    return factories.make_trust_return(organisation=trust(), **values)


@pytest.mark.parametrize(("role", "of"), PEOPLE)
def test_who_may_submit(series, role, of):
    person, file = someone(role, of), sent(GOOD)
    if ("submit", role, of) in MAY_DO:
        assert can_submit(trust(), person)
        assert submit_return(file=file, series=series, by=person).state == "submitted"
    else:
        assert not can_submit(trust(), person)
        refusal(submit_return, file=file, series=series, by=person)
        assert not TrustReturn.objects.exists()


@pytest.mark.parametrize(("verb", "person"), list(product(TAKE, PEOPLE)))
def test_who_may_approve_accept_and_send_back(series, verb, person):
    role, of = person
    version = in_state("approved" if verb == "accept" else "submitted")
    by = someone(role, of)
    if (verb, role, of) in MAY_DO:
        assert can_take(STEPS[verb], version, by)
        assert TAKE[verb](trust_return=version, by=by).state != version.state
    else:
        assert not can_take(STEPS[verb], version, by)
        refusal(TAKE[verb], trust_return=version, by=by)
        version.refresh_from_db()
        assert version.state in ("submitted", "approved")


@pytest.mark.parametrize(("verb", "state"), list(product(TAKE, ReturnState.values)))
def test_each_step_begins_in_some_states_only_and_ends_in_one(series, verb, state):
    version = in_state(state)
    if (verb, state) in LEADS:
        taken = TAKE[verb](trust_return=version, by=may_take(verb))
        assert taken.state == LEADS[verb, state]
    else:
        said = refusal(TAKE[verb], trust_return=version, by=may_take(verb))
        assert said.startswith(
            f"This return is {ReturnState(state).label.lower()}; to {verb} one it must be "
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
        "This return is submitted; to accept one it must be approved."
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


def test_what_is_submitted_is_kept_with_its_figures_targets_and_file(series, uploads):
    missing = {"status": "missing", "numerator": "", "target": "", "note": "The system was down."}
    predicted = {"measure": "reoffending", "expected": "14.25", "target": ""}
    file = sent(GOOD, GOOD | MAY | missing, GOOD | MAY | predicted)

    version = submit_return(file=file, series=series, by=officer())

    version.refresh_from_db()
    assert (version.organisation.slug, version.framework.slug) == ("london", "ptrs")
    assert (version.period_start, version.period_end) == (
        datetime.date(2010, 4, 1),
        datetime.date(2011, 3, 31),
    )
    assert (version.version, version.state, version.supersedes) == (1, "submitted", None)
    first, second, third = version.observations.order_by("pk")
    assert (first.measure.code, first.organisation.slug, first.unit) == ("reports-on-time", "london", "share")
    assert (first.numerator, first.denominator, first.value, first.expected) == (45, 50, 90.0, None)
    assert (str(first.period_start), str(first.period_end)) == tuple(APRIL.values())
    assert (second.status, second.value, second.denominator) == ("missing", None, 50)
    assert second.note == "The system was down."
    assert (third.measure.code, third.expected) == ("reoffending", 14.25)
    (target,) = version.targets.all()
    assert (target.value, target.framework_measure.domain.framework.slug) == (92.5, "ptrs")
    assert version.file.read() == file.content
    version.file.close()
    assert len(list(uploads.rglob("*.csv"))) == 1


def test_figures_have_nothing_of_time_person_or_file_in_them(series):
    version = submitted(series, GOOD)

    figure = version.observations.get()
    assert (figure.source, figure.certainty, figure.as_printed) == ("", "verbatim", "")


def test_each_step_leaves_one_event(series):
    first = approved(series, GOOD)
    analyst = someone(Role.NOMS_ANALYST)
    accept_return(trust_return=first, by=analyst)
    second = submitted(series, GOOD, GOOD | MAY)
    send_back_return(trust_return=second, by=analyst, reason=" May is thin. ")

    events = list(Event.objects.order_by("pk").values_list("verb", "actor", "detail"))
    assert events == [
        ("submitted", first.submitted_by_id, {"sha256": first.sha256, "figures": 1}),
        ("approved", first.approved_by_id, {}),
        ("accepted", analyst.pk, {}),
        ("submitted", second.submitted_by_id, {"sha256": second.sha256, "figures": 2}),
        ("sent back", analyst.pk, {"return_reason": "May is thin."}),
    ]
    assert Event.objects.first().subject == str(second)


@pytest.mark.parametrize("reason", ["", "  "])
def test_a_return_is_sent_back_with_a_reason(series, reason):
    version = submitted(series, GOOD)

    assert (
        refusal(send_back_return, trust_return=version, by=someone(Role.NOMS_ANALYST), reason=reason)
        == "To send back a return, give a reason."
    )


def test_a_changed_file_is_the_next_version_and_the_first_stays(series):
    first = submitted(series, GOOD)

    second = submitted(series, GOOD | {"numerator": "46"}, GOOD | MAY)

    assert (second.version, second.supersedes) == (2, first)
    assert [o.numerator for o in first.observations.all()] == [45]
    assert sorted(o.numerator for o in second.observations.all()) == [45, 46]
    assert (first.targets.count(), second.targets.count()) == (1, 2)


def test_another_trust_framework_year_or_series_is_another_return(series):
    submitted(series, GOOD)
    later = {"framework": "ptrs-2011-13", "period_start": "2011-04-01", "period_end": "2011-04-30"}

    others = [
        submitted(series, GOOD | {"organisation": "kent"}),
        submitted(series, GOOD | {"framework": "ippf"}),
        submitted(series, GOOD | later),
        submitted(series, GOOD | later | {"period_start": "2012-04-01", "period_end": "2012-04-30"}),
        submitted(factories.make_series(), GOOD),
    ]

    assert [(other.version, other.supersedes) for other in others] == [(1, None)] * 5


def test_the_same_bytes_again_are_no_new_version(series):
    submitted(series, GOOD)
    TrustReturn.objects.update(submitted_at=datetime.datetime(2010, 5, 14, 9, tzinfo=datetime.UTC))

    said = refusal(submit_return, file=sent(GOOD), series=series, by=officer())

    assert said == "This file was sent on 14 May 2010, as version 1: nothing in it is new."
    assert TrustReturn.objects.count() == Observation.objects.count() == Target.objects.count() == 1


def test_the_first_bytes_after_others_are_a_third_version(series):
    for rows in ([GOOD], [GOOD, GOOD | MAY]):
        submitted(series, *rows)

    assert submitted(series, GOOD).version == 3


@pytest.mark.parametrize("verb", TAKE)
def test_a_version_that_another_has_followed_stays_as_it_is(series, verb):
    first = approved(series, GOOD) if verb == "accept" else submitted(series, GOOD)
    submitted(series, GOOD, GOOD | MAY)

    said = refusal(TAKE[verb], trust_return=first, by=may_take(verb))

    assert said == f"Version 2 has come since, so you can't {verb} this one."


def test_a_step_is_taken_with_the_return_as_it_is_now(series):
    version = submitted(series, GOOD)
    approve_return(trust_return=version, by=chief_executive())

    assert "This return is approved" in refusal(approve_return, trust_return=version, by=chief_executive())


def test_nothing_is_left_where_storing_fails(series, monkeypatch, uploads):
    monkeypatch.setattr(Target.objects, "bulk_create", lambda rows: 1 / 0)
    file, by = sent(GOOD), officer()

    with pytest.raises(ZeroDivisionError):
        submit_return(file=file, series=series, by=by)

    assert not any(model.objects.exists() for model in (TrustReturn, Observation, Target, Event))
    assert not list(uploads.rglob("*.csv"))


def test_the_file_is_named_by_what_it_is(series):
    version = submit_return(file=sent(GOOD), series=series, by=officer())

    assert version.file.name.rpartition("/")[2] == "monthly-london-ptrs-version-1.csv"
    assert version.sha256 == sent(GOOD).sha256
    assert content_of(GOOD) == sent(GOOD).content
