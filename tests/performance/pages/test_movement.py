"""The page on movement between bands, and its files."""

import json

import pytest

from performance.vocabulary import Method
from tests.factories import make_release, make_series
from tests.performance.pages.reading import rows_of
from tests.performance.pages.simulated_figures import YEARS
from tests.performance.pages.test_series import SERIES, opened, published
from tests.performance.pages.test_trusts import file_of, name_of, ratings_in

MOVEMENT = f"{SERIES}movement/"


def moved(release, first: int) -> dict[str, tuple[int, int]]:
    """Both bands of each trust that changed band from that year to the next."""
    before, after = ratings_in(release, first), ratings_in(release, first + 1)
    bands = {name: (before[name].band, after[name].band) for name in after}
    return {name: pair for name, pair in bands.items() if pair[0] != pair[1]}


def test_each_two_years_are_told_the_latest_first_against_chance(client, simulated_one):
    main = opened(client, MOVEMENT).one("main")
    told = [one.text for one in main.all("p") if " changed band from " in one.text]

    assert len(told) == len(YEARS) - 1
    for said, first in zip(told, reversed(YEARS[:-1]), strict=True):
        number = len(moved(simulated_one, first))
        assert said.startswith(f"{number} of 35 trusts changed band from {name_of(first)} to")
        assert "chance and each year’s own rules" in said


def test_what_chance_would_move_is_as_the_release_has_it(client, simulated_one):
    figure = simulated_one.national_results.filter(method=Method.BAND_CHANGES).latest("period_start")
    text = opened(client, MOVEMENT).one("main").text

    assert f"about {figure.by_chance:.1f} ({figure.lower:.0f} to {figure.upper:.0f} in 95 of 100" in text


def test_who_moved_is_listed_with_both_bands_and_their_certainty(client, simulated_one):
    rows = rows_of(opened(client, MOVEMENT).all("table")[1])
    expected = {
        (name, f"{name_of(first)} to {name_of(first + 1)}", "Up" if after > before else "Down")
        for first in YEARS[:-1]
        for name, (before, after) in moved(simulated_one, first).items()
    }

    assert {(row["Trust"].text, row["Years"].text, row["Movement"].text) for row in rows} == expected
    assert all(row["From"].note.endswith("% likely") and row["To"].note.endswith("% likely") for row in rows)


def test_transition_tables_hold_every_trust(client, simulated_one):
    tables = opened(client, MOVEMENT).all("table")[2:]

    assert len(tables) == len(YEARS) - 1
    for table in tables:
        assert sum(int(row["All"].text) for row in rows_of(table)) == 35


def test_the_figure_counts_every_trust_once_a_year(client, simulated_one):
    page = opened(client, MOVEMENT)
    plot = json.loads(page.one("script", type="application/json", id="movement-data").source)
    (squares,) = [trace for trace in plot["data"] if trace["mode"] == "markers+text"]

    for year in range(len(YEARS)):
        held = [int(text) for x, text in zip(squares["x"], squares["text"], strict=True) if x == year]
        assert sum(held) == 35


def test_files_have_every_way_and_every_trust(client, simulated_one):
    ways, trusts = (file_of(client, f"{MOVEMENT}{name}.csv") for name in ("movement", "trusts"))

    assert sum(int(row["trusts"]) for row in ways) == 35 * (len(YEARS) - 1) == len(trusts)
    assert {row["movement"] for row in trusts} <= {"up", "down", "same"}
    assert client.get(f"{MOVEMENT}nothing.csv").status_code == 404


@pytest.mark.parametrize("address", ["/movement/", "/series/other/movement/"])
def test_where_nobody_is_rated_twice_there_is_no_movement_and_it_says_so(client, simulated_one, address):
    published(make_release(series=make_series(slug="other", standing="simulated"), number=1))
    page = opened(client, address)

    assert "no movement can be told" in page.one("main").text
    assert not page.all("figure")
    assert client.get(f"{address}movement.csv").status_code == 404


def test_movement_takes_at_most_12_queries(client, simulated_one, django_assert_max_num_queries):
    with django_assert_max_num_queries(12):
        assert client.get(MOVEMENT).status_code == 200
