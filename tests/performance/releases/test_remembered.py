"""A release that was read before is asked only whether it changed, and every change is noticed."""

import datetime

import pytest
from django.utils import timezone

from performance.models import Release, Series
from performance.releases.actions import schedule_release, withdraw_release
from performance.releases.remembered import remembered_release, version_of_lists
from tests import factories

SLUG = "public-record"


@pytest.mark.parametrize("number", [None, 1])
def test_it_is_the_same_again_by_one_short_query(release_one, django_assert_num_queries, number):
    first = remembered_release(SLUG, number)
    with django_assert_num_queries(1) as asked:
        again = remembered_release(SLUG, number)

    assert first == again == release_one
    assert "framework_mixes" not in asked.captured_queries[0]["sql"]
    assert (again.series, again.corrected_by, again.framework_mixes) == (
        release_one.series,
        None,
        release_one.framework_mixes,
    )


@pytest.mark.parametrize("number", [None, 1])
def test_a_changed_series_is_noticed(release_one, number):
    remembered_release(SLUG, number)
    Series.objects.filter(slug=SLUG).update(title="Another title")

    assert remembered_release(SLUG, number).series.title == "Another title"


def test_a_withdrawn_release_is_no_longer_the_current_one_and_says_so_under_its_number(
    release_one, publisher
):
    assert remembered_release(SLUG, None) == remembered_release(SLUG, 1) == release_one
    withdraw_release(release=release_one, by=publisher, reason="A slip.")

    assert remembered_release(SLUG, None) is None
    assert remembered_release(SLUG, 1).withdrawal_reason == "A slip."


def test_what_is_not_there_is_not_remembered(release_one):
    assert remembered_release(SLUG, 2) is None
    assert remembered_release("nowhere", None) is None
    assert Release.objects.count() == 1


def test_lists_have_their_version_by_one_query_of_what_they_tell(release_one, django_assert_num_queries):
    version = version_of_lists(SLUG)
    with django_assert_num_queries(1) as asked:
        again = version_of_lists(SLUG)

    assert again == version == version_of_lists()
    assert "framework_mixes" not in asked.captured_queries[0]["sql"]


@pytest.mark.parametrize("series", [None, SLUG])
def test_lists_have_another_version_when_anything_that_they_tell_changes(release_one, publisher, series):
    found = [version_of_lists(series)]
    Series.objects.filter(slug=SLUG).update(title="Another title")
    found.append(version_of_lists(series))
    draft = factories.make_release(series=release_one.series, number=2)
    found.append(version_of_lists(series))
    tomorrow = timezone.localdate() + datetime.timedelta(days=1)
    schedule_release(release=draft, by=publisher, day=tomorrow, hour=datetime.time(9, 30))
    found.append(version_of_lists(series))
    withdraw_release(release=release_one, by=publisher, reason="A slip.")
    found.append(version_of_lists(series))

    assert len(set(found)) == len(found)


def test_lists_of_a_series_do_not_depend_on_another(release_one):
    version = version_of_lists(SLUG)
    factories.make_release()

    assert version_of_lists(SLUG) == version


def test_where_nothing_was_published_lists_have_no_version(release_one):
    draft = factories.make_release()

    assert version_of_lists(draft.series.slug) is None
    assert version_of_lists("nowhere") is None
