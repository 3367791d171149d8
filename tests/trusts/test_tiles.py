"""The places of the tile maps, as they are shipped and as they are refused."""

import shutil
from collections import Counter

import pytest

from tests.trusts.test_organisations import add, spoil
from trusts.content import ContentError
from trusts.models import OrganisationKind
from trusts.tables import DATA, read_organisations
from trusts.tiles import KINDS_WITH_A_MAP, read_tiles, tiles

TILES = "tiles.csv"
# Pairs of neighbours as anyone knows them: the first lies further north, or further west.
NORTH_OF = [
    ("northumbria", "durham-tees-valley"),
    ("durham-tees-valley", "york-and-north-yorkshire"),
    ("cumbria", "lancashire"),
    ("lancashire", "greater-manchester"),
    ("thames-valley", "hampshire"),
    ("hertfordshire", "london"),
    ("london", "surrey-and-sussex"),
    ("warwickshire", "devon-and-cornwall"),
    ("northumbria-area", "teesside-area"),
    ("north-wales-area", "south-wales-area"),
    ("london-area", "kent-area"),
    ("surrey-area", "sussex-area"),
    ("norfolk-area", "suffolk-area"),
    ("north-east-probation-region", "yorkshire-and-the-humber-probation-region"),
    ("london-probation-region", "kent-surrey-and-sussex-probation-region"),
]
WEST_OF = [
    ("wales", "west-mercia"),
    ("devon-and-cornwall", "dorset"),
    ("merseyside", "greater-manchester"),
    ("avon-and-somerset", "wiltshire"),
    ("london", "kent"),
    ("hertfordshire", "essex"),
    ("west-yorkshire", "humberside"),
    ("dyfed-powys-area", "west-mercia-area"),
    ("devon-and-cornwall-area", "dorset-area"),
    ("london-area", "essex-area"),
    ("cambridgeshire-area", "norfolk-area"),
    ("wales-probation-region", "west-midlands-probation-region"),
    ("south-west-probation-region", "south-central-probation-region"),
]


def kinds() -> dict[str, OrganisationKind]:
    return {located.row.slug: located.row.kind for located in read_organisations()}


def test_each_organisation_of_a_kind_with_a_map_has_one_tile():
    expected = Counter(slug for slug, kind in kinds().items() if kind in KINDS_WITH_A_MAP)

    assert Counter(located.row.organisation for located in read_tiles()) == expected
    assert Counter(kinds()[slug] for slug in tiles()) == {"trust": 35, "area": 42, "probation-region": 12}


@pytest.mark.parametrize("kind", KINDS_WITH_A_MAP)
def test_no_two_of_a_kind_share_a_place_or_letters(kind):
    own = [tile for slug, tile in tiles().items() if kinds()[slug] == kind]

    assert len({(tile.column, tile.row) for tile in own}) == len({tile.letters for tile in own}) == len(own)


@pytest.mark.parametrize("kind", KINDS_WITH_A_MAP)
def test_a_map_is_one_piece(kind):
    """Every tile can be come to from the first by steps to the side, up or down."""
    places = {(tile.column, tile.row) for slug, tile in tiles().items() if kinds()[slug] == kind}
    reached, ahead = set(), [min(places)]
    while ahead:
        column, row = place = ahead.pop()
        if place in places - reached:
            reached.add(place)
            ahead += [(column + 1, row), (column - 1, row), (column, row + 1), (column, row - 1)]

    assert reached == places


@pytest.mark.parametrize(("north", "south"), NORTH_OF)
def test_who_lies_north_stands_above(north, south):
    assert tiles()[north].row < tiles()[south].row


@pytest.mark.parametrize(("west", "east"), WEST_OF)
def test_who_lies_west_stands_left(west, east):
    assert tiles()[west].column < tiles()[east].column


@pytest.mark.parametrize("kind", KINDS_WITH_A_MAP)
def test_a_map_touches_its_west_and_north_edges(kind):
    own = [tile for slug, tile in tiles().items() if kinds()[slug] == kind]

    assert (min(tile.column for tile in own), min(tile.row for tile in own)) == (1, 1)


def test_tiles_are_read_from_north_to_south_and_west_to_east():
    places = [(tile.row, tile.column) for tile in tiles().values()]

    assert places == sorted(places)


@pytest.fixture
def tables(tmp_path):
    for path in DATA.glob("*.csv"):
        shutil.copy(path, tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("start", "old", "new", "said"),
    [
        ("kent,", "Ken", "Lon", "letters: found 'Lon'; expected what no other tile of its kind has"),
        ("kent,", ",6,8", ",5,8", "column: found '5, 8'; expected what no other tile of its kind has"),
        ("kent,", "kent", "kent-crc", "organisation: found 'kent-crc'; expected the slug of a trust"),
        ("kent,", ",6,8", ",0,8", "column"),
        ("kent,", "Ken", "kent", "letters"),
    ],
)
def test_a_tile_that_cannot_be_is_refused_by_row(tables, start, old, new, said):
    number = spoil(tables, TILES, start, old, new)

    with pytest.raises(ContentError) as raised:
        read_tiles(tables)
    assert f"{TILES}, row {number}, {said}" in str(raised.value)


def test_an_organisation_without_a_tile_is_named(tables):
    lines = [line for line in (tables / TILES).read_text().splitlines() if not line.startswith("kent,")]
    (tables / TILES).write_text("\n".join(lines))

    with pytest.raises(ContentError, match="no tile; expected one for kent\\."):
        read_tiles(tables)


def test_an_organisation_stands_once(tables):
    add(tables, TILES, "kent,Kxx,7,9")

    with pytest.raises(ContentError, match="organisation: found 'kent'; expected what no other"):
        read_tiles(tables)
