"""The database itself keeps what is published: tested below the actions, on each database."""

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction

from performance.models import IndicatorResult, Release, ReleaseState
from performance.releases.actions import publish_release

REFUSED = "What is published never changes"


@pytest.fixture
def published(release, publisher) -> Release:
    return publish_release(release=release, by=publisher)


def execute(sql: str, *values: object) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)


def refused(sql: str, *values: object) -> bool:
    with pytest.raises(IntegrityError, match=REFUSED):
        execute(sql, *values)
    return True


CHANGES = (
    "UPDATE performance_indicatorresult SET value = 99 WHERE release_id = %s",
    "UPDATE performance_indicatorresult SET value = NULL WHERE release_id = %s",
    "DELETE FROM performance_indicatorresult WHERE release_id = %s",
    "DELETE FROM performance_release_published_tables WHERE release_id = %s",
    "UPDATE performance_release SET digest = 'x' WHERE id = %s",
    "UPDATE performance_release SET figures_as_at = '2001-01-01' WHERE id = %s",
    "UPDATE performance_release SET number = 99 WHERE id = %s",
    "UPDATE performance_release SET state = 'draft', published_at = NULL WHERE id = %s",
    "DELETE FROM performance_release WHERE id = %s",
)


@pytest.mark.parametrize("sql", CHANGES)
def test_what_is_published_is_not_changed(published, sql):
    assert refused(sql, published.pk)


@pytest.mark.parametrize("sql", [sql for sql in CHANGES if "performance_indicatorresult SET" in sql])
def test_a_draft_may_be(release, sql):
    execute(sql, release.pk)


def test_nothing_is_added_to_what_is_published(published):
    row = published.indicator_results.first()
    row.pk = None
    with pytest.raises(IntegrityError, match=REFUSED), transaction.atomic():
        row.save(force_insert=True)


def test_no_row_moves_into_what_is_published(published, analyst):
    draft = Release.objects.create(
        series=published.series,
        number=99,
        title="A draft",
        figures_as_at=published.figures_as_at,
        built_at=published.built_at,
        built_by=analyst,
    )
    row = published.indicator_results.first()
    row.pk, row.release = None, draft
    row.save(force_insert=True)

    assert refused(
        "UPDATE performance_indicatorresult SET release_id = %s WHERE id = %s", published.pk, row.pk
    )


def test_a_published_release_may_be_withdrawn_and_stays_as_it_is(published, publisher):
    withdrawal = (
        "UPDATE performance_release SET state = 'withdrawn', withdrawn_at = published_at,"
        " withdrawn_by_id = published_by_id, withdrawal_reason = 'A wrong source' WHERE id = %s"
    )
    execute(withdrawal, published.pk)

    published.refresh_from_db()
    assert published.state == ReleaseState.WITHDRAWN
    assert refused("UPDATE performance_indicatorresult SET value = 1 WHERE release_id = %s", published.pk)
    assert refused("UPDATE performance_release SET state = 'published' WHERE id = %s", published.pk)


def test_a_draft_and_its_rows_may_go(release):
    rows = IndicatorResult.objects.filter(release=release)
    assert rows.exists()

    release.delete()

    assert not rows.exists()


def test_the_triggers_are_made_anew_by_migrate_without_a_complaint(published):
    call_command("migrate", verbosity=0)

    assert refused("UPDATE performance_indicatorresult SET value = 1 WHERE release_id = %s", published.pk)
