import datetime

import pytest
from django.utils import timezone

from performance.calculation.build import release_of_current_figures
from performance.calculation.code_version import code_version
from performance.calculation.inputs import current_inputs
from performance.models import (
    CalculatedPart,
    Event,
    FrameworkMeasure,
    IndicatorResult,
    Measure,
    Observation,
    PublishedTable,
    Release,
)
from performance.published.rows import READ_ON
from tests import factories
from tests.performance.building import build_release, run_job

# The regions and years that could be added up from what the record has.
ADDED_UP = 23


def new_version(table: PublishedTable) -> PublishedTable:
    """The next version of a table, with one figure in it."""
    return factories.make_observation(
        published_table=factories.make_published_table(
            series=table.series, name=table.name, version=table.version + 1, supersedes=table
        )
    ).published_table


def test_a_build_gives_a_draft_with_a_result_for_every_figure(public_record, analyst):
    job = run_job(public_record, analyst)

    release = job.release
    assert (release.number, release.state, release.built_by) == (1, "draft", analyst)
    of_figures = release.indicator_results.filter(observation__isnull=False)
    assert of_figures.count() == Observation.objects.count() == 644
    assert release.indicator_results.filter(observation__isnull=True).count() == ADDED_UP
    assert set(release.published_tables.all()) == set(PublishedTable.objects.current())
    assert release.figures_as_at == READ_ON
    assert release.code_version == code_version()
    assert job.outcome == f"Release 1 is built, digest {release.digest}."


def test_building_twice_gives_one_release_and_the_same_digest(public_record, analyst, publisher):
    first = build_release(public_record, analyst)
    second = run_job(public_record, publisher)

    assert second.release == first
    assert Release.objects.count() == 1
    assert second.outcome == (
        f"Nothing has changed: release 1 already holds these results, digest {first.digest}."
    )


def test_a_build_leaves_one_event(public_record, analyst):
    release = build_release(public_record, analyst)
    build_release(public_record, analyst)

    event = Event.objects.get()
    assert (event.actor, event.verb, event.subject) == (analyst, "built", "Public record, release 1")
    assert event.detail["digest"] == release.digest


def test_a_new_table_gives_a_second_release_and_leaves_the_first(public_record, analyst):
    first = build_release(public_record, analyst)
    table = PublishedTable.objects.get(name="hertfordshire_2005_06")
    latest = new_version(table)

    second = build_release(public_record, analyst)

    assert second.number == 2
    assert second.indicator_results.filter(observation__isnull=False).count() == 644 - 7 + 1
    assert latest in second.published_tables.all()
    assert table not in second.published_tables.all()
    assert table in first.published_tables.all()
    assert first.indicator_results.filter(observation__isnull=False).count() == 644


def test_going_back_to_what_a_withdrawn_release_held_gives_a_new_one(public_record, analyst, publisher):
    first = build_release(public_record, analyst)
    now = timezone.now()
    Release.objects.filter(pk=first.pk).update(
        state="withdrawn",
        published_at=now,
        published_by=publisher,
        withdrawn_at=now,
        withdrawn_by=publisher,
        withdrawal_reason="A wrong table.",
    )

    second = build_release(public_record, analyst)

    assert (second.number, second.digest) == (2, first.digest)


def test_two_series_number_their_releases_apart(public_record, analyst):
    build_release(public_record, analyst)
    other = factories.make_series()
    factories.make_observation(published_table=factories.make_published_table(series=other))

    release = build_release(other, analyst)

    assert (release.number, release.indicator_results.count()) == (1, 1)


def test_a_build_after_one_new_version_works_out_only_the_year_that_changed(public_record, analyst):
    build_release(public_record, analyst)
    before = set(CalculatedPart.objects.values_list("key", flat=True))

    table = PublishedTable.objects.get(name="hertfordshire_2005_06")
    figure = table.observations.get(measure__code="oasys-high-risk-5-days")
    version = factories.make_published_table(
        series=public_record, name=table.name, version=2, supersedes=table
    )
    Observation.objects.filter(pk=figure.pk).update(published_table=version, value=95)
    release = build_release(public_record, analyst)

    new = CalculatedPart.objects.exclude(key__in=before)
    assert list(new.values_list("name", flat=True)) == ["2005-06"]
    assert release.number == 2


def test_a_part_that_was_lost_is_worked_out_again_to_the_same_digest(public_record, analyst):
    release = build_release(public_record, analyst)
    CalculatedPart.objects.filter(name="2009-10").delete()

    assert build_release(public_record, analyst) == release
    assert CalculatedPart.objects.filter(name="2009-10").count() == 1


def test_parts_of_a_month_ago_are_forgotten(public_record, analyst):
    build_release(public_record, analyst)
    old = timezone.now() - datetime.timedelta(days=31)
    CalculatedPart.objects.filter(name="2009-10").update(calculated=old)

    build_release(public_record, analyst)

    assert not CalculatedPart.objects.filter(name="2009-10").exists()


def test_a_result_points_to_its_figure_and_keeps_what_follows_from_it(public_record, analyst):
    build_release(public_record, analyst)

    result = IndicatorResult.objects.get(
        organisation__slug="avon-and-somerset-area", measure__code="accommodation-at-termination"
    )

    assert (result.numerator, result.denominator) == (479, 692)
    assert result.value == pytest.approx(69.2196532)
    assert (result.target, result.target_status, result.flag) == (71, "missed", "low-99.8")
    assert result.observation.value == 69
    assert result.observation.organisation_id == result.organisation_id


def test_a_figure_that_is_missing_is_stored_as_missing(public_record, analyst):
    build_release(public_record, analyst)

    missing = IndicatorResult.objects.filter(status="missing")

    assert missing.exists()
    for result in missing:
        assert (result.value, result.lower, result.attainment, result.flag) == (
            None,
            None,
            None,
            "not-compared",
        )


def test_figures_come_in_sorted_with_their_targets_and_nothing_else_of_other_tables(public_record):
    table = PublishedTable.objects.get(name="hertfordshire_2005_06")
    new_version(table)

    figures = current_inputs(public_record.pk).frame

    keys = list(zip(figures["measure"], figures["organisation"], figures["period_start"], strict=True))
    assert keys == sorted(keys)
    assert "hertfordshire-area" in set(figures["organisation"])
    assert not (figures["measure"] == "scorecard-position").any()
    accommodation = figures[figures["measure"] == "accommodation-at-termination"]
    assert accommodation["target"].notna().sum() == 43


def test_the_day_of_the_figures_is_that_on_which_the_newest_table_was_read(public_record, analyst):
    PublishedTable.objects.update(read_on=datetime.date(2020, 6, 30))
    PublishedTable.objects.filter(name="pbr_national").update(read_on=datetime.date(2020, 7, 1))

    assert build_release(public_record, analyst).figures_as_at == datetime.date(2020, 7, 1)


def test_a_release_of_the_current_figures_is_known_without_building(public_record, analyst):
    assert release_of_current_figures(public_record) is None
    release = build_release(public_record, analyst)
    assert release_of_current_figures(public_record) == release


def test_a_changed_definition_or_a_new_figure_ends_that(public_record, analyst):
    release = build_release(public_record, analyst)
    entry = FrameworkMeasure.objects.first()
    FrameworkMeasure.objects.filter(pk=entry.pk).update(weight=2)
    assert release_of_current_figures(public_record) is None
    FrameworkMeasure.objects.filter(pk=entry.pk).update(weight=entry.weight)
    assert release_of_current_figures(public_record) == release
    Measure.objects.filter(code="sickness-absence-days").update(polarity="none")
    assert release_of_current_figures(public_record) is None
    Measure.objects.filter(code="sickness-absence-days").update(polarity="lower")
    factories.make_observation(published_table=factories.make_published_table(series=public_record))
    assert release_of_current_figures(public_record) is None


def test_the_code_version_is_short_and_stays():
    assert len(code_version()) == 16
    assert code_version() == code_version()
