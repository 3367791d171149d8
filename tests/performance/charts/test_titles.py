"""Titles state findings: they change with the rows, and stay true at the edges."""

from dataclasses import replace
from itertools import combinations

import plotly.graph_objects
import pytest

from performance.charts.figure import Figure
from performance.charts.framework_mix import framework_mix_chart
from performance.charts.funnel import funnel
from performance.charts.national_targets import national_targets
from performance.charts.spread import spread
from performance.charts.timeliness_beside_reoffending import timeliness_beside_reoffending
from performance.charts.trend import MOST_LINES, trend
from performance.pages.figures import measure_figures
from performance.vocabulary import Flag, Kind, TargetStatus
from tests.performance.charts.looks import luminance
from tests.performance.charts.rows import make_area, make_mix, make_row, quarter, year

AREAS = [make_area(number) for number in range(1, 13)]
BY_CHANCE = "all together by more than chance would often give"


def valid(figure: Figure) -> Figure:
    plotly.graph_objects.Figure(figure.plot)
    return figure


def with_flags(*flags: Flag) -> list:
    return [replace(row, flag=flag) for row, flag in zip(AREAS, flags, strict=False)] + AREAS[len(flags) :]


@pytest.mark.parametrize(
    ("flags", "finding"),
    [
        ((), "no areas above and none below"),
        ((Flag.LOW_95,), "no areas above and 1 below"),
        ((Flag.HIGH_998,), "1 area above and none below"),
        ((Flag.LOW_95, Flag.HIGH_998, Flag.HIGH_95), "2 areas above and 1 below"),
    ],
)
def test_a_funnel_counts_who_lies_outside_on_either_side(flags, finding):
    title = valid(funnel(with_flags(*flags))).title

    assert title == f"12 of 12 areas met their own target; {finding} {BY_CHANCE}"


def test_a_funnel_counts_who_met_their_target():
    missed = [replace(row, target_status=TargetStatus.MISSED) for row in AREAS[:5]]

    assert valid(funnel([*missed, *AREAS[5:]])).title.startswith("7 of 12 areas met their own target;")


def test_a_funnel_without_targets_speaks_of_none():
    rows = [replace(row, target=None, target_status=TargetStatus.NO_TARGET) for row in AREAS]
    figure = valid(funnel(rows))

    assert figure.title == f"No areas above and none below {BY_CHANCE}"
    assert "Own target" not in {trace.get("name") for trace in figure.data}
    assert "Target" not in {column.label for column in figure.table.columns}


def test_a_funnel_counts_who_lies_outside_the_wider_limits():
    assert "none lie outside the 99.8% limits" in funnel(AREAS).caption
    assert "1 lies outside the 99.8% limits" in funnel(with_flags(Flag.LOW_998)).caption
    assert "2 lie outside the 99.8% limits" in funnel(with_flags(Flag.LOW_998, Flag.HIGH_998)).caption


def test_a_funnel_names_only_those_outside_the_wider_limits():
    figure = funnel(with_flags(Flag.LOW_998, Flag.LOW_95))
    named = [text for trace in figure.data for text in trace.get("text", []) if text]

    assert named == ["Area 1"]


def test_a_funnel_marks_and_names_the_one_that_is_chosen():
    figure = valid(funnel(with_flags(Flag.LOW_998), "area-5"))
    (ring,) = [trace for trace in figure.data if trace.get("name") == "Chosen"]
    others = [text for trace in figure.data if trace.get("meta") == "names" for text in trace["text"]]

    assert (ring["x"], ring["y"], ring["text"]) == ([500], [75.0], ["Area 5"])
    assert [name for name in others if name] == ["Area 1"]
    assert "Chosen" not in {trace.get("name") for trace in funnel(AREAS, "area-99").data}


def test_a_funnel_holds_every_point_target_and_limit_that_it_draws():
    rows = [*AREAS, replace(AREAS[0], organisation="low", value=40.0), replace(AREAS[1], target=99.0)]
    figure = valid(funnel(rows))
    bottom, top = figure.layout["yaxis"]["range"]
    heights = [y for trace in figure.data for y in trace["y"] if y is not None]

    assert bottom < min(heights)
    assert max(heights) < top


def test_a_funnel_of_areas_of_one_size_is_drawn():
    assert valid(funnel([replace(row, numerator=75, denominator=100) for row in AREAS]))


def test_a_measure_of_trusts_is_not_said_to_be_of_areas():
    trusts = [replace(row, organisation_kind="trust") for row in AREAS]
    (figure,) = measure_figures(trusts)

    assert "12 trusts" in figure.caption
    assert "area" not in figure.title


def test_a_measure_of_regions_without_counts_is_not_said_to_be_of_areas():
    plain = {
        "numerator": None,
        "denominator": None,
        "baseline": None,
        "organisation_kind": "probation-region",
    }
    (figure,) = measure_figures([replace(row, **plain, value=float(n)) for n, row in enumerate(AREAS)])

    assert "12 probation regions" in figure.caption


def rates() -> list:
    return [make_area(n, unit="rate", decimals=1, value=20.0 + n) for n in range(1, 13)]


NATION = make_row(
    organisation="england-and-wales", organisation_name="England and Wales", organisation_kind="nation"
)


def test_a_spread_runs_from_the_lowest_to_the_highest():
    nation = replace(NATION, unit="rate", decimals=1, value=27.5)

    title = "Offenders in accommodation: from 21.0 in Area 1 to 32.0 in Area 12 (2009-10)"
    assert valid(spread(rates(), [nation])).title == f"{title}; nationally 27.5"
    assert valid(spread(rates(), [])).title == title
    assert ": from 22.0 in Area 2 to 32.0 in Area 12" in valid(spread(rates()[1:], [])).title


def test_a_spread_marks_the_one_that_is_chosen():
    (ring,) = [one for one in valid(spread(rates(), [], "area-3")).data if one.get("name") == "Area 3"]

    assert (ring["x"], ring["y"]) == ([23.0], ["Area 3"])


def test_a_spread_takes_the_figure_for_the_nation_of_its_latest_period_only():
    nation = replace(NATION, unit="rate", period=year(2008))

    assert "nationally" not in valid(spread(rates(), [nation])).title


def test_a_spread_of_one_period_says_which_and_one_of_several_how_many():
    earlier = [replace(row, period=year(2008)) for row in rates()]

    assert ": 12 areas, 2009-10." in spread(rates(), []).caption
    assert "2 dates from 2008-09 to 2009-10" in valid(spread([*earlier, *rates()], [])).caption


def test_a_trend_says_where_it_began_and_where_it_ended():
    rows = [
        make_row(period=year(first), value=value)
        for first, value in ((2004, 60.0), (2005, 90.0), (2006, 70.0))
    ]

    assert valid(trend(rows)).title == "Hertfordshire: from 60% (2004-05) to 70% (2006-07)"
    assert valid(trend(rows[:2])).title == "Hertfordshire: from 60% (2004-05) to 90% (2005-06)"
    assert valid(trend(rows[:1])).title == "Hertfordshire: 60% (2004-05)"
    assert valid(trend(rows[::-1])).title == trend(rows).title


def test_a_trend_marks_a_part_of_a_year_with_a_hollow_mark():
    part = replace(make_row(), period=replace(year(2005), end=quarter(2005, 7).end))
    lines = trend([make_row(period=year(2004)), part]).data

    symbols = [line["marker"]["symbol"] for line in lines]
    flat = [one for symbol in symbols for one in ([symbol] if isinstance(symbol, str) else symbol)]
    assert flat == ["circle", "circle-open"]


def test_a_measure_of_more_organisations_than_lines_shows_the_nation_alone_or_nothing():
    several = [
        make_row(organisation=f"area-{n}", organisation_name=f"Area {n}", period=year(first))
        for n in range(MOST_LINES + 1)
        for first in (2004, 2005)
    ]
    nation = [replace(NATION, period=year(first)) for first in (2004, 2005)]

    assert measure_figures(several) == []
    (figure,) = measure_figures([*several, *nation])
    assert figure.title == "England and Wales: 78% throughout, 2004-05 to 2005-06"


def test_a_measure_with_one_figure_or_none_has_no_chart():
    assert measure_figures([]) == []
    assert measure_figures([make_row()]) == []
    assert measure_figures([make_row(value=None), make_row(value=None, period=year(2008))]) == []


def national(code: str, kind: Kind, attainment: float, first: int = 2005):
    return replace(
        NATION,
        measure=code,
        measure_title=code,
        measure_short_title=code,
        kind=kind,
        value=attainment,
        target=100.0,
        attainment=attainment,
        target_status=TargetStatus.MET if attainment >= 100 else TargetStatus.MISSED,
        period=year(first),
    )


def test_national_targets_counts_the_latest_figure_of_each_measure():
    rows = [
        national("a", Kind.TIMELINESS, 90),
        national("a", Kind.TIMELINESS, 100, 2006),
        national("b", Kind.VOLUME, 80),
        national("c", Kind.OUTCOME, 120.0 - 40),
    ]

    title = valid(national_targets(rows)).title

    assert title.startswith("1 of 3 national measures met their target at the latest published figure")
    assert "2 of 3 count process" in title
    assert national_targets(rows[1:]).title == national_targets(rows).title
    assert "0 of 3" in national_targets([rows[0], *rows[2:]]).title


def test_national_targets_does_not_say_that_none_is_about_reoffending_where_one_is():
    rows = [national("a", Kind.TIMELINESS, 90), national("binary-rate", Kind.OUTCOME, 101)]

    assert "none reoffending" not in valid(national_targets(rows)).title


def test_national_targets_of_one_measure_speaks_of_one():
    title = valid(national_targets([national("a", Kind.TIMELINESS, 90)])).title

    assert "0 of 1 national measure met its target" in title
    assert "1 of 1 counts process" in title


def providers(value: float = 98.0) -> list:
    nps = {
        "organisation": "national-probation-service",
        "organisation_name": "NPS",
        "organisation_kind": "provider",
    }
    sl001 = make_row(measure="nps-sl001", value=value, period=quarter(2017, 4), **nps)
    return [
        sl001,
        replace(sl001, value=100.0, period=quarter(2019, 1)),
        make_row(measure="binary-rate", decimals=1, value=37.5, period=quarter(2015, 10), **nps),
        make_row(measure="binary-rate", decimals=1, value=34.1, period=quarter(2020, 1), **nps),
        make_row(
            measure="reoffences-per-reoffender", unit="rate", value=3.9, period=quarter(2015, 10), **nps
        ),
    ]


def test_timeliness_beside_reoffending_says_the_least_and_the_first_and_last_cohort():
    title = valid(timeliness_beside_reoffending(providers())).title

    assert title.startswith("98% or more was done on time")
    assert "the NPS reoffending rate went from 37.5%" in title
    assert "to 34.1%" in title
    assert timeliness_beside_reoffending(providers(91.0)).title.startswith("91% or more")


def test_timeliness_just_below_all_is_not_said_to_be_all():
    assert timeliness_beside_reoffending(providers(99.7)).title.startswith("99.7% or more")


def test_timeliness_beside_reoffending_names_the_years_that_it_has():
    assert "April 2017 to March 2019" in timeliness_beside_reoffending(providers()).title


def test_timeliness_beside_reoffending_is_drawn_without_one_of_its_parts():
    timeliness, binary, frequency = providers()[:2], providers()[2:4], providers()[4:]

    for rows in (timeliness, binary, frequency, [*timeliness, *binary], [*timeliness, *binary[:1]]):
        assert valid(timeliness_beside_reoffending(rows)).title


def test_a_framework_counts_where_process_carries_more_than_half():
    mixes = [make_mix(1, timeliness=60.0, outcome=40.0), make_mix(2, volume=50.0, outcome=50.0)]

    assert valid(framework_mix_chart(mixes)).title.startswith("In 1 of 2 frameworks, ")
    assert framework_mix_chart(mixes[1:]).title.startswith("In 0 of 1 framework, ")


def test_a_kind_that_no_framework_holds_is_not_in_the_chart_but_in_its_table():
    figure = framework_mix_chart([make_mix(1, timeliness=60.0, outcome=40.0)])

    assert [trace["name"] for trace in figure.data] == ["Timeliness", "Outcome"]
    cells = ((cell.text, cell.note) for cell in figure.table.shown[0])
    shown = dict(zip((column.label for column in figure.table.columns), cells, strict=True))
    assert shown["Timeliness"] == ("60%", "1 of 2")
    assert shown["Quality"] == ("none", "")
    assert shown["Process in all"] == ("60%", "1 of 2")


def test_any_two_kinds_are_told_apart_without_colour():
    """Any of them may be neighbours, where a framework has none of those between."""
    looks = {
        trace["name"]: (luminance(trace["marker"]["color"]), trace["marker"]["pattern"]["shape"])
        for trace in valid(framework_mix_chart([make_mix(1, **dict.fromkeys(Kind, 16.0))])).data
    }

    assert len(looks) == len(Kind)
    for (dark, pattern), (other_dark, other_pattern) in combinations(looks.values(), 2):
        assert pattern != other_pattern or abs(dark - other_dark) > 0.1
