import csv

import pandas as pd
import pytest

from performance.calculation.pairings import pairings
from performance.calculation.tables import NATIONAL
from performance.published.rows import DATA
from tests.oracles import correlation as naive
from tests.performance.calculation.year_frames import figure, frame, rows_of

ACCOMMODATION = "accommodation_at_termination_2009_10_apr_jul"
WORKLOAD = "area_offenders_per_offender_manager_2004_2007"
SUMMER = ("2009-04-01", "2009-07-31")
DAYS = [(f"{year}-12-31", f"{year}-12-31") for year in (2006, 2007)]


def published(name):
    with (DATA / f"{name}.csv").open(newline="") as file:
        return list(csv.DictReader(file))


def number(text):
    return float(text) if text else None


def record(*names):
    """The published tables as figures, their shares from their counts."""
    rows = []
    for row in (row for name in names for row in published(name)):
        counts = {name: number(row[name]) for name in ("numerator", "denominator")}
        rows.append(
            figure(
                row["organisation"],
                row["measure"],
                (row["period_start"], row["period_end"]),
                organisation_kind="area" if row["organisation"].endswith("-area") else "nation",
                status=row["status"],
                value=None if counts["denominator"] else number(row["value"]),
                target=number(row["target"]),
                **counts,
            )
        )
    return rows


def worked_out(*rows, parts=()):
    """parts: the rows that are part of a longer period."""
    figures = frame(*rows)
    return rows_of(pairings(figures.assign(is_part=[place in parts for place in range(len(figures))])))


def by_method(*rows, **more):
    return {row["method"]: row for row in worked_out(*rows, **more)}


def settled(area, value, target=75, period=SUMMER, **changes):
    return figure(
        area,
        "accommodation-at-termination",
        period,
        organisation_kind="area",
        value=value,
        target=target,
        **changes,
    )


def load(area, value, period=DAYS[1], **changes):
    return figure(
        area,
        "offenders-per-offender-manager",
        period,
        organisation_kind="area",
        unit="rate",
        value=value,
        **changes,
    )


def areas(number):
    """The more offenders to a manager, the further from the target."""
    names = [f"area-{place:02}" for place in range(number)]
    rows = [settled(name, 90 - place - place % 3) for place, name in enumerate(names)]
    return rows + [load(name, 25 + place) for place, name in enumerate(names)]


def quarter(measure, value, period, **changes):
    return figure(
        "national-probation-service", measure, period, organisation_kind="provider", value=value, **changes
    )


def quarters(number):
    return [
        (f"{2015 + place // 4}-{1 + 3 * (place % 4):02}-01", str(end.date()))
        for place, end in enumerate(pd.date_range("2015-03-31", periods=number, freq="QE-DEC"))
    ]


def paired_quarters(number):
    rows = []
    for place, period in enumerate(quarters(number)):
        rows.append(quarter("nps-sl001", 90 + place / 2 + place % 3, period))
        rows.append(quarter("binary-rate", 40 - place / 3 + place % 4, period))
    return rows


def test_accommodation_and_workload_of_the_record_by_hand_of_the_published_tables():
    attained = {
        row["organisation"]: int(row["numerator"]) / int(row["denominator"]) / float(row["target"])
        for row in published(ACCOMMODATION)
        if row["organisation"].endswith("-area")
    }
    workload = {
        row["organisation"]: float(row["value"])
        for row in published(WORKLOAD)
        if row["period_end"] == "2007-12-31" and row["organisation"] in attained
    }
    x, y = ([side[area] for area in sorted(workload)] for side in (attained, workload))
    rho = naive.spearman(x, y)

    found = by_method(*record(ACCOMMODATION, WORKLOAD))

    assert list(found) == ["spearman", "least-significant", "detectable"]
    ranks = found["spearman"]
    assert ranks["n"] == len(x) == 42
    assert ranks["estimate"] == pytest.approx(rho)
    assert (ranks["lower"], ranks["upper"]) == pytest.approx(
        naive.interval(rho, (1 + rho**2 / 2) / (len(x) - 3), 0.95)
    )
    assert {
        (row["subject"], row["framework"], row["period_start"], row["period_end"]) for row in found.values()
    } == {("accommodation-and-workload", "", *SUMMER)}


def test_timeliness_and_reoffending_of_the_record_have_no_quarter_in_common():
    (found,) = worked_out(*provider_record())

    assert (found["subject"], found["method"]) == ("timeliness-and-reoffending", "spearman")
    assert (found["estimate"], found["n"]) == (None, 0)
    assert found["reason"] == (
        "10 quarters with both figures are needed and there are 0, in a record of 8 quarters of "
        "timeliness and 3 of reoffending"
    )
    assert (found["period_start"], found["period_end"]) == ("2015-10-01", "2020-03-31")


def provider_record():
    return record("nps_crc_national_quarterly_2017_2020", "pbr_national")


def test_quarters_are_paired_so_that_less_reoffending_is_good():
    rows = paired_quarters(12)
    on_time, reoffended = ([row["value"] for row in rows if row["measure"] == code] for code in CODES)

    (found,) = worked_out(*rows)

    assert found["estimate"] == pytest.approx(-naive.spearman(on_time, reoffended))
    assert found["estimate"] > 0
    assert (found["n"], found["reason"]) == (12, "")
    assert (found["period_start"], found["period_end"]) == ("2015-01-01", "2017-12-31")


CODES = ("nps-sl001", "binary-rate")


def test_nine_quarters_are_too_few():
    (found,) = worked_out(*paired_quarters(9))

    assert (found["estimate"], found["n"]) == (None, 9)


def test_timeliness_that_never_changes_goes_with_nothing():
    rows = [row | {"value": 100} if row["measure"] == "nps-sl001" else row for row in paired_quarters(12)]

    (found,) = worked_out(*rows)

    assert (found["estimate"], found["n"]) == (None, 12)
    assert found["reason"].startswith("one of the two is the same for every quarter, in a record")


def test_only_quarters_of_the_national_provider_are_paired():
    rows = paired_quarters(10)
    others = [
        quarter("nps-sl001", 50, ("2015-01-01", "2015-12-31")),
        quarter("binary-rate", 50, ("2015-01-01", "2015-12-31")),
        *(row | {"organisation": "community-rehabilitation-companies", "value": 1} for row in rows),
    ]

    assert worked_out(*rows, *others) == worked_out(*rows)


def test_a_suppressed_quarter_is_no_quarter():
    rows = paired_quarters(11)
    rows[0] |= {"value": None, "status": "suppressed"}

    assert worked_out(*rows)[0]["n"] == 10


def test_areas_with_more_work_that_come_less_close_are_a_correlation_below_0():
    ranks = by_method(*areas(12))["spearman"]

    assert ranks["estimate"] < -0.9
    assert ranks["p"] < 0.01
    assert (ranks["n"], ranks["reason"]) == (12, "")


def test_each_area_is_held_to_its_own_target():
    """70 of 70 is more than 80 of 90: what is attained, not the level."""
    rows = areas(12)
    alike = [row | {"value": row["target"]} if row["target"] else row for row in rows]
    own = [
        row | {"target": 70 + place, "value": (70 + place) * (1 - place / 100)} if row["target"] else row
        for place, row in enumerate(alike)
    ]

    assert by_method(*alike)["spearman"]["reason"] == "one of the two is the same for every area"
    assert by_method(*own)["spearman"]["estimate"] == -1


def test_the_workload_is_that_of_the_last_date_before():
    rows = areas(12)
    names = [f"area-{place:02}" for place in range(12)]
    earlier = [load(name, 60 - place, DAYS[0]) for place, name in enumerate(names)]
    later = [load(name, 60 - place, ("2009-12-31", "2009-12-31")) for place, name in enumerate(names)]

    assert by_method(*rows, *earlier, *later) == by_method(*rows)


def test_an_area_without_a_figure_of_that_date_is_left_out_and_not_given_an_older_one():
    rows = [
        row for row in areas(12) if row["measure"] != "offenders-per-offender-manager" or row["value"] != 25
    ]

    assert by_method(*rows, load("area-00", 25, DAYS[0]))["spearman"]["n"] == 11


@pytest.mark.parametrize(
    "lacking",
    [{"target": None}, {"target": 0}, {"value": None, "status": "missing"}, {"organisation": "other"}],
)
def test_an_area_that_lacks_a_figure_is_left_out(lacking):
    rows = areas(12)
    rows[3] |= lacking

    assert by_method(*rows)["spearman"]["n"] == 11


def test_nine_areas_are_too_few():
    found = by_method(*areas(9))

    assert [row["estimate"] for row in found.values()] == [None] * 3
    assert found["spearman"]["reason"] == "10 areas with both figures are needed and there are 9"
    assert found["detectable"]["reason"] == "10 areas are needed and there are 9"


def test_without_an_earlier_workload_there_is_no_pair():
    rows = [
        row | {"period_start": DAYS[1][0], "period_end": DAYS[1][1]} if row["target"] else row
        for row in areas(12)
    ]

    found = by_method(*rows)

    assert (found["spearman"]["n"], found["spearman"]["estimate"]) == (0, None)


def test_trusts_years_of_work_and_parts_of_a_period_are_not_paired():
    rows = areas(12)
    others = [
        *(
            row | {"organisation": f"{row['organisation']}-trust", "organisation_kind": "trust"}
            for row in rows
        ),
        load("area-00", 99, ("2007-01-01", "2007-12-31")),
        settled("area-00", 10, period=("2009-04-01", "2009-04-30")),
    ]

    assert worked_out(*rows, *others, parts=[len(rows) + len(others) - 1]) == worked_out(*rows)


@pytest.mark.parametrize("left", [*CODES, "accommodation-at-termination", "offenders-per-offender-manager"])
def test_a_series_that_has_one_of_the_measures_has_no_pair(left):
    rows = [row for row in (*areas(12), *paired_quarters(12)) if row["measure"] == left]

    assert worked_out(*rows) == []


def test_no_rows_are_a_table_of_the_same_columns():
    none = pairings(frame().assign(is_part=[]))

    assert (len(none), list(none)) == (0, list(NATIONAL.columns))


def test_the_order_of_loading_changes_nothing():
    rows = [*areas(13), *paired_quarters(11)]

    assert worked_out(*rows) == worked_out(*reversed(rows))
