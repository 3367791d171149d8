"""Scheduling, correcting, withdrawing and early sight: who may, when, and what it leaves."""

import datetime

import pytest
from django.utils import timezone

from performance.models import Event, Observation, Release
from performance.models.release import ReleaseQuerySet
from performance.releases.actions import (
    HOUR_OF_PUBLICATION,
    can_withdraw,
    correct_release,
    give_early_sight,
    publish_due_releases,
    publish_release,
    schedule_release,
    withdraw_release,
)
from tests import factories
from tests.performance.building import build_release
from trusts.models import Role
from trusts.permission import NotAllowed

TOMORROW = timezone.localdate() + datetime.timedelta(days=1)
MUST_BE_PUBLISHER = "Only a NOMS publisher may {} a release."


@pytest.fixture
def draft(db, analyst) -> Release:
    return factories.make_release(number=1, built_by=analyst)


@pytest.fixture
def published(draft, publisher) -> Release:
    return publish_release(release=draft, by=publisher)


def refusal(action, **arguments) -> str:
    before = Event.objects.count()
    with pytest.raises(NotAllowed) as raised:
        action(**arguments)
    assert Event.objects.count() == before
    return str(raised.value)


def schedule(release, by, day=TOMORROW) -> Release:
    return schedule_release(release=release, by=by, day=day, hour=HOUR_OF_PUBLICATION)


ACTIONS = {
    "publish": lambda release, by: publish_release(release=release, by=by),
    "schedule": schedule,
    "correct": lambda release, by: correct_release(release=release, corrects=release, by=by, reason="A slip"),
    "withdraw": lambda release, by: withdraw_release(release=release, by=by, reason="A slip"),
    "give early sight of": lambda release, by: give_early_sight(release=release, by=by, name="A", office="B"),
}


@pytest.mark.parametrize("role", [role for role in Role if role != Role.NOMS_PUBLISHER])
@pytest.mark.parametrize("verb", ACTIONS)
def test_only_a_publisher_may(draft, verb, role):
    trust = factories.make_organisation() if role in ("trust-officer", "chief-executive") else None
    person = factories.make_person(role=role, organisation=trust)

    said = refusal(lambda: ACTIONS[verb](draft, person))

    assert said == MUST_BE_PUBLISHER.format("publish" if verb in ("schedule", "correct") else verb)


def test_a_scheduled_release_is_published_when_its_hour_has_come(draft, publisher):
    scheduled = schedule(draft, publisher)
    hour = timezone.make_aware(datetime.datetime.combine(TOMORROW, datetime.time(9, 30)))
    assert scheduled.goes_public == hour
    assert scheduled.state == "draft"

    assert publish_due_releases(hour - datetime.timedelta(seconds=1)) == []
    assert publish_due_releases(hour) == [draft]
    assert publish_due_releases(hour) == []

    draft.refresh_from_db()
    assert (draft.state, draft.published_by) == ("published", publisher)
    happened = list(Event.objects.order_by("pk").values_list("verb", "actor"))
    assert happened == [("scheduled", publisher.pk), ("published", None)]


def test_an_hour_that_has_gone_by_is_refused(draft, publisher):
    said = refusal(lambda: schedule(draft, publisher, day=datetime.date(2012, 7, 26)))

    assert said == "26 July 2012, 9:30 has gone by. Give a later time."


def test_nobody_schedules_what_they_built(publisher):
    own = factories.make_release(built_by=publisher)

    assert "another publisher" in refusal(lambda: schedule(own, publisher))


def test_one_who_may_no_longer_publish_holds_a_scheduled_release_back(draft, publisher):
    hour = schedule(draft, publisher).goes_public
    publisher.role = Role.NOMS_ANALYST
    publisher.save()

    assert publish_due_releases(hour) == []

    draft.refresh_from_db()
    assert (draft.state, draft.goes_public) == ("draft", None)
    event = Event.objects.first()
    assert (event.verb, event.detail) == (
        "not published as scheduled",
        {"reason": "Only a NOMS publisher may publish a release."},
    )


def test_a_release_that_another_worker_has_just_published_is_left_alone(draft, publisher, monkeypatch):
    hour = schedule(draft, publisher).goes_public
    publish_due_releases(hour)
    monkeypatch.setattr(ReleaseQuerySet, "due", lambda self, now: self.all())

    assert publish_due_releases(hour) == []
    assert list(Event.objects.order_by("pk").values_list("verb", flat=True)) == ["scheduled", "published"]


def test_a_withdrawn_release_says_why_and_stays(published, publisher):
    assert can_withdraw(published, publisher)

    withdrawn = withdraw_release(release=published, by=publisher, reason=" A wrong table. ")

    assert (withdrawn.state, withdrawn.withdrawal_reason) == ("withdrawn", "A wrong table.")
    assert not can_withdraw(withdrawn, publisher)
    assert Event.objects.first().verb == "withdrawn"


def test_only_what_is_published_is_withdrawn_and_not_by_its_builder(draft, publisher):
    said = refusal(withdraw_release, release=draft, by=publisher, reason="A slip")
    assert said == "Release 1 isn't published, so there is nothing to withdraw."
    own = factories.make_release(built_by=publisher)
    assert "another publisher" in refusal(withdraw_release, release=own, by=publisher, reason="A slip")


@pytest.mark.parametrize("reason", ["", "  "])
def test_a_withdrawal_and_a_correction_need_a_reason(published, analyst, publisher, reason):
    assert refusal(withdraw_release, release=published, by=publisher, reason=reason) == (
        "A withdrawal says why. Give a reason."
    )
    later = factories.make_release(series=published.series, number=2, built_by=analyst)
    assert refusal(correct_release, release=later, corrects=published, by=publisher, reason=reason) == (
        "A correction says why it was needed. Give a reason."
    )


def test_a_correction_says_why_and_what_differs(release, public_record, analyst, publisher):
    wrong = publish_release(release=release, by=publisher)
    Observation.objects.filter(
        measure__code="oasys-high-risk-5-days", organisation__slug="hertfordshire-area"
    ).update(value=95)
    later = build_release(public_record, analyst)

    corrected = correct_release(release=later, corrects=wrong, by=publisher, reason="A misprint")

    corrected.refresh_from_db()
    assert (corrected.state, corrected.corrects, corrected.correction_reason) == (
        "published",
        wrong,
        "A misprint",
    )
    assert corrected.changes[0].startswith("Release 2 differs from release 1: of 667 figures")
    assert corrected.changes[1] == "High risk OASys within 5 days, Hertfordshire, 2005-06: value 14, now 95"
    wrong.refresh_from_db()
    assert wrong.state == "published"


def test_only_an_earlier_published_release_is_corrected(published, analyst, publisher):
    draft = factories.make_release(series=published.series, number=2, built_by=analyst)
    later = factories.make_release(series=published.series, number=3, built_by=analyst)
    first = factories.make_release(series=published.series, number=0, built_by=analyst)

    for release, corrects in ((later, draft), (first, published)):
        said = refusal(correct_release, release=release, corrects=corrects, by=publisher, reason="A slip")
        assert said == f"Only an earlier, published release is corrected; {corrects.number} isn't one."


def test_a_correction_that_changes_nothing_is_none(published, analyst, publisher):
    same = factories.make_release(series=published.series, number=2, built_by=analyst)

    said = refusal(correct_release, release=same, corrects=published, by=publisher, reason="A slip")

    assert said == "Release 2 holds the same figures as release 1. There is nothing to correct."
    same.refresh_from_db()
    assert (same.state, same.corrects) == ("draft", None)


def test_early_sight_is_listed_by_name_and_office(draft, publisher):
    sight = give_early_sight(release=draft, by=publisher, name=" A Minister ", office="Ministry of Justice")

    assert str(sight) == "A Minister, Ministry of Justice"
    assert list(draft.early_sights.all()) == [sight]
    event = Event.objects.get(verb="gave early sight")
    assert event.detail == {"to": "A Minister, Ministry of Justice"}


@pytest.mark.parametrize(("name", "office"), [("", "Ministry"), ("A Minister", " ")])
def test_early_sight_needs_a_name_and_an_office(draft, publisher, name, office):
    said = refusal(give_early_sight, release=draft, by=publisher, name=name, office=office)

    assert said == "Early sight is listed with a name and an office."


def test_nobody_is_listed_twice_or_after_publication(draft, publisher):
    sight = {"release": draft, "by": publisher, "name": "A Minister", "office": "Ministry"}
    give_early_sight(**sight)
    assert refusal(give_early_sight, **sight) == "A Minister is listed already."

    publish_release(release=draft, by=publisher)
    assert (
        refusal(give_early_sight, **sight | {"name": "B"}) == "Release 1 is published, so everyone sees it."
    )
