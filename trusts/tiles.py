"""Where each organisation stands on a tile map: one tile for each, all of one size, as near to its
neighbours on the ground as a grid allows. Drawn by us."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Annotated

from pydantic import Field, StringConstraints

from trusts.content import ContentError, Located, Problem, Slug, TableRow, read_table
from trusts.models import OrganisationKind
from trusts.tables import DATA, read_organisations

# Kinds that cover England and Wales without overlap, and so have a map.
KINDS_WITH_A_MAP = (OrganisationKind.TRUST, OrganisationKind.AREA, OrganisationKind.PROBATION_REGION)
# The style sheet has a class for each place.
MOST = 12

Place = Annotated[int, Field(ge=1, le=MOST)]


class TileRow(TableRow):
    organisation: Slug
    letters: Annotated[str, StringConstraints(pattern=r"^[A-Z][A-Za-z]{1,2}$")]
    column: Place
    row: Place


@dataclass(frozen=True)
class Tile:
    """Columns are counted from the west, rows from the north, both from 1; `letters` stand for the
    name where there is no room for it."""

    letters: str
    column: int
    row: int


def read_tiles(directory: Path = DATA) -> list[Located[TileRow]]:
    """Every tile. Raises ContentError naming each problem: each organisation of a kind with a map has
    one, and no two of a kind share a place or letters."""
    kinds = {located.row.slug: located.row.kind for located in read_organisations(directory)}
    rows = read_table(directory / "tiles.csv", TileRow)
    problems = [*_without_a_map(rows, kinds), *_shared(rows, kinds), *_left_out(rows, kinds)]
    if problems:
        raise ContentError(problems)
    return rows


@cache
def tiles() -> dict[str, Tile]:
    """The shipped tiles by the slug of their organisation, from north to south and west to east."""
    rows = sorted((located.row for located in read_tiles()), key=lambda row: (row.row, row.column))
    return {row.organisation: Tile(row.letters, row.column, row.row) for row in rows}


Kinds = dict[str, OrganisationKind]


def _without_a_map(rows: list[Located[TileRow]], kinds: Kinds) -> Iterator[Problem]:
    for located in rows:
        if kinds.get(located.row.organisation) not in KINDS_WITH_A_MAP:
            yield located.problem(
                "organisation", located.row.organisation, "the slug of a trust, an area or a probation region"
            )


def _shared(rows: list[Located[TileRow]], kinds: Kinds) -> Iterator[Problem]:
    seen: set[tuple[OrganisationKind | None, str, str]] = set()
    for located in rows:
        row = located.row
        kind = kinds.get(row.organisation)
        place = f"{row.column}, {row.row}"
        for column, value in (
            ("organisation", row.organisation),
            ("letters", row.letters),
            ("column", place),
        ):
            if (kind, column, value) in seen:
                yield located.problem(column, value, "what no other tile of its kind has")
            seen.add((kind, column, value))


def _left_out(rows: list[Located[TileRow]], kinds: Kinds) -> Iterator[Problem]:
    on_a_map = {located.row.organisation for located in rows}
    for slug, kind in kinds.items():
        if kind in KINDS_WITH_A_MAP and slug not in on_a_map:
            yield Problem("tiles.csv", len(rows) + 1, "organisation", "no tile", f"one for {slug}")
