"""The organisations and successions that the project ships as tables."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

from pydantic import StringConstraints

from trusts.certainty import Certainty
from trusts.content import ContentError, Date, Located, OptionalDate, Problem, Slug, TableRow, read_table
from trusts.models import OrganisationKind
from trusts.models.succession import Territory

DATA = Path(__file__).parent / "data"
KINDS_WITH_A_REGION = (OrganisationKind.AREA, OrganisationKind.TRUST)

Filled = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


class OrganisationRow(TableRow):
    slug: Slug
    code: Annotated[Filled, StringConstraints(max_length=12)]
    name: Annotated[Filled, StringConstraints(max_length=120)]
    kind: OrganisationKind
    region: str
    opened: OptionalDate
    closed: OptionalDate
    certainty: Certainty
    source: str
    note: str


class SuccessionRow(TableRow):
    predecessor: Slug
    successor: Slug
    date: Date
    territory: Territory
    certainty: Certainty
    source: str
    note: str


def read_organisations(directory: Path = DATA) -> list[Located[OrganisationRow]]:
    """Every organisation. Raises ContentError naming each problem."""
    rows = read_table(directory / "organisations.csv", OrganisationRow)
    problems = [*_twice(rows), *_regions(rows), *_dates(rows)]
    if problems:
        raise ContentError(problems)
    return rows


def read_successions(
    organisations: list[Located[OrganisationRow]], directory: Path = DATA
) -> list[Located[SuccessionRow]]:
    """Every succession between those organisations. Raises ContentError naming each problem."""
    rows = read_table(directory / "successions.csv", SuccessionRow)
    known = {located.row.slug for located in organisations}
    problems = [
        *_unknown_organisations(rows, known),
        *_to_itself(rows),
        *_same_succession_twice(rows),
    ]
    if problems:
        raise ContentError(problems)
    return rows


def _twice(rows: list[Located[OrganisationRow]]) -> Iterator[Problem]:
    slugs: set[str] = set()
    codes: set[tuple[str, str]] = set()
    for located in rows:
        row = located.row
        if row.slug in slugs:
            yield located.problem("slug", row.slug, "a slug that stands once in the table")
        if (row.kind, row.code) in codes:
            yield located.problem("code", row.code, f"a code that stands once among kind '{row.kind}'")
        slugs.add(row.slug)
        codes.add((row.kind, row.code))


def _regions(rows: list[Located[OrganisationRow]]) -> Iterator[Problem]:
    regions = {located.row.slug for located in rows if located.row.kind == OrganisationKind.REGION}
    for located in rows:
        row = located.row
        if row.kind in KINDS_WITH_A_REGION and row.region not in regions:
            yield located.problem("region", row.region, "the slug of a NOMS region in this table")
        if row.kind not in KINDS_WITH_A_REGION and row.region:
            yield located.problem("region", row.region, f"an empty cell for kind '{row.kind}'")


def _dates(rows: list[Located[OrganisationRow]]) -> Iterator[Problem]:
    for located in rows:
        opened, closed = located.row.opened, located.row.closed
        if opened and closed and closed < opened:
            yield located.problem("closed", closed, f"a date on or after {opened}, when it opened")


def _unknown_organisations(rows: list[Located[SuccessionRow]], known: set[str]) -> Iterator[Problem]:
    for located in rows:
        for column in ("predecessor", "successor"):
            slug = getattr(located.row, column)
            if slug not in known:
                yield located.problem(column, slug, "the slug of an organisation in organisations.csv")


def _to_itself(rows: list[Located[SuccessionRow]]) -> Iterator[Problem]:
    for located in rows:
        if located.row.predecessor == located.row.successor:
            yield located.problem("successor", located.row.successor, "another organisation")


def _same_succession_twice(rows: list[Located[SuccessionRow]]) -> Iterator[Problem]:
    seen: set[tuple[str, str]] = set()
    for located in rows:
        pair = (located.row.predecessor, located.row.successor)
        if pair in seen:
            yield located.problem("successor", pair[1], f"the pair with {pair[0]} once in the table")
        seen.add(pair)
