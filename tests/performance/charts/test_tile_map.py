"""Steps, legend and sentence of a tile map, at their edges."""

from dataclasses import replace

import pytest

from performance.charts.tile_map import TileMap, map_table, steps_of, tile_map
from performance.releases.tile_rows import (
    MapFigure,
    Subject,
    is_against_target,
    of_attainment,
    of_outcome,
    of_rating,
    of_result,
)
from performance.vocabulary import Polarity, Status, Unit
from tests.performance.charts.findings import make_divergence_row, make_rating_row
from tests.performance.charts.rows import make_row, year
from trusts.tiles import Tile

SUBJECT = Subject("oasys", "Assessments on time", Polarity.HIGHER, measure="oasys")
BAND = Subject("band", "Rating", Polarity.HIGHER)


def figure(number: int, value: float | None, **given) -> MapFigure:
    written = {"written": f"{value:g}%"} if value is not None else {}
    return MapFigure(f"t{number}", f"T{number} Probation Trust", value=value, **written | given)


def figures(*values: float | None) -> list[MapFigure]:
    return [figure(number, value) for number, value in enumerate(values)]


def drawn(some: list[MapFigure], subject: Subject = SUBJECT) -> TileMap:
    places = {f"t{number}": Tile(f"T{number}", number + 1, 1) for number in range(len(some))}
    return tile_map(subject, year(2012), "trust", some, places)


TEN = figures(*range(10, 110, 10))


def test_steps_are_fifths_from_the_lowest_to_the_highest():
    assert list(steps_of(TEN).values()) == [1, 1, 2, 2, 3, 3, 4, 4, 5, 5]


def test_equal_figures_share_a_step():
    steps = steps_of(figures(10, 10, 10, 10, 20, 30))

    assert len({steps[f"t{number}"] for number in range(4)}) == 1


@pytest.mark.parametrize("number", [1, 4])
def test_fewer_than_five_figures_are_all_of_one_step_that_says_so(number):
    shown = drawn([*TEN[:number], figure(number, None)])

    assert {tile.look for tile in shown.tiles[:number]} == {"step-3"}
    assert (shown.legend[0].words, shown.legend[0].number) == ("Too few for fifths", number)


def test_the_legend_tells_the_limits_of_each_fifth_the_highest_first():
    legend = drawn(TEN).legend

    assert [(entry.look, entry.limits, entry.number) for entry in legend] == [
        ("step-5", "90% to 100%", 2),
        ("step-4", "70% to 80%", 2),
        ("step-3", "50% to 60%", 2),
        ("step-2", "30% to 40%", 2),
        ("step-1", "10% to 20%", 2),
    ]


def test_a_fifth_that_ties_left_empty_is_not_in_the_legend():
    legend = drawn(figures(10, 10, 10, 10, 10, 30)).legend

    assert all(entry.number for entry in legend)
    assert [entry.limits for entry in legend] == ["30%", "10%"]


def test_every_way_of_having_no_number_looks_and_reads_otherwise():
    absent = [
        figure(5, None),
        *(
            figure(number, None, status=status, written=status.label)
            for number, status in enumerate(
                (Status.MISSING, Status.SUPPRESSED, Status.NOT_APPLICABLE, Status.NIL), 6
            )
        ),
    ]
    shown = drawn([*figures(1, 2, 3, 4, 5), *absent])

    assert [(tile.look, tile.words) for tile in shown.tiles[5:]] == [
        ("missing", "No figure held"),
        ("missing", "Not published"),
        ("suppressed", "Suppressed"),
        ("not-applicable", "Not applicable"),
        ("nil", "Nil return"),
    ]
    assert [entry.number for entry in shown.legend[-5:]] == [1] * 5


@pytest.mark.parametrize(
    ("some", "said"),
    [
        (TEN, "from 10% in T0 to 100% in T9, of 10 trusts"),
        (figures(10, 10, 30), "from 10% in T0 and 1 other to 30% in T2, of 3 trusts"),
        (figures(10, None, 30), "from 10% in T0 to 30% in T2, of 2 with a figure out of 3 trusts"),
        (figures(10, 10), "10% in each of 2 trusts"),
        (figures(10), "10% in each of 1 trust"),
        (figures(None, None), "no figure for any of 2 trusts"),
        (
            [figure(0, 10, counts="1 of 10"), figure(1, 50, counts="5 of 10")],
            "from 10% in T0 (1 of 10) to 50% in T1 (5 of 10), of 2 trusts",
        ),
    ],
)
def test_the_title_says_the_range_of_how_many_and_where_the_ends_are(some, said):
    assert drawn(some).title == f"Assessments on time, 2012-13: {said}"


def rated(*bands: int | None) -> list[MapFigure]:
    return [
        replace(of_rating(make_rating_row(band=band)), organisation=f"t{number}")
        for number, band in enumerate(bands)
    ]


def test_a_map_of_ratings_has_the_words_of_the_bands_also_of_those_that_nobody_is_in():
    shown = drawn(rated(3, 3, 2, None), BAND)

    assert [(entry.look, entry.words, entry.limits, entry.number) for entry in shown.legend] == [
        ("step-5", "Exceptional performance", "", 0),
        ("step-4", "Good performance", "", 2),
        ("step-2", "Requiring improvement", "", 1),
        ("missing", "Not rated", "", 1),
    ]
    assert shown.title == (
        "Rating, 2012-13: 2 Good performance, 1 Requiring improvement, of 3 with a figure out of 4 trusts"
    )


def test_a_rating_on_a_tile_stands_with_its_certainty():
    (tile, *_) = drawn(rated(3, 2), BAND).tiles

    assert (tile.figure.written, tile.figure.counts) == ("Good performance", "83% likely")
    assert tile.figure.note == "Exceptional performance 12%, Requiring improvement 5%"


def test_tiles_stand_in_the_order_of_the_map_and_without_a_place_there_is_none():
    places = {"t2": Tile("Two", 1, 1), "t0": Tile("Nil", 2, 1)}
    shown = tile_map(SUBJECT, year(2012), "trust", figures(1, 2, 3), places)

    assert [tile.figure.organisation for tile in shown.tiles] == ["t2", "t0"]


def test_the_table_leaves_out_columns_that_say_nothing_and_what_is_true_of_all():
    noted = [replace(one, note="Added up from 12 months.") for one in TEN]
    shown = drawn(noted)
    table = map_table(shown, lambda slug: f"/{slug}/", year(2012), "oasys")

    assert shown.note == "Added up from 12 months."
    assert [column.label for column in table.columns] == ["Name", "Figure", "Step on the map"]
    assert table.shown[0][0].link == "/t0/"
    assert [cell.text for cell in table.shown[0]] == ["T0 Probation Trust", "10%", "Lowest fifth"]


def test_a_note_of_some_is_a_column():
    table = map_table(drawn([replace(TEN[0], note="Misprint."), *TEN[1:]]), str, year(2012), "oasys")

    assert "What to know of it" in [column.label for column in table.columns]


def test_a_share_comes_with_its_counts():
    row = make_row(numerator=479, denominator=692, value=69.2)
    found = of_result(row, against_target=False)

    assert (found.value, found.written, found.counts) == (69.2, "69%", "479 of 692")


def test_a_number_of_cases_is_set_against_its_target():
    row = make_row(unit=Unit.COUNT, value=950.0, target=1_000.0, attainment=95.0)
    found = of_result(row, against_target=is_against_target([row]))

    assert (found.value, found.written, found.counts) == (95.0, "95% of target", "950 for 1,000")


def test_a_number_of_cases_without_a_target_among_others_that_have_one_is_not_compared():
    row = make_row(unit=Unit.COUNT, value=950.0)
    found = of_result(row, against_target=True)

    assert (found.value, found.written, found.counts, found.is_known) == (None, "No target", "950", False)
    assert not is_against_target([row])


def test_a_suppressed_result_keeps_its_status():
    found = of_result(make_row(value=None, status=Status.SUPPRESSED), against_target=False)

    assert (found.written, found.lacks) == ("Suppressed", Status.SUPPRESSED)


def test_process_and_outcome_come_with_their_counts():
    row = make_divergence_row()

    assert (of_attainment(row).written, of_attainment(row).counts) == ("102.0%", "9,300 for 9,120")
    assert of_outcome(row).written == "0.80 points above"
    assert of_outcome(row).counts == "1,641 of 17,000, 1,505 predicted"


def test_who_lacks_a_side_is_not_compared_and_says_why():
    row = make_divergence_row(
        outcome=None, expected=None, reoffended=None, cohort=None, reason="no cohort is known"
    )
    found = of_outcome(row)

    assert (found.written, found.counts, found.note, found.is_known) == (
        "Not compared",
        "",
        "No cohort is known.",
        False,
    )


def test_steps_of_what_was_worked_out_are_the_best_and_the_worst():
    legend = drawn(TEN, Subject("outcome", "Outcome against prediction", Polarity.HIGHER)).legend

    assert [entry.words for entry in legend] == [
        "Best fifth",
        "Second best fifth",
        "Middle fifth",
        "Second worst fifth",
        "Worst fifth",
    ]
