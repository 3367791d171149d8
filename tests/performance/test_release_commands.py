"""Publishing for a later day, correcting, withdrawing, early sight and comparing, by command."""

import datetime

import pytest
from django.conf import settings
from django.utils import timezone

from noms_dashboard.celery import app
from performance.models import EarlySight, Observation, Release
from performance.releases.tasks import publish_due_releases_task
from tests.performance.building import build_release
from tests.performance.commands import refused, said

BY = ("--by", "publisher")
TOMORROW = timezone.localdate() + datetime.timedelta(days=1)


@pytest.fixture
def correction(release, public_record, analyst, publisher) -> Release:
    """Release 1 published, and a draft release 2 in which a figure differs."""
    said("publish_release", "1", *BY)
    Observation.objects.filter(
        measure__code="oasys-high-risk-5-days", organisation__slug="hertfordshire-area"
    ).update(value=95)
    return build_release(public_record, analyst)


def test_a_release_is_published_on_a_day_to_come(release, publisher):
    told = said("publish_release", "1", *BY, "--on", TOMORROW.isoformat())

    assert told.startswith("Release 1 will be published on ") and told.endswith(", 9:30.\n")
    release.refresh_from_db()
    assert timezone.localtime(release.goes_public).time() == datetime.time(9, 30)


def test_the_hour_may_be_another(release, publisher):
    assert ", 14:05." in said("publish_release", "1", *BY, "--on", TOMORROW.isoformat(), "--at", "14:05")


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (("--on", "26 July"), "'26 July' is no day; write it as 2012-07-26"),
        (("--on", "2030-07-25", "--at", "noon"), "'noon' is no time of day; write it as 09:30"),
        (("--on", "2030-07-25", "--corrects", "1"), "not allowed with argument"),
        (("--on", "2012-07-26"), "26 July 2012, 9:30 has gone by. Give a later time."),
        (("--corrects", "7", "--reason", "A slip"), "The series 'public-record' has no release 7."),
        (("--corrects", "1"), "A correction says why it was needed. Give a reason."),
    ],
)
def test_what_cannot_be_published_so_is_refused(release, publisher, options, sentence):
    assert sentence in refused("publish_release", "1", *BY, *options)
    assert Release.objects.get().state == "draft"


def test_what_is_due_is_published_by_the_task_that_beat_asks_for(release, publisher):
    said("publish_release", "1", *BY, "--on", TOMORROW.isoformat())
    publish_due_releases_task()
    assert Release.objects.get().state == "draft"

    Release.objects.update(goes_public=timezone.now())
    publish_due_releases_task()
    assert Release.objects.get().state == "published"


def test_beat_asks_for_tasks_that_workers_know():
    app.loader.import_default_modules()

    assert {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()} <= set(app.tasks)


def test_a_correction_prints_what_it_changed(correction):
    told = said("publish_release", "2", *BY, "--corrects", "1", "--reason", "A misprint")

    assert told.splitlines()[0] == "Release 2 is published."
    assert told.splitlines()[1].startswith("Release 2 differs from release 1")
    assert "High risk OASys within 5 days, Hertfordshire, 2005-06: value 14, now 95" in told


def test_two_releases_are_compared(correction):
    told = said("compare_releases", "1", "2")

    assert told.startswith("Release 2 differs from release 1")
    assert said("compare_releases", "1", "1") == "Release 1 holds the same figures as release 1.\n"


def test_a_release_is_withdrawn(release, publisher):
    said("publish_release", "1", *BY)

    assert said("withdraw_release", "1", *BY, "--reason", "A slip") == "Release 1 is withdrawn.\n"
    assert refused("withdraw_release", "1", *BY, "--reason", "A slip") == (
        "Release 1 isn't published, so there is nothing to withdraw."
    )


def test_early_sight_is_listed(release, publisher):
    sight = ("--name", "A Minister", "--office", "Ministry of Justice")

    assert said("give_early_sight", "1", *BY, *sight) == (
        "A Minister, Ministry of Justice is listed for release 1.\n"
    )
    assert refused("give_early_sight", "1", *BY, *sight) == "A Minister is listed already."
    assert EarlySight.objects.count() == 1
