"""The shipped figures, against what their sources print."""

import datetime
from collections import defaultdict
from urllib.parse import urlsplit

import pytest
from django.db.models import Sum

from performance.models import Observation, PublishedTable, Target
from performance.published.loader import load_published

YEAR_2005 = ("2005-04-01", "2006-03-31")
YEAR_2009 = ("2009-04-01", "2010-03-31")


def figures(measure: str, start: str, end: str, **where):
    return Observation.objects.filter(
        measure__code=measure, period_start=start, period_end=end, **where
    ).select_related("organisation")


def figure(organisation: str, measure: str, start: str, end: str) -> Observation:
    return figures(measure, start, end, organisation__slug=organisation).get()


def target(organisation: str, measure: str, start: str, end: str) -> float:
    return Target.objects.get(
        organisation__slug=organisation,
        framework_measure__measure__code=measure,
        period_start=start,
        period_end=end,
    ).value


def summed(queryset, column: str = "value") -> float:
    return queryset.aggregate(sum=Sum(column))["sum"]


def test_every_shipped_table_is_loaded_and_loading_again_changes_nothing(public_record):
    assert PublishedTable.objects.count() == 18
    assert Observation.objects.count() == 644

    loaded = load_published()

    assert (loaded.figures, loaded.unchanged) == (0, 18)


def test_every_figure_has_an_address_as_its_source(public_record):
    for source in Observation.objects.values_list("source", flat=True).distinct():
        assert all(urlsplit(address).scheme in ("http", "https") for address in source.split())


def test_a_figure_that_is_worked_out_says_how(public_record):
    assert not Observation.objects.filter(certainty="derived", note="").exists()


ACCOMMODATION = ("accommodation-at-termination", "2009-04-01", "2009-07-31")


def test_the_42_accommodation_rows_add_to_24110_of_30997(public_record):
    areas = figures(*ACCOMMODATION, organisation__kind="area")

    assert areas.count() == 42
    assert (summed(areas, "numerator"), summed(areas, "denominator")) == (24110, 30997)
    national = figure("england-and-wales", *ACCOMMODATION)
    assert (national.numerator, national.denominator, national.value) == (24110, 30997, 78)


def test_every_printed_percentage_recomputes_from_its_counts(public_record):
    printed = Observation.objects.filter(unit="share", numerator__isnull=False)

    assert printed.count() >= 43
    for row in printed:
        assert abs(row.value - 100 * row.numerator / row.denominator) <= 0.5, row


def test_every_printed_percentage_of_accommodation_is_the_rounded_one(public_record):
    for row in figures(*ACCOMMODATION):
        assert row.value == int(100 * row.numerator / row.denominator + 0.5), row


def test_every_area_has_its_own_accommodation_target(public_record):
    targets = Target.objects.filter(framework_measure__measure__code=ACCOMMODATION[0])

    assert targets.count() == 43
    assert len({target.value for target in targets}) > 5


def test_every_printed_percentage_of_a_target_recomputes_where_the_target_is_printed(public_record):
    rows = Observation.objects.filter(percent_of_target__isnull=False, value__isnull=False)
    recomputed = 0
    for row in rows.select_related("organisation", "measure"):
        targets = Target.objects.filter(
            organisation=row.organisation,
            framework_measure__measure=row.measure,
            period_start=row.period_start,
            period_end=row.period_end,
        )
        for printed in targets:
            assert abs(100 * row.value / printed.value - row.percent_of_target) <= 0.5, row
            recomputed += 1
    assert recomputed >= 9


def test_the_area_budgets_of_2003_04_add_to_574017_thousand(public_record):
    budgets = "main-service-budget", "2003-04-01", "2004-03-31"

    assert summed(figures(*budgets, organisation__kind="area")) == 574_017_000
    assert figures(*budgets, organisation__kind="area").count() == 42
    assert figure("england-and-wales", *budgets).value == 574_017_000


@pytest.mark.parametrize(
    ("region", "printed", "areas_add_to"),
    [
        ("south-west-region", 65_132, 65_131),
        ("east-of-england-region", 71_746, 71_746),
        ("north-west-region", 130_982, 130_982),
        ("east-midlands-region", 66_942, 66_943),
        ("north-east-region", 52_817, 52_816),
    ],
)
def test_the_budgets_of_2009_10_add_to_their_region_but_for_rounding(
    public_record, region, printed, areas_add_to
):
    total = figure(region, "planned-budget", *YEAR_2009)
    areas = figures("planned-budget", *YEAR_2009, organisation__region__slug=region)

    assert total.value == printed * 1000
    assert summed(areas) == areas_add_to * 1000
    assert (f"add to {areas_add_to:,}" in total.note) == (printed != areas_add_to)


@pytest.mark.parametrize(
    ("start", "end", "printed"),
    [
        ("2005-04-01", "2006-03-31", 1023),
        ("2006-04-01", "2007-03-31", 1187),
        ("2007-04-01", "2008-03-31", 1049),
        ("2008-04-01", "2009-03-31", 1129),
    ],
)
def test_the_programme_completions_of_the_welsh_areas_add_to_the_printed_total(
    public_record, start, end, printed
):
    areas = figures("obp-completions", start, end, organisation__region__slug="wales-region")

    assert areas.count() == 4
    assert summed(areas) == figure("wales-region", "obp-completions", start, end).value == printed


def test_the_staff_of_all_grades_add_to_the_printed_total_but_for_two_hundredths(public_record):
    day = ("2007-12-31", "2007-12-31")
    grades = Observation.objects.filter(measure__code__startswith="staff-", period_end=day[1])
    grades = grades.filter(period_start=day[0]).exclude(measure__code="staff-in-post")
    total = figure("england-and-wales", "staff-in-post", *day)

    assert grades.count() == 16
    assert summed(grades) == pytest.approx(20894.36)
    assert (total.value, total.as_printed) == (20894.34, "20,894.34")
    assert "20,894.36" in total.note


def test_the_unpaid_work_hours_of_twelve_regions_add_to_the_printed_total_but_for_one(public_record):
    day = ("2023-11-27", "2023-11-27")
    regions = figures("unpaid-work-hours-outstanding", *day, organisation__kind="probation-region")
    total = figure("england-and-wales", "unpaid-work-hours-outstanding", *day)

    assert regions.count() == 12
    assert (summed(regions), total.value) == (3_978_851, 3_978_852)
    assert "3,978,851" in total.note


@pytest.mark.parametrize(
    ("organisation", "measure", "start", "end", "printed", "value"),
    [
        ("avon-and-somerset-area", "planned-budget", *YEAR_2009, "20.221 (£000)", 20_221_000),
        ("devon-and-cornwall-area", "planned-budget", *YEAR_2009, "20.236 (£000)", 20_236_000),
        ("east-of-england-region", "planned-budget", *YEAR_2009, "Eastern: 71,746 (£000)", 71_746_000),
        (
            "teesside-area",
            "main-service-budget",
            "2003-04-01",
            "2004-03-31",
            "Teeside: 8,420 (£000)",
            8_420_000,
        ),
        (
            "london-area",
            "main-service-budget",
            "2003-04-01",
            "2004-03-31",
            "Greater London: 96,690 (£000)",
            96_690_000,
        ),
    ],
)
def test_a_misprint_stays_visible_beside_the_corrected_value(
    public_record, organisation, measure, start, end, printed, value
):
    row = figure(organisation, measure, start, end)

    assert (row.as_printed, row.value) == (printed, value)
    assert "rinted as" in row.note


def test_hertfordshire_did_14_per_cent_of_high_risk_assessments_on_time_against_90(public_record):
    measure = "oasys-high-risk-5-days"

    assert figure("hertfordshire-area", measure, *YEAR_2005).value == 14
    assert target("hertfordshire-area", measure, *YEAR_2005) == 90
    assert figure("england-and-wales", measure, *YEAR_2005).value == 81


def test_avon_and_somerset_had_479_of_692_in_accommodation_against_71_per_cent(public_record):
    row = figure("avon-and-somerset-area", *ACCOMMODATION)

    assert (row.numerator, row.denominator, row.value) == (479, 692, 69)
    assert target("avon-and-somerset-area", *ACCOMMODATION) == 71


def test_the_national_probation_service_was_always_on_time_with_the_first_service_level(public_record):
    rows = Observation.objects.filter(measure__code="nps-sl001").order_by("period_start")

    assert [row.value for row in rows] == [100] * 8
    assert {row.organisation.slug for row in rows} == {"national-probation-service"}
    assert rows[0].period_start == datetime.date(2017, 4, 1)


def test_the_reoffending_of_the_cohort_of_2015_follows_from_that_of_2019(public_record):
    before = figure("national-probation-service", "binary-rate", "2015-10-01", "2015-12-31")
    after = figure("national-probation-service", "binary-rate", "2019-10-01", "2019-12-31")

    assert before.value == pytest.approx(after.value + 3.3)
    assert (before.certainty, after.certainty) == ("derived", "verbatim")


def test_offenders_per_offender_manager_are_there_for_42_areas_and_the_nation_in_four_years(public_record):
    kinds = defaultdict(int)
    for row in Observation.objects.filter(measure__code="offenders-per-offender-manager"):
        kinds[row.period_end.year, row.organisation.kind] += 1

    assert kinds == {
        (year, kind): n for year in range(2004, 2008) for kind, n in (("area", 42), ("nation", 1))
    }


def test_a_figure_that_the_source_leaves_out_is_missing_and_says_why(public_record):
    missing = Observation.objects.filter(status="missing")

    assert missing.filter(organisation__slug="avon-and-somerset-area").count() == 4
    assert not missing.filter(note="").exists()
    assert not missing.filter(value__isnull=False).exists()


def test_no_figure_lies_after_the_organisation_closed(public_record):
    for row in Observation.objects.select_related("organisation"):
        assert row.organisation.closed is None or row.period_start <= row.organisation.closed
