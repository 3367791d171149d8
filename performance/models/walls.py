"""Who sees what isn't published: people of a trust their own, people of NOMS all, others nothing."""

from typing import TypeVar

from django.db.models import Model, QuerySet

from trusts.models import Person
from trusts.permission import Permission, has

Rows = TypeVar("Rows", bound="QuerySet[Model]")


def visible_rows(rows: Rows, person: Person) -> Rows:
    """Those of rows with an `organisation` that this person may see."""
    if has(person, Permission.READ_ANY_UNPUBLISHED):
        return rows
    if has(person, Permission.READ_OWN_UNPUBLISHED):
        return rows.filter(organisation=person.organisation_id)
    return rows.none()
