import datetime
import math

import orjson
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from performance.calculation.changes import changes
from performance.calculation.indicators import indicators
from performance.calculation.sums import with_sums
from tests.oracles import changes as naive
from tests.performance.calculation.changes_examples import (
    ICONS,
    LISTS,
    MONTHS,
    NO_CHART,
    OTHER_PARTS,
    QUARTERS,
    STABLE,
    TWO_YEARS,
    WHOLE,
    YEARS,
    all_changes,
    change_of,
    figures,
    kent,
    kents,
)
from tests.performance.calculation.frames import frame, month, months, places, plain, row, trust

# Against the plain calculation


@st.composite
def cells(draw, unit, size):
    status = draw(st.sampled_from(["reported"] * 12 + ["nil", "missing", "suppressed"]))
    figure = {"status": status, "target": draw(st.sampled_from([90, 90, None]))}
    if status != "reported":
        return figure
    if unit == "share":
        n = draw(st.integers(size // 2, size))
        x = draw(st.integers(0, 4)) * n // 4 if draw(st.booleans()) else n - min(n, draw(st.integers(0, 9)))
        return figure | {"numerator": x, "denominator": n}
    return figure | {"value": draw(st.integers(0, 12))}


LENGTHS = {
    "months": MONTHS,
    "quarters": QUARTERS,
    "years": WHOLE,
    "months, then quarters": [*MONTHS[:24], *QUARTERS[8:]],
    "months and years": [*MONTHS[:18], *WHOLE],
    "to date": [months(year, 4, length) for year in YEARS for length in (3, 6, 9, 12)],
    "to date once": [*QUARTERS[:4], months(2010, 4, 6), *QUARTERS[8:]],
    "rolling": [months(2009 + number // 4, 3 * (number % 4) + 1, 12) for number in range(8)],
}


@st.composite
def a_series(draw):
    unit = draw(st.sampled_from(["share", "share", "count", "points", "rate"]))
    size = draw(st.sampled_from([4, 60, 400, 3000]))
    shared = {
        "measure": draw(st.sampled_from("ab")),
        "kind": "volume",
        "unit": unit,
        "polarity": draw(st.sampled_from(["higher", "lower", "none"])),
        "organisation": draw(st.sampled_from(["kent", "dorset", "north", "peers-large"])),
    }
    kinds = {"north": "region", "peers-large": "peer-group"}
    shared["organisation_kind"] = kinds.get(shared["organisation"], "trust")
    periods = LENGTHS[draw(st.sampled_from(["months", *LENGTHS]))]
    leaves_out = draw(st.sets(st.integers(0, len(periods) - 1), max_size=4))
    chosen = [period for number, period in enumerate(periods) if number not in leaves_out]
    return [row(**shared, **draw(cells(unit, size))) | period for period in chosen]


def series_once(drawn):
    return list({(own[0]["measure"], own[0]["organisation"]): own for own in drawn if own}.values())


@settings(max_examples=40)
@given(st.lists(a_series(), min_size=1, max_size=4).map(series_once), st.randoms(use_true_random=False))
def test_any_series_come_out_as_in_the_plain_calculation(series, random):
    rows = [own for one in series for own in one]
    random.shuffle(rows)
    every = figures(*rows)
    expected = naive.changes([{k: plain(c) for k, c in own.items()} for own in whole_counts(every)])

    results = all_changes(*rows)

    assert results.keys() == expected.keys()
    for key, wanted in expected.items():
        assert_the_same(results[key], wanted)


def whole_counts(every):
    for own in every.to_dict("records"):
        counts = {
            name: None if math.isnan(own[name]) else int(own[name]) for name in ("numerator", "denominator")
        }
        yield {**own, **counts}


def assert_the_same(result, wanted):
    for name, cell in wanted.items():
        if name == "points":
            assert_the_same_points(result["points"], cell)
        elif isinstance(cell, float):
            assert result[name] == pytest.approx(cell, abs=1e-6), (name, result)
        else:
            assert result[name] == cell, (name, result, wanted)


def assert_the_same_points(points, wanted):
    assert points.keys() == wanted.keys()
    for name, cells in wanted.items():
        if name in ("value", "centre", "lower", "upper"):
            assert [cell is None for cell in points[name]] == [cell is None for cell in cells], name
            told = [(own, cell) for own, cell in zip(points[name], cells, strict=True) if cell is not None]
            assert [own for own, _ in told] == pytest.approx([cell for _, cell in told], abs=1.01e-4)
        else:
            assert points[name] == cells, name


# Charts


def test_a_stable_series_has_its_chart_and_icons():
    found = change_of(*kents(*STABLE, target=60))

    assert [found[name] for name in ICONS] == ["xmr", "common-cause", "consistent-pass", ""]
    assert list(found["points"]) == LISTS
    assert {len(cells) for cells in found["points"].values()} == {24}
    assert found["points"]["period_start"][:2] == ["2009-04-01", "2009-05-01"]
    assert found["points"]["period_end"][-1] == "2011-03-31"
    assert found["points"]["centre"] == [82] * 24
    assert found["points"]["upper"] == [82 + 2.66 * 4] * 24
    assert set(found["points"]["signal"]) == {""}
    assert (found["period_start"], found["period_end"]) == (
        datetime.date(2009, 4, 1),
        datetime.date(2011, 3, 31),
    )


@pytest.mark.parametrize(
    ("polarity", "variation"), [("higher", "concern"), ("lower", "improvement"), ("none", "low")]
)
def test_a_last_point_outside_the_limits_is_marked_and_told_by_its_polarity(polarity, variation):
    found = change_of(*kents(*STABLE[:23], 40, polarity=polarity, target=60))

    assert found["variation"] == variation
    assert found["points"]["signal"][-1] == "outside-limits"


@pytest.mark.parametrize(
    ("target", "assurance"), [(60, "consistent-pass"), (83, "hit-and-miss"), (99, "consistent-fail")]
)
def test_the_latest_target_is_the_one_to_meet(target, assurance):
    rows = kents(*STABLE, target=1)
    rows[-2]["target"], rows[-1]["target"] = target, None

    assert change_of(*rows)["assurance"] == assurance


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({}, "there is no target"),
        ({"polarity": "none", "target": 60}, "neither way counts as good, so there is no meeting a target"),
    ],
)
def test_without_a_target_or_a_good_side_nothing_assures(changes, reason):
    found = change_of(*kents(*STABLE, **changes))

    assert (found["variation"], found["assurance"], found["reason"]) == (
        "common-cause",
        "cannot-tell",
        reason,
    )


@pytest.mark.parametrize(
    ("counts", "chart"),
    [((80, 100), "xmr"), ((38, 40), "p-chart"), ((1600, 2000), "laney-p-chart")],
)
def test_a_share_gets_the_chart_that_suits_its_cases(counts, chart):
    rows = [kent(counts[0] - number % 2, counts[1]) | period for number, period in enumerate(TWO_YEARS)]

    assert change_of(*rows)["chart"] == chart


def test_shares_that_are_printed_without_counts_get_an_xmr_chart():
    rows = kents(*STABLE)
    rows[5] |= {"numerator": None, "denominator": None, "value": 80}

    found = change_of(*rows, *[trust("dorset", value=80 + i % 3) | p for i, p in enumerate(TWO_YEARS)])

    assert (found["chart"], found["points"]["value"][5]) == ("xmr", 80)


def test_lines_are_cut_off_where_no_value_can_be_and_the_rules_are_not():
    near_all = change_of(*[kent(39 + i % 2, 40) | period for i, period in enumerate(TWO_YEARS)])
    signed = change_of(
        *[trust("kent", unit="points", value=i % 2) | period for i, period in enumerate(TWO_YEARS)]
    )
    counted = change_of(
        *[trust("kent", unit="count", value=i % 2) | period for i, period in enumerate(TWO_YEARS)]
    )

    assert max(near_all["points"]["upper"]) == 100
    assert signed["points"]["lower"][0] == pytest.approx(0.5 - 2.66)
    assert (counted["points"]["lower"][0], counted["points"]["upper"][0]) == (0, pytest.approx(3.16))


def test_a_month_that_is_missing_is_a_gap_in_the_chart():
    rows = kents(*STABLE)
    rows[4] |= {"numerator": None, "denominator": None, "status": "missing"}
    absent = rows[:9] + rows[10:]

    points = change_of(*absent)["points"]

    assert (points["value"][4], points["centre"][4], points["signal"][4]) == (None, None, "")
    assert "2010-01-01" not in points["period_start"]
    assert points["centre"][0] == points["centre"][-1]


def test_after_two_missing_months_limits_begin_anew():
    rows = kents(*[80, 84] * 6, *[60, 64] * 6)
    points = change_of(*rows[:12], *rows[14:])["points"]

    assert (points["centre"][0], points["centre"][-1]) == (82, 62)


def test_months_are_charted_rather_than_quarters_and_never_both():
    rows = [*kents(*STABLE[:12]), *kents(*STABLE, periods=QUARTERS)]

    points = change_of(*rows)["points"]

    assert len(points["value"]) == 12
    assert points["period_end"][0] == "2009-04-30"


def test_quarters_are_charted_where_there_is_but_one_month():
    rows = [*kents(80, periods=[month(2012, 4)]), *kents(*STABLE, periods=QUARTERS)]

    assert len(change_of(*rows)["points"]["value"]) == 12


def test_running_totals_are_no_points():
    rows = [kent(80 * i, 100 * i) | months(year, 4, 3 * i) for year in YEARS for i in (1, 2, 3, 4)]

    found = change_of(*rows)

    assert [found[name] for name in ICONS] == ["none", "cannot-tell", "cannot-tell", OTHER_PARTS]
    assert found["points"] == {}
    assert (found["change"], found["change_reason"]) == (0, "")


def test_rolling_years_are_no_points_and_no_whole_years():
    rolling = [months(2009 + (first > 12), (first - 1) % 12 + 1, 12) for first in (1, 7, 10, 13)]

    assert all_changes(*(kent() | period for period in rolling)) == {}


def test_a_year_of_running_totals_leaves_the_other_years_their_chart():
    rows = [*kents(*STABLE), *(kent() | months(2011, 4, length) for length in (1, 2, 3))]

    points = change_of(*rows)["points"]

    assert points["period_end"][-1] == "2011-03-31"
    assert len(points["value"]) == 24


@pytest.mark.parametrize("rows", [[kent() | month(2010, 4)], [kent() | WHOLE[0], kent() | WHOLE[1]]])
def test_fewer_than_two_months_or_quarters_are_no_chart(rows):
    found = change_of(*rows)

    assert [found[name] for name in ICONS] == ["none", "cannot-tell", "cannot-tell", NO_CHART]
    assert found["points"] == {}


@pytest.mark.parametrize("periods", [MONTHS, QUARTERS])
def test_two_months_or_quarters_are_enough(periods):
    found = change_of(*kents(80, 84, periods=periods))

    assert (found["chart"], found["points"]["value"]) == ("xmr", [80, 84])


def test_without_a_chart_the_period_is_that_of_the_figures_and_not_of_the_year_made_of_them():
    found = change_of(kent() | month(2010, 5))

    assert (found["period_start"], found["period_end"]) == (
        datetime.date(2010, 5, 1),
        datetime.date(2010, 5, 31),
    )


def test_months_without_any_figure_are_no_points():
    rows = [trust("kent", status="missing") | period for period in MONTHS]

    assert change_of(*rows)["reason"] == NO_CHART


def test_a_series_that_never_varies_has_no_limits_and_says_why():
    found = change_of(*kents(*[80] * 24))

    assert (found["chart"], found["variation"]) == ("xmr", "cannot-tell")
    assert found["reason"] == "there is no variation to set limits by"
    assert set(found["points"]["upper"]) == {None}


def test_regions_and_the_nation_have_charts_and_peers_and_todays_regions_have_none():
    slugs = ["dorset", "hampshire", "kent", "lancashire", "merseyside", "cumbria", "london"]
    rows = [
        trust(slug, numerator=70 + i % 3, denominator=100) | period
        for slug in slugs
        for i, period in enumerate(MONTHS)
    ]

    found = all_changes(*rows, row(organisation="peers-large", organisation_kind="peer-group") | WHOLE[0])

    assert {organisation for _, organisation in found} == {*slugs, "north", "south", "england-and-wales"}
    assert found["reports-on-time", "england-and-wales"]["chart"] == "xmr"
    assert found["reports-on-time", "england-and-wales"]["points"]["value"][0] == 70


# What comes in


def test_no_figures_at_all_have_no_changes():
    table = changes(with_sums(frame(), places()))

    assert len(table) == 0
    assert list(table.columns)[-4:] == ["change", "change_lower", "change_upper", "change_reason"]


def test_days_and_calendar_years_alone_have_no_row():
    day = {"period_start": datetime.date(2010, 12, 31), "period_end": datetime.date(2010, 12, 31)}

    assert all_changes(kent() | day, kent() | months(2010, 1, 12)) == {}


def test_the_table_of_indicators_does_as_well_as_the_figures_themselves():
    every = figures(*kents(*STABLE, value=1))

    pd.testing.assert_frame_equal(changes(indicators(every)), changes(every))


def test_points_are_json_without_nan_or_a_negative_zero():
    rows = [
        trust("kent", unit="points", value=value) | period
        for value, period in zip([-0.0, 0.0] * 12, MONTHS, strict=False)
    ]
    rows[3] |= {"value": None, "status": "missing"}

    written = orjson.dumps(change_of(*rows)["points"]).decode()

    assert "NaN" not in written
    assert "-0.0" not in written
    assert orjson.loads(written)["value"][3] is None


def test_figures_are_rounded_to_four_decimals():
    points = change_of(*[kent(i % 3, 3) | period for i, period in enumerate(TWO_YEARS)])["points"]

    assert points["value"][:3] == [0, 33.3333, 66.6667]
