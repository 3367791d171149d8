"""Bringing the shipped organisations and successions into the database."""

from dataclasses import dataclass
from pathlib import Path

from django.db import transaction
from django.db.models import ProtectedError

from trusts.content import ContentError, Located, Problem
from trusts.models import Organisation, Succession
from trusts.tables import DATA, OrganisationRow, SuccessionRow, read_organisations, read_successions


@dataclass(frozen=True)
class Loaded:
    organisations: int
    successions: int


def load_organisations(directory: Path = DATA) -> Loaded:
    """Make the database hold what the tables say, and nothing else. Raises ContentError and
    stores nothing if a table has a problem. Loading again changes nothing."""
    organisations = read_organisations(directory)
    successions = read_successions(organisations, directory)
    with transaction.atomic():
        Succession.objects.all().delete()
        _store_organisations(organisations)
        _remove_dropped(organisations)
        _store_successions(successions)
    return Loaded(len(organisations), len(successions))


def _store_organisations(rows: list[Located[OrganisationRow]]) -> None:
    """Known by kind and code, so that a corrected slug or name changes the row that has it."""
    fields = ["slug", "name", "opened", "closed", "certainty", "source", "note"]
    Organisation.objects.bulk_create(
        [Organisation(**located.row.model_dump(exclude={"region"})) for located in rows],
        update_conflicts=True,
        unique_fields=["kind", "code"],
        update_fields=fields,
    )
    stored = Organisation.objects.in_bulk(field_name="slug")
    for located in rows:
        stored[located.row.slug].region = stored.get(located.row.region)
    Organisation.objects.bulk_update(stored.values(), ["region"])


def _remove_dropped(rows: list[Located[OrganisationRow]]) -> None:
    dropped = Organisation.objects.exclude(slug__in=[located.row.slug for located in rows])
    try:
        dropped.delete()
    except ProtectedError as error:
        names = ", ".join(sorted(organisation.slug for organisation in dropped))
        expected = "a row for each, as figures or people belong to them"
        raise ContentError(
            [Problem("organisations.csv", 1, "slug", f"no row for {names}", expected)]
        ) from error


def _store_successions(rows: list[Located[SuccessionRow]]) -> None:
    """Successions hang on nothing else, so they are simply written anew."""
    stored = Organisation.objects.in_bulk(field_name="slug")
    Succession.objects.bulk_create(
        Succession(
            predecessor=stored[located.row.predecessor],
            successor=stored[located.row.successor],
            **located.row.model_dump(exclude={"predecessor", "successor"}),
        )
        for located in rows
    )
