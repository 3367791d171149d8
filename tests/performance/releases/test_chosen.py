"""Comparisons of one release against the rows that they are made from."""

import datetime
import random

import pytest

from performance.calculation.sum_notes import GIVES_AWAY
from performance.models import IndicatorResult, Measure
from performance.periods import Period
from performance.releases.choices import Choice, OwnGroup
from performance.releases.chosen import chosen_in, years_of
from performance.releases.chosen_findings import finding
from performance.releases.chosen_rows import NO_FIGURE, NOT_ADDED_UP, NOT_STANDING
from performance.releases.chosen_sides import sides_of
from performance.releases.offer import offer_of
from performance.releases.results import results_of_measures
from performance.vocabulary import Status, Structure
from tests.factories import make_release
from tests.oracles.own_groups import together
from trusts.models import Organisation

REPORTS, REOFFENDING = "court-reports-on-time", "local-adult-reoffending"
COMPLETIONS, WORKLOAD = "unpaid-work-completions", "offenders-per-offender-manager"
NORTH = OwnGroup("North", ("durham-tees-valley", "northumbria"))
NATION = "england-and-wales"
YEAR = Period(datetime.date(2012, 4, 1), datetime.date(2013, 3, 31))


@pytest.fixture
def offer(simulated_one):
    return offer_of(simulated_one)


def choice(**given):
    return Choice(**{"organisations": ("london",), "measures": (REPORTS,), "years": ("2012-13",)} | given)


def chosen(offer, **given):
    made = choice(**given)
    years = years_of(offer, made)
    return chosen_in(offer, made, years, sides_of(offer, made, years))


def cells(found):
    return [(row.organisation, row.measure, str(row.period), row.written) for row in found.rows]


def stored(release, slugs, measure, first=2012):
    return {
        row.organisation.slug: row
        for row in IndicatorResult.objects.select_related("organisation").filter(
            release=release,
            organisation__slug__in=slugs,
            measure__code=measure,
            period_start=datetime.date(first, 4, 1),
            period_end=datetime.date(first + 1, 3, 31),
        )
    }


def said(found):
    return finding(found).text


def as_a_part(row, unit):
    names = ("status", "numerator", "denominator", "value")
    return row and {"unit": unit} | {name: getattr(row, name) for name in names}


def test_a_figure_is_the_one_that_the_pages_of_its_measure_and_its_organisation_show(offer, simulated_one):
    found = chosen(offer, organisations=("london", "wales", NATION), measures=(REPORTS, WORKLOAD))
    shown = [
        row for row in results_of_measures(simulated_one, [REPORTS, WORKLOAD]) if str(row.period) == "2012-13"
    ]

    assert {row for row in found.rows if row.value is not None} == {
        row for row in shown if row.organisation in ("london", "wales", NATION)
    }


@pytest.mark.parametrize("measure", [REPORTS, REOFFENDING, COMPLETIONS])
@pytest.mark.parametrize("seed", range(4))
def test_a_group_has_the_sums_of_its_members(offer, simulated_one, measure, seed):
    trusts = list(Organisation.objects.filter(kind="trust").order_by("slug").values_list("slug", flat=True))
    members = tuple(sorted(random.Random(seed).sample(trusts, 3 + 4 * seed)))  # noqa: S311 - no secret
    found = chosen(offer, organisations=(), groups=(OwnGroup("Some", members),), measures=(measure,))
    own = stored(simulated_one, members, measure)
    unit = Measure.objects.get(code=measure).unit
    expected = together([as_a_part(own.get(slug), unit) for slug in members])

    (row,) = found.rows
    assert {name: getattr(row, name) for name in expected} == pytest.approx(expected, abs=1e-9)
    assert row.note == f"Added up from {len(members)} trusts."


def test_a_group_of_all_trusts_is_the_nation(offer):
    trusts = tuple(sorted(one.slug for one in offer.with_figures if one.kind == "trust"))
    found = chosen(offer, organisations=(NATION,), groups=(OwnGroup("All", trusts),), measures=(REPORTS,))
    group, nation = sorted(found.rows, key=lambda row: row.organisation_name)

    for name in ("numerator", "denominator", "value"):
        assert getattr(group, name) == getattr(nation, name)


def test_a_rate_is_not_added_up(offer):
    (row,) = chosen(offer, organisations=(), groups=(NORTH,), measures=(WORKLOAD,)).rows

    assert (row.written, row.value) == (NOT_ADDED_UP, None)
    assert row.note == "Only shares with their counts, and numbers of cases, can be added up."


def test_a_group_has_no_target_and_is_compared_with_nobody(offer):
    (row,) = chosen(offer, organisations=(), groups=(NORTH,)).rows

    assert (row.target, row.written_target, row.baseline) == (None, "", None)
    assert row.lower < row.value < row.upper


def test_each_member_of_a_region_of_a_peer_group_and_of_the_nation_stands_for_itself(offer, simulated_one):
    regions = Organisation.objects.filter(region__slug="north-west-region", kind="trust")

    assert {
        row.organisation for row in chosen(offer, organisations=(), each=("north-west-region",)).rows
    } == {one.slug for one in regions}
    assert len(chosen(offer, organisations=(), each=(NATION,)).rows) == 35
    peers = chosen(offer, organisations=(), each=("peers-large",)).rows
    rest = chosen(offer, organisations=(), each=("peers-middle", "peers-small")).rows
    cohorts = stored(simulated_one, [row.organisation for row in (*peers, *rest)], REOFFENDING)
    size = {slug: row.denominator for slug, row in cohorts.items()}
    assert min(size[row.organisation] for row in peers) > max(size[row.organisation] for row in rest)
    assert len({row.organisation for row in (*peers, *rest)}) == 35


def test_who_is_chosen_twice_stands_once(offer):
    found = chosen(offer, organisations=("cheshire",), each=("north-west-region",))

    assert [row.organisation for row in found.rows].count("cheshire") == 1


def test_no_year_is_the_latest_in_which_one_of_them_has_a_figure(offer):
    assert [str(year) for year in chosen(offer, years=()).years] == ["2012-13"]


def test_months_stand_in_place_of_the_year(offer):
    found = chosen(offer, by_month=True)

    assert [str(row.period) for row in found.rows][:2] == ["April 2012", "May 2012"]
    assert len(found.rows) == 12


def test_a_measure_that_none_of_them_has_is_told_apart(offer):
    found = chosen(offer, measures=(REPORTS, "binary-rate"))

    assert [measure.code for measure in found.without] == ["binary-rate"]
    assert {row.measure for row in found.rows} == {REPORTS}


def test_a_census_day_of_a_few_makes_no_gap_in_the_rows_of_others(public_record_offer):
    found = chosen(
        public_record_offer,
        organisations=(),
        each=(NATION,),
        measures=("accommodation-at-termination",),
        years=("2009-10",),
    )

    assert len({row.organisation for row in found.rows}) >= 42
    assert NO_FIGURE not in {row.written for row in found.rows}


@pytest.fixture
def public_record_offer(release_one):
    return offer_of(release_one)


def test_of_two_shares_the_difference_is_told_with_its_interval(offer):
    text = said(chosen(offer, organisations=("london", "wales")))

    assert " points apart (95% interval " in text
    assert "London Probation Trust had" in text or ", London Probation Trust " in text
    assert " of " in text


def test_of_two_years_the_change_is_told(offer):
    text = said(chosen(offer, years=("2010-11", "2012-13")))

    assert text.startswith("London Probation Trust went from ")
    assert " in 2010-11 to " in text


def test_nobody_is_set_against_a_whole_that_it_is_part_of(offer):
    assert said(chosen(offer, organisations=("london", NATION))) == ""
    overlapping = (NORTH, OwnGroup("Also North", ("cumbria", "northumbria")))
    assert said(chosen(offer, organisations=(), groups=overlapping)) == ""
    apart = (NORTH, OwnGroup("West", ("cumbria", "lancashire")))
    assert " points apart " in said(chosen(offer, organisations=(), groups=apart))


def test_of_two_measures_it_is_told_whether_they_go_together(offer):
    text = said(chosen(offer, organisations=(), each=(NATION,), measures=(REPORTS, REOFFENDING)))

    assert text.startswith("Over 35 trusts the rank correlation of ")
    assert "(95% interval " in text


def test_of_many_it_is_told_who_differs_from_all_and_how_many_would_by_chance(offer):
    text = said(chosen(offer, organisations=(), each=(NATION,)))

    assert text == (
        "Of 35 compared with all of their kind together, none lies higher and none lies lower by more than "
        "chance alone would often give; about 2 would by chance."
    )


def test_by_todays_map_a_region_stands_for_those_who_lie_in_it(offer):
    found = chosen(
        offer,
        organisations=("london", "northumbria", "durham-tees-valley", NATION, "peers-large"),
        structure=Structure.TODAY,
    )

    # London's region has no other trust, so that nothing was added up for it.
    assert [row.organisation for row in found.rows] == ["london", "north-east-probation-region", NATION]
    assert all(row.value is not None for row in found.rows)
    assert found.sides.notes == [
        "North East, the probation region of today, stands for Durham Tees Valley Probation Trust and "
        "Northumbria Probation Trust.",
        "No single region of today holds Trusts with large caseloads: left out here.",
    ]


def test_by_todays_map_a_group_is_of_regions(offer, simulated_one):
    group = OwnGroup("Two", ("durham-tees-valley", "northumbria", "kent"))
    found = chosen(offer, organisations=(), groups=(group,), structure=Structure.TODAY)

    assert [one.slug for one in found.sides.groups["Two"]] == [
        "north-east-probation-region",
        "kent-surrey-and-sussex-probation-region",
    ]


@pytest.fixture
def draft(public_record):
    """A release of which each test makes its own results."""
    return make_release(series=public_record)


def give(release, slug, period=YEAR, measure=REPORTS, **figures):
    """A result of one organisation: a share, if nothing else is said."""
    given = {"numerator": 90, "denominator": 100, "value": 90.0, "lower": 82.6, "upper": 94.5} | figures
    return IndicatorResult.objects.create(
        release=release,
        measure=Measure.objects.get(code=measure),
        organisation=Organisation.objects.get(slug=slug),
        period_start=period.start,
        period_end=period.end,
        target_status="no-target",
        flag="not-compared",
        **{"status": "reported"} | given,
    )


NO_NUMBER = dict.fromkeys(("numerator", "denominator", "value", "lower", "upper"))


@pytest.mark.parametrize(
    ("northumbria", "status", "note"),
    [
        (None, Status.MISSING, "Can't be added up: Northumbria Probation Trust has no figure."),
        (
            NO_NUMBER | {"status": "missing"},
            Status.MISSING,
            "Can't be added up: Northumbria Probation Trust has no figure.",
        ),
        (
            NO_NUMBER | {"status": "suppressed"},
            Status.SUPPRESSED,
            f"{GIVES_AWAY}: Northumbria Probation Trust has a suppressed figure.",
        ),
        (
            {"numerator": None, "denominator": None},
            Status.MISSING,
            "Can't be added up: Northumbria Probation Trust has no counts.",
        ),
    ],
)
def test_a_group_of_which_one_member_has_no_figure_says_who_and_is_not_told(draft, northumbria, status, note):
    give(draft, "durham-tees-valley")
    if northumbria:
        give(draft, "northumbria", **northumbria)
    (row,) = chosen(offer_of(draft), organisations=(), groups=(NORTH,)).rows

    assert (row.written, row.value, row.numerator, row.lower) == (NOT_ADDED_UP, None, None, None)
    assert (row.status, row.note) == (status, note)


def test_a_member_to_which_the_measure_does_not_apply_lacks_nothing(draft):
    give(draft, "durham-tees-valley")
    give(draft, "northumbria", **NO_NUMBER, status="not-applicable")
    (row,) = chosen(offer_of(draft), organisations=(), groups=(NORTH,)).rows

    assert (row.written, row.counts) == ("90%", "90 of 100")
    assert row.note == "Added up from 1 trust; Northumbria Probation Trust isn't measured by this."


def test_a_group_says_of_whom_it_has_part_of_the_period_only(draft):
    give(draft, "durham-tees-valley")
    give(draft, "northumbria", note="Added up from 11 of 12 months; August 2012 is missing.")
    (row,) = chosen(offer_of(draft), organisations=(), groups=(NORTH,)).rows

    assert row.counts == "180 of 200"
    assert row.note == "Added up from 2 trusts; Northumbria Probation Trust has part of the period only."


@pytest.mark.parametrize("status", ["missing", "suppressed", "not-applicable"])
def test_a_figure_without_a_number_says_which_of_the_ways_of_having_none_it_is(draft, status):
    give(draft, "london", **NO_NUMBER, status=status)
    (row,) = chosen(offer_of(draft)).rows

    assert row.written == Status(status).label


def test_an_organisation_without_a_figure_says_so_and_one_that_was_not_there_too(draft):
    give(draft, "london")
    found = chosen(offer_of(draft), organisations=("london", "wales", "london-area"))

    assert [(row.organisation, row.written) for row in found.rows] == [
        ("london", "90%"),
        ("wales", NO_FIGURE),
        ("london-area", NOT_STANDING),
    ]


def test_a_month_that_half_of_them_have_is_a_gap_for_the_others(draft):
    months = [Period(datetime.date(2013, month, 1), datetime.date(2013, month, 28)) for month in (1, 2)]
    for slug, period in (("london", months[0]), ("london", months[1]), ("wales", months[0])):
        give(draft, slug, period, is_part=True)
    found = chosen(offer_of(draft), organisations=("london", "wales"), by_month=True)

    assert [(row.organisation, row.period.start.month, row.written) for row in found.rows] == [
        ("london", 1, "90%"),
        ("london", 2, "90%"),
        ("wales", 1, "90%"),
        ("wales", 2, NO_FIGURE),
    ]
