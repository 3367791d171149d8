from pathlib import Path

import pytest

from performance.models import IndicatorResult, PublishedTable, Release
from performance.published.rows import DATA
from tests.factories import make_person
from tests.performance.commands import refused, said
from trusts.models import Role


def test_loading_again_says_that_nothing_changed(public_record):
    assert said("load_published") == "0 figures from 18 tables (18 unchanged)\n"


def test_the_shipped_files_are_sound():
    assert "9 frameworks and 18 published tables are sound." in said("check_definitions")


def test_a_bad_table_is_refused_in_words(public_record, tmp_path: Path):
    name = "hertfordshire_2005_06.csv"
    text = (DATA / name).read_text(encoding="utf-8")
    (tmp_path / name).write_text(
        text.replace("hertfordshire-area,scorecard", "camelot,scorecard"), encoding="utf-8"
    )

    assert refused("load_published", "--directory", str(tmp_path)) == (
        f"This table was not loaded.\n{name}, row 8, organisation: found 'camelot'; "
        "expected the slug of an organisation."
    )
    assert PublishedTable.objects.filter(name="hertfordshire_2005_06").count() == 1


def test_a_release_that_holds_is_verified(release):
    assert said("verify_release", "1") == (
        "Release 1 is verified: worked out again from the same figures, "
        f"it gives the same digest, {release.digest}.\n"
    )


def test_a_release_that_was_tampered_with_is_refused(release):
    IndicatorResult.objects.filter(value=14).update(value=94)

    assert refused("verify_release", "1") == (
        "Release 1 is not verified. The stored results are not those that were released."
    )


@pytest.mark.parametrize("command", [("verify_release", "2"), ("publish_release", "2", "--by", "publisher")])
def test_a_release_that_is_not_there_is_refused(release, publisher, command):
    assert refused(*command) == "The series 'public-record' has no release 2."


def test_a_release_of_another_series_is_refused(release):
    assert refused("verify_release", "1", "--series", "league") == "The series 'league' has no release 1."


def test_a_release_is_published(release, publisher):
    assert said("publish_release", "1", "--by", "publisher") == "Release 1 is published.\n"
    assert Release.objects.get().published_by == publisher


def test_publishing_twice_is_refused(release, publisher):
    make_person(username="another", role=Role.NOMS_PUBLISHER)
    said("publish_release", "1", "--by", "publisher")

    assert refused("publish_release", "1", "--by", "another") == "Release 1 is published already."


def test_publishing_by_one_who_may_not_is_refused(release):
    assert (
        refused("publish_release", "1", "--by", "analyst") == "Only a NOMS publisher may publish a release."
    )


def test_publishing_by_nobody_we_know_is_refused(release):
    assert (
        refused("publish_release", "1", "--by", "nobody") == "There is no person with the username 'nobody'."
    )


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (("--by", "nobody"), "There is no person with the username 'nobody'."),
        (
            ("--by", "analyst", "--series", "league"),
            "There is no series 'league'. Load one first, for example with load_published.",
        ),
    ],
)
def test_a_build_that_cannot_be_asked_for_is_refused(release, options, message):
    assert refused("build_release", *options) == message
