"""Who sees what isn't published: people of a trust their own, people of NOMS all, others nothing."""

from typing import Any, TypeVar

from django.db.models import Model, QuerySet

from trusts.models import Person
from trusts.permission import NotAllowed, Permission, has, who_has

READERS_OF_RETURNS = (Permission.READ_OWN_UNPUBLISHED, Permission.READ_ANY_UNPUBLISHED)

Rows = TypeVar("Rows", bound="QuerySet[Model]")


def visible_rows(rows: Rows, person: Person) -> Rows:
    """Those of rows with an `organisation` that this person may see."""
    if has(person, Permission.READ_ANY_UNPUBLISHED):
        return rows
    if has(person, Permission.READ_OWN_UNPUBLISHED):
        return rows.filter(organisation=person.organisation_id)
    return rows.none()


def is_visible(row: Any, person: Person) -> bool:
    """As visible_rows, of one that was read already."""
    if has(person, Permission.READ_ANY_UNPUBLISHED):
        return True
    return has(person, Permission.READ_OWN_UNPUBLISHED) and row.organisation_id == person.organisation_id


def check_may_read_returns(person: Person) -> None:
    """Raises NotAllowed for those who may see nobody's."""
    if not any(has(person, permission) for permission in READERS_OF_RETURNS):
        who = " or ".join(who_has(permission) for permission in READERS_OF_RETURNS)
        raise NotAllowed(f"Only {who} may see what trusts have sent.")
