"""What pages say of a release that was corrected, of one that is to come, and of early sight."""

import datetime

import pytest
from django.utils import timezone

from performance.models import Release, ReleaseState
from tests.factories import make_early_sight, make_person, make_release
from tests.performance.pages.reading import read
from trusts.models import Role

CHANGES = ["Release 2 differs from release 1: 1 figure.", "binary-rate, kent, 2011: value 14, now <15>"]


def main(client, address: str) -> str:
    return read(client.get(address).content.decode()).one("main").text


@pytest.fixture
def correction(release_one) -> Release:
    return make_release(
        series=release_one.series,
        number=2,
        title="Public record, release 2",
        state=ReleaseState.PUBLISHED,
        published_at=timezone.now(),
        published_by=make_person(role=Role.NOMS_PUBLISHER),
        corrects=release_one,
        correction_reason="A figure of Kent was misread.",
        changes=CHANGES,
    )


def test_a_correction_says_what_it_corrects_why_and_what_differs(client, correction):
    text = main(client, "/releases/2/")

    assert "Public record, release 1" in text
    assert "A figure of Kent was misread." in text
    assert all(line in text for line in CHANGES)


@pytest.mark.parametrize("address", ["/releases/1/", "/releases/1/summary/", "/releases/1/trusts/"])
def test_every_page_of_a_corrected_release_leads_to_the_correction(client, correction, address):
    response = client.get(address)

    assert "This release was corrected by release 2." in read(response.content.decode()).one("body").text
    assert 'href="/releases/2/"' in response.content.decode()
    assert response["Cache-Control"] == "public, no-cache"


def test_a_copy_from_before_the_correction_is_stale(client, release_one):
    before = client.get("/releases/1/summary/")["ETag"]

    make_release(
        series=release_one.series,
        number=2,
        state=ReleaseState.PUBLISHED,
        published_at=timezone.now(),
        published_by=make_person(role=Role.NOMS_PUBLISHER),
        corrects=release_one,
        correction_reason="A slip.",
    )

    assert client.get("/releases/1/summary/", headers={"If-None-Match": before}).status_code == 200


def test_a_correction_that_is_still_a_draft_is_nobodys_business(client, release_one):
    make_release(series=release_one.series, number=2, corrects=release_one, correction_reason="A slip.")

    assert "corrected" not in main(client, "/releases/1/").lower()


def test_what_is_to_come_is_announced_with_its_hour(client, release_one):
    make_release(
        series=release_one.series,
        number=2,
        title="Public record, release 2",
        scheduled_at=timezone.now(),
        scheduled_by=make_person(role=Role.NOMS_PUBLISHER),
        goes_public=timezone.make_aware(datetime.datetime(2030, 7, 25, 9, 30)),
    )

    assert "Next: Public record, release 2, on 25 July 2030, 9:30." in main(client, "/releases/")
    assert client.get("/releases/2/").status_code == 404


def test_nobody_with_early_sight_is_said_too(client, release_one):
    assert "Nobody is listed as having seen it before publication." in main(client, "/releases/1/")


def test_who_had_early_sight_is_listed(client, release_one):
    since = timezone.make_aware(datetime.datetime(2030, 7, 24, 9, 30))
    draft = make_release(series=release_one.series, number=2)
    make_early_sight(release=draft, name="A Minister", office="Ministry of Justice", since=since)
    Release.objects.filter(pk=draft.pk).update(
        state=ReleaseState.PUBLISHED,
        published_at=timezone.now(),
        published_by=make_person(role=Role.NOMS_PUBLISHER),
    )

    assert "A Minister, Ministry of Justice, from 24 July 2030, 9:30" in main(client, "/releases/2/")
