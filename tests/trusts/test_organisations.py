from pathlib import Path

import pytest

from trusts.content import ContentError
from trusts.loader import load_organisations
from trusts.models import Organisation, Succession

ORGANISATIONS, SUCCESSIONS = "organisations.csv", "successions.csv"


def lines_of(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines()


def spoil(directory: Path, file: str, start: str, old: str, new: str) -> int:
    """Replace text in the row that begins with `start`. Returns the row's number."""
    lines = lines_of(directory / file)
    (number,) = [n for n, line in enumerate(lines) if line.startswith(start)]
    assert old in lines[number]
    lines[number] = lines[number].replace(old, new, 1)
    (directory / file).write_text("\n".join(lines), encoding="utf-8")
    return number + 1


def add(directory: Path, file: str, row: str) -> int:
    lines = [*lines_of(directory / file), row]
    (directory / file).write_text("\n".join(lines), encoding="utf-8")
    return len(lines)


def everything() -> list[list[tuple]]:
    kept = [field.attname for field in Organisation._meta.concrete_fields]
    pairs = ("predecessor", "successor", "date", "territory", "certainty", "source", "note")
    return [
        list(Organisation.objects.order_by("slug").values_list(*kept)),
        list(Succession.objects.order_by("predecessor", "successor").values_list(*pairs)),
    ]


def refusal(directory: Path) -> str:
    with pytest.raises(ContentError) as raised:
        load_organisations(directory)
    assert not Organisation.objects.exists()
    assert not Succession.objects.exists()
    return str(raised.value)


@pytest.mark.parametrize(
    ("kind", "count"),
    [
        ("nation", 1),
        ("provider", 2),
        ("region", 10),
        ("area", 42),
        ("trust", 35),
        ("crc", 21),
        ("nps-division", 7),
        ("probation-region", 12),
        ("peer-group", 3),
    ],
)
def test_the_shipped_table_has_so_many_of_a_kind(organisations, kind, count):
    assert Organisation.objects.of_kind(kind).count() == count


def test_every_area_and_trust_has_a_region_and_nothing_else_has(organisations):
    with_region = Organisation.objects.filter(region__kind="region")

    assert {organisation.kind for organisation in with_region} == {"area", "trust"}
    assert with_region.count() == 42 + 35
    assert Organisation.objects.filter(region__isnull=True).count() == 133 - 77


def test_an_area_and_the_trust_of_its_place_share_their_code(organisations):
    codes = Organisation.objects.filter(name__startswith="Hertfordshire").values_list("kind", "code")

    assert set(codes) == {("area", "HFS"), ("trust", "HFS")}


def test_every_organisation_but_the_nation_has_a_source(organisations):
    assert not Organisation.objects.filter(source="").exists()


def test_every_area_and_every_trust_has_a_successor(organisations):
    assert not Organisation.objects.of_kind("area", "trust", "crc", "nps-division").filter(
        successions_out__isnull=True
    )


def test_loading_again_changes_nothing(organisations):
    before = everything()

    assert load_organisations().organisations == 133

    assert everything() == before


def test_a_corrected_table_corrects_what_is_stored(organisations, tables):
    spoil(tables, ORGANISATIONS, "durham-area,", "Durham", "County Durham")

    load_organisations(tables)

    assert Organisation.objects.get(slug="durham-area").name == "County Durham"
    assert Organisation.objects.count() == 133


def test_a_corrected_slug_replaces_the_wrong_one(organisations, tables):
    spoil(tables, ORGANISATIONS, "nps-london,", "nps-london", "nps-greater-london")
    for successor in ("london-probation-region", "nps-london"):
        start = "nps-london," if successor.endswith("region") else "london,nps-london"
        spoil(tables, SUCCESSIONS, start, "nps-london", "nps-greater-london")

    load_organisations(tables)

    assert Organisation.objects.of_kind("nps-division").count() == 7


def test_a_slug_twice_is_refused(db, tables):
    row = add(tables, ORGANISATIONS, "durham-area,XXX,Durham,nation,,,,verbatim,,")

    assert refusal(tables) == (
        f"organisations.csv, row {row}, slug: found 'durham-area'; "
        "expected a slug that stands once in the table."
    )


def test_a_code_twice_in_a_kind_is_refused(db, tables):
    row = add(tables, ORGANISATIONS, "elsewhere,N01,Elsewhere,nps-division,,,,verbatim,,")

    assert refusal(tables) == (
        f"organisations.csv, row {row}, code: found 'N01'; "
        "expected a code that stands once among kind 'nps-division'."
    )


@pytest.mark.parametrize(
    ("slug", "old", "new", "column", "found", "expected"),
    [
        ("durham-area", "north-east-region", "nowhere", "region", "'nowhere'", "slug of a NOMS region"),
        ("durham-area", "north-east-region", "durham", "region", "'durham'", "slug of a NOMS region"),
        ("durham-area", "north-east-region", "", "region", "an empty cell", "slug of a NOMS region"),
        ("nps-wales", ",,2014", ",wales-region,2014", "region", "'wales-region'", "an empty cell for kind"),
        ("durham-area", "2010-03-31", "2001-03-31", "closed", "'2001-03-31'", "on or after 2001-04-01"),
        ("durham-area", ",area,", ",county,", "kind", "'county'", "'nation', 'provider', 'region'"),
        ("durham-area", "unverified", "likely", "certainty", "'likely'", "'verbatim', 'second-hand'"),
        ("durham-area", "2001-04-01", "1 April", "opened", "'1 April'", "a date such as 2010-04-01"),
        ("durham-area", ",Durham,", ",,", "name", "an empty cell", "at least 1 character"),
        ("durham-area", "durham-area", "Durham Area", "slug", "'Durham Area'", "pattern"),
    ],
)
def test_a_bad_organisation_is_refused(db, tables, slug, old, new, column, found, expected):
    row = spoil(tables, ORGANISATIONS, f"{slug},", old, new)

    text = refusal(tables)

    assert f"organisations.csv, row {row}, {column}: found {found}; expected " in text
    assert expected in text


@pytest.mark.parametrize(
    ("column", "old", "new"),
    [("predecessor", "gwent-area,", "gwent,"), ("successor", ",wales,", ",cymru,")],
)
def test_a_succession_of_an_unknown_organisation_is_refused(db, tables, column, old, new):
    row = spoil(tables, SUCCESSIONS, "gwent-area,", old, new)

    assert refusal(tables) == (
        f"successions.csv, row {row}, {column}: found '{new.strip(',')}'; "
        "expected the slug of an organisation in organisations.csv."
    )


def test_a_pair_twice_is_refused(db, tables):
    row = add(tables, SUCCESSIONS, "gwent-area,wales,2010-04-01,whole,verbatim,,")

    assert refusal(tables) == (
        f"successions.csv, row {row}, successor: found 'wales'; "
        "expected the pair with gwent-area once in the table."
    )


def test_a_succession_to_itself_is_refused(db, tables):
    row = add(tables, SUCCESSIONS, "wales,wales,2010-04-01,whole,verbatim,,")

    assert f"successions.csv, row {row}, successor: found 'wales'" in refusal(tables)


@pytest.mark.parametrize(
    ("old", "new", "column"),
    [
        ("2010-04-01", "2010-04-31", "date"),
        ("2010-04-01", "", "date"),
        ("whole", "most", "territory"),
        ("verbatim", "sure", "certainty"),
    ],
)
def test_a_bad_succession_is_refused(db, tables, old, new, column):
    row = spoil(tables, SUCCESSIONS, "gwent-area,", old, new)

    found = f"'{new}'" if new else "an empty cell"
    assert f"successions.csv, row {row}, {column}: found {found}; expected " in refusal(tables)


def test_a_code_or_name_too_long_to_store_is_refused(db, tables):
    """SQLite would keep it, PostgreSQL wouldn't."""
    row = add(tables, ORGANISATIONS, f"elsewhere,{'X' * 13},{'Y' * 121},nation,,,,verbatim,,")

    text = refusal(tables)

    assert f"organisations.csv, row {row}, code:" in text
    assert f"organisations.csv, row {row}, name:" in text


def test_all_problems_of_a_table_are_named_at_once(db, tables):
    spoil(tables, ORGANISATIONS, "durham-area,", "north-east-region", "nowhere")
    spoil(tables, ORGANISATIONS, "wales,", "2014-05-31", "2001-01-01")

    assert len(refusal(tables).splitlines()) == 2


def test_a_bad_table_leaves_what_was_stored_before(organisations, tables):
    before = everything()
    spoil(tables, ORGANISATIONS, "durham-area,", "Durham", "County Durham")
    spoil(tables, SUCCESSIONS, "gwent-area,", "whole", "most")

    with pytest.raises(ContentError):
        load_organisations(tables)

    assert everything() == before
