"""The chart of process against outcome, and the tables beside it, at their edges."""

from dataclasses import replace

import plotly.graph_objects
import pytest

from performance.calculation.divergence import MARGIN
from performance.charts.accommodation_beside_workload import accommodation_beside_workload
from performance.charts.divergence import divergence_chart
from performance.charts.divergence_tables import trusts_table
from performance.charts.figure import Figure, with_watermark
from performance.charts.national_tables import national_tables
from performance.charts.quarters import LOOKS
from performance.charts.ratings_tables import predictions_table, ratings_table
from performance.releases.rating_rows import DomainScore
from performance.vocabulary import Method, Quadrant, Subject, TargetStatus
from tests.performance.charts.findings import (
    make_divergence_row,
    make_national_figure,
    make_prediction_row,
    make_rating_row,
)
from tests.performance.charts.rows import make_area, year

PLACES = {
    Quadrant.MET_WORSE: (102.0, -1.0),
    Quadrant.MET_BETTER: (101.0, 1.0),
    Quadrant.MISSED_WORSE: (97.0, -2.0),
    Quadrant.MISSED_BETTER: (98.0, 2.0),
}


def in_quarter(quarter: Quadrant, number: int = 1, **given):
    attainment, outcome = PLACES[quarter]
    return make_divergence_row(
        organisation=f"{quarter}-{number}",
        organisation_name=f"Trust {quarter} {number}",
        attainment=attainment,
        outcome=outcome,
        fact=quarter,
        **{"quadrant": quarter} | given,
    )


def valid(figure: Figure) -> Figure:
    plotly.graph_objects.Figure(figure.plot)
    return figure


def marks(figure: Figure) -> list[dict]:
    return [trace for trace in figure.data if "hovertext" in trace]


EVERY_QUARTER = [in_quarter(quarter) for quarter in PLACES]
UNSURE = [in_quarter(q, 2, quadrant=Quadrant.NOT_DETERMINED, probability=0.6) for q in PLACES]


def test_each_quarter_has_a_symbol_and_a_colour_of_its_own():
    traces = marks(valid(divergence_chart(EVERY_QUARTER)))

    assert len({trace["marker"]["symbol"] for trace in traces}) == len(traces) == 4
    assert len({trace["marker"]["color"] for trace in traces}) == 4


def test_a_trust_that_is_not_sure_is_hollow_in_the_colour_of_where_it_was_counted():
    figure = valid(divergence_chart([*EVERY_QUARTER, *UNSURE]))
    symbols = {trace["hovertext"][0].split("<br>")[0]: trace["marker"] for trace in marks(figure)}

    for quarter, (symbol, colour, _) in LOOKS.items():
        sure, unsure = symbols[f"Trust {quarter} 1"], symbols[f"Trust {quarter} 2"]
        assert (sure["symbol"], sure["color"]) == (symbol, colour)
        assert (unsure["symbol"], unsure["color"]) == (f"{symbol}-open", colour)


def test_a_trust_is_drawn_in_the_quarter_where_it_is_named():
    """Named for what is probable, though it was counted elsewhere by a hair."""
    row = replace(in_quarter(Quadrant.MET_WORSE), fact=Quadrant.MISSED_WORSE)

    (trace,) = marks(divergence_chart([row]))

    assert trace["name"] == LOOKS[Quadrant.MET_WORSE][2]


def test_lines_part_the_quarters_at_100_per_cent_and_at_the_prediction():
    shapes = divergence_chart(EVERY_QUARTER).layout["shapes"]

    assert (shapes[0]["x0"], shapes[0]["x1"]) == (100, 100)
    assert (shapes[1]["y0"], shapes[1]["y1"]) == (0, 0)


@pytest.mark.parametrize(
    "rows", [EVERY_QUARTER, EVERY_QUARTER[:1], [replace(EVERY_QUARTER[0], attainment=100.0, outcome=0.0)]]
)
def test_the_axes_hold_every_point_and_both_lines(rows):
    layout = valid(divergence_chart(rows)).layout
    for axis, values, line in (
        ("xaxis", [row.attainment for row in rows], 100),
        ("yaxis", [row.outcome for row in rows], 0),
    ):
        low, high = layout[axis]["range"]
        assert low < min([*values, line])
        assert high > max([*values, line])


@pytest.mark.parametrize(
    ("rows", "finding"),
    [
        (
            EVERY_QUARTER,
            "As counted 1 of 4 trusts met the targets with more reoffending than predicted; allowing for "
            "chance 1 can be named so and all can be placed (2010-11)",
        ),
        (UNSURE, "As counted 1 of 4 trusts met the targets"),
        (UNSURE, "allowing for chance none can be named so and 4 can’t be placed"),
        (EVERY_QUARTER[1:], "As counted none of 3 trusts met the targets"),
        ([*EVERY_QUARTER, *UNSURE], "As counted 2 of 8 trusts met the targets"),
        ([*EVERY_QUARTER, *UNSURE], "1 can be named so and 4 can’t be placed"),
        (EVERY_QUARTER[:1], "As counted 1 of 1 trust met the targets"),
    ],
)
def test_the_title_counts_who_meets_targets_with_a_worse_outcome(rows, finding):
    assert finding in valid(divergence_chart(rows)).title


def test_who_lacks_a_side_has_no_point_and_the_caption_counts_them():
    lacking = make_divergence_row(outcome=None, quadrant=Quadrant.NOT_COMPARED, reason="no cohort")
    figure = valid(divergence_chart([*EVERY_QUARTER, lacking, replace(lacking, organisation="b")]))

    assert sum(len(trace["x"]) for trace in marks(figure)) == 4
    assert len(figure.table.rows) == 6
    assert "2 trusts lack one side or both" in figure.caption
    assert "lack" not in divergence_chart(EVERY_QUARTER).caption


def test_the_caption_says_from_what_probability_and_margin_a_quarter_is_named():
    caption = divergence_chart(EVERY_QUARTER).caption

    assert "(80% or more" in caption
    assert f"over {MARGIN:g} points above prediction" in caption


def test_pointing_at_a_trust_tells_its_counts_and_how_sure_its_quarter_is():
    sure, unsure = (
        marks(divergence_chart([row]))[0]["hovertext"][0] for row in (EVERY_QUARTER[0], UNSURE[0])
    )

    assert "102.0% of the cases asked for (9,300 for 9,120)" in sure
    assert "1.00 points above predicted (1,641 of 17,000 reoffended)" in sure
    assert sure.endswith("Meets the target, outcome worse than predicted: probability 87%")
    assert unsure.endswith("not sure enough to be named")


def test_the_table_of_all_trusts_leaves_nobody_out_and_links_each():
    lacking = make_divergence_row(
        organisation="dorset",
        organisation_name="Dorset",
        process=None,
        targets_judged=0,
        targets_met=0,
        counted=None,
        required=None,
        attainment=None,
        reoffended=None,
        cohort=None,
        expected=None,
        outcome=None,
        fact=Quadrant.NOT_COMPARED,
        quadrant=Quadrant.NOT_COMPARED,
        probability=None,
        reason="fewer than half of the targets were judged",
    )
    table = trusts_table([*EVERY_QUARTER, lacking], lambda slug: f"/trusts/{slug}/")
    cells = dict(zip([c.label for c in table.columns], table.shown[-1], strict=True))

    assert len(table.rows) == 5
    assert (cells["Trust"].text, cells["Trust"].link) == ("Dorset", "/trusts/dorset/")
    assert cells["Targets met"].text == "none judged"
    assert cells["Quarter"].text == "Not compared"
    assert cells["Quarter"].note == "Fewer than half of the targets were judged."
    assert all("None" not in cell.text and "nan" not in cell.text for row in table.shown for cell in row)


@pytest.mark.parametrize(
    ("given", "estimate", "interval"),
    [
        ({}, "−0.08", "−0.41 to 0.27"),
        ({"lower": None}, "−0.08", ""),
        ({"method": Method.CEILING, "estimate": 0.114, "lower": None}, "11%", ""),
        ({"method": Method.AGAINST_CHANCE, "estimate": 9.0, "lower": 6.0, "upper": 11.25}, "9", ""),
        (
            {"method": Method.LAG, "estimate": 0.0432, "lower": -0.105, "upper": 0.1921},
            "0.043",
            "−0.105 to 0.192",
        ),
        (
            {"method": Method.EXPECTED_MET_WORSE, "estimate": 8.14, "lower": 6.0, "upper": 11.0},
            "8.1",
            "6 to 11",
        ),
        ({"estimate": None, "lower": None, "reason": "too few trusts"}, "Not told", ""),
    ],
)
def test_a_national_figure_is_written_as_its_method_asks(given, estimate, interval):
    ((_, table),) = national_tables([make_national_figure(**given), make_national_figure(n=1)])
    cells = dict(zip([c.label for c in table.columns], table.shown[0], strict=True))

    assert cells["Estimate"].text == estimate
    assert cells["95% interval"].text == interval
    assert ("Why not told" in cells) == (given.get("estimate", 0) is None)


def test_limits_of_chance_stand_with_chance_and_not_with_the_estimate():
    figure = make_national_figure(
        method=Method.AGAINST_CHANCE, estimate=9.0, by_chance=8.75, lower=6.0, upper=11.25
    )
    ((_, table),) = national_tables([figure])
    cells = dict(zip([c.label for c in table.columns], table.shown[0], strict=True))

    assert (cells["By chance alone"].text, cells["By chance alone"].note) == ("8.8", "6 to 11.3")
    assert "95% interval" not in cells


@pytest.mark.parametrize(("p", "written"), [(0.65, "0.65"), (0.0004, "< 0.001"), (0.031, "0.031")])
def test_a_p_value_is_written_under_its_head(p, written):
    ((_, table),) = national_tables([make_national_figure(p=p)])

    assert dict(zip([c.label for c in table.columns], table.shown[0], strict=True))["p"].text == written


def test_national_figures_of_each_subject_and_time_have_a_table_of_their_own():
    captions = [
        caption
        for caption, _ in national_tables(
            [
                make_national_figure(),
                make_national_figure(method=Method.LATENT),
                make_national_figure(subject=Subject.BANDS, method=Method.MISBANDED),
                make_national_figure(period=year(2011)),
            ]
        )
    ]

    assert captions == [
        "Process attainment and reoffending against prediction, 2010-11",
        "Bands, 2010-11",
        "Process attainment and reoffending against prediction, 2011-12",
    ]


def test_a_rating_is_told_in_words_with_how_sure_it_is():
    row = make_rating_row(
        domains=[DomainScore("Interventions", 3.5, ""), DomainScore("Capability", None, "no figures")]
    )
    table = ratings_table([row])
    cells = dict(zip([c.label for c in table.columns], table.shown[0], strict=True))

    assert row.headline == "Good performance (83% likely), 2010-11"
    assert (cells["Rating"].text, cells["Score"].text) == ("Good performance", "3.11")
    assert cells["Likely to belong there"].text == "83%"
    assert cells["Likely to belong there"].note == "Exceptional performance 12%, Requiring improvement 5%"
    assert cells["Scores of its domains"].text == "Interventions: 3.50; Capability: no figures"


@pytest.mark.parametrize(
    ("given", "headline"),
    [
        ({"probabilities": {3: 0.9995, 4: 0.0005}}, "Good performance (above 99% likely), 2010-11"),
        ({"probabilities": {}}, "Good performance, 2010-11"),
        ({"words": {}}, "Band 3 (83% likely), 2010-11"),
        ({"band": None, "probabilities": {}, "score": None, "reason": "no targets"}, "Not rated, 2010-11"),
    ],
)
def test_a_rating_says_no_more_than_is_known(given, headline):
    assert make_rating_row(**given).headline == headline


def test_a_prediction_is_told_with_counts_interval_and_verdicts():
    table = predictions_table([make_prediction_row()])
    cells = dict(zip([c.label for c in table.columns], table.shown[0], strict=True))

    assert (cells["Reoffended"].text, cells["Reoffended"].note) == ("1,641 of 17,000", "9.65%")
    assert (cells["Predicted"].text, cells["Predicted"].note) == ("1,505", "8.85%")
    difference = cells["Difference and its 95% interval"]
    assert (difference.text, difference.note) == ("0.80 points", "0.31 to 1.29")
    assert cells["Against prediction"].text == "Significantly higher than predicted (95%)"
    assert cells["Allowing for usual differences"].text == "Not significantly different from predicted"
    # Nobody has a verdict against all, so that column would be empty.
    assert "Against all trusts" not in cells


@pytest.mark.parametrize(
    ("given", "verdict", "note"),
    [
        (
            {"verdict_changes": True},
            "Significantly higher than predicted (95%)",
            "The verdict hangs on how often the same person is counted.",
        ),
        ({"verdict": "not compared", "reason": "no predicted rate"}, "Not compared", "No predicted rate."),
        (
            {"verdict": "not compared", "flag_reason": "fewer than 5 are expected"},
            "Not compared",
            "Fewer than 5 are expected.",
        ),
        (
            {"verdict": "", "reason": "the figure is missing", "flag_reason": "the figure is missing"},
            "Not compared",
            "The figure is missing.",
        ),
    ],
)
def test_a_verdict_says_what_it_hangs_on_or_why_there_is_none(given, verdict, note):
    row = make_prediction_row(**given)

    assert (row.written_verdict, row.remarks) == (verdict, note)


WORKLOADS = [
    replace(
        make_area(number, measure="offenders-per-offender-manager", unit="rate", value=20.0 + number),
        numerator=None,
        denominator=None,
        period=year(2007),
        decimals=1,
    )
    for number in range(1, 5)
]
ACCOMMODATION = [make_area(number, attainment=95.0 + 3 * number) for number in range(1, 5)]


def link(**given):
    return make_national_figure(subject=Subject.ACCOMMODATION_AND_WORKLOAD, n=42, **given)


@pytest.mark.parametrize(
    ("national", "finding"),
    [
        (None, "offenders each"),
        (link(), "; the one doesn’t tell the other"),
        (
            link(estimate=-0.5, lower=-0.7, upper=-0.2),
            "; where there were more, less of the target was reached",
        ),
        (link(estimate=0.5, lower=0.2, upper=0.7), "; where there were more, more of the target was reached"),
        (link(estimate=None, lower=None, upper=None, reason="only 4 areas"), "offenders each"),
    ],
)
def test_accommodation_beside_workload_says_whether_the_one_tells_the_other(national, finding):
    figure = valid(accommodation_beside_workload(ACCOMMODATION, WORKLOADS, national))

    assert figure.title.endswith(finding)
    assert "4 of 4 areas met their own accommodation target" in figure.title
    assert ("Rank correlation" in figure.caption) == (national is not None)


def test_accommodation_beside_workload_takes_areas_with_both_at_their_latest():
    earlier = [replace(row, period=year(2005), value=99.0) for row in WORKLOADS]
    figure = accommodation_beside_workload(ACCOMMODATION[1:], [*earlier, *WORKLOADS], None)

    assert [row["workload"] for row in figure.table.rows] == [22.0, 23.0, 24.0]
    assert accommodation_beside_workload(ACCOMMODATION, [], None) is None
    assert accommodation_beside_workload([], WORKLOADS, None) is None


def test_accommodation_beside_workload_keeps_met_and_missed_apart():
    missed = [replace(row, target_status=TargetStatus.MISSED) for row in ACCOMMODATION[:1]]
    traces = marks(accommodation_beside_workload([*missed, *ACCOMMODATION[1:]], WORKLOADS, None))

    assert [(trace["name"], len(trace["x"])) for trace in traces] == [
        ("Met own target", 3),
        ("Missed own target", 1),
    ]


def test_a_watermark_is_added_to_what_is_written_and_changes_nothing_else():
    figure = divergence_chart(EVERY_QUARTER)
    marked = with_watermark(figure.plot, "SIMULATED")

    plotly.graph_objects.Figure(marked)
    written = figure.layout["annotations"]
    marks_of_standing = marked["layout"]["annotations"][len(written) :]
    assert marked["layout"]["annotations"][: len(written)] == written
    assert {mark["text"] for mark in marks_of_standing} == {"SIMULATED"}
    # Each quarter of the plot holds one, so that none can be cut out without.
    quarters = {(mark["x"] > 0.5, mark["y"] > 0.5) for mark in marks_of_standing if mark["x"] != 0.5}
    assert quarters == {(True, True), (True, False), (False, True), (False, False)}
    assert marked["data"] == figure.plot["data"]
    assert "SIMULATED" not in str(figure.plot)
