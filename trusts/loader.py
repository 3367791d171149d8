"""Bringing the shipped organisations and successions into the database."""

from dataclasses import dataclass
from pathlib import Path

from django.db import transaction

from trusts.content import Located
from trusts.models import Organisation, Succession
from trusts.tables import DATA, OrganisationRow, SuccessionRow, read_organisations, read_successions


@dataclass(frozen=True)
class Loaded:
    organisations: int
    successions: int


def load_organisations(directory: Path = DATA) -> Loaded:
    """Make the database hold what the tables say. Raises ContentError and stores nothing if a
    table has a problem. Loading again changes nothing."""
    organisations = read_organisations(directory)
    successions = read_successions(organisations, directory)
    with transaction.atomic():
        _store_organisations(organisations)
        _store_successions(successions)
    return Loaded(len(organisations), len(successions))


def _store_organisations(rows: list[Located[OrganisationRow]]) -> None:
    fields = ["code", "name", "kind", "opened", "closed", "certainty", "source", "note"]
    Organisation.objects.bulk_create(
        [Organisation(**located.row.model_dump(exclude={"region"})) for located in rows],
        update_conflicts=True,
        unique_fields=["slug"],
        update_fields=fields,
    )
    stored = Organisation.objects.in_bulk(field_name="slug")
    for located in rows:
        stored[located.row.slug].region = stored.get(located.row.region)
    Organisation.objects.bulk_update(stored.values(), ["region"])


def _store_successions(rows: list[Located[SuccessionRow]]) -> None:
    """Successions hang on nothing else, so they are simply written anew."""
    stored = Organisation.objects.in_bulk(field_name="slug")
    Succession.objects.all().delete()
    Succession.objects.bulk_create(
        Succession(
            predecessor=stored[located.row.predecessor],
            successor=stored[located.row.successor],
            **located.row.model_dump(exclude={"predecessor", "successor"}),
        )
        for located in rows
    )
