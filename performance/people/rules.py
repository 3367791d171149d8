"""Who may do what with people's accounts. An administrator, and never with their own: so there is
always one left."""

from collections.abc import Callable

from trusts.models import Organisation, OrganisationKind, Person, Role
from trusts.models.person import TRUST_ROLES
from trusts.permission import SOMEBODY, NotAllowed, Permission, check_has


def check_may_manage_people(by: Person) -> None:
    """Raises NotAllowed unless this person may invite others."""
    check_has(by, Permission.MANAGE_PEOPLE)


def check_fits(role: Role, organisation: Organisation | None) -> None:
    """Raises NotAllowed unless a person of this role belongs where it is said. NOMS staff and
    administrators belong to no organisation that is measured."""
    if role in TRUST_ROLES and (organisation is None or organisation.kind != OrganisationKind.TRUST):
        raise NotAllowed(f"Say which trust they work for: {SOMEBODY[role]} acts for one trust.")
    if role not in TRUST_ROLES and organisation is not None:
        raise NotAllowed(f"Choose no trust: {SOMEBODY[role]} doesn't work for one.")


def check_may_deactivate(person: Person, by: Person) -> None:
    """Raises NotAllowed unless this account may be closed now, by this person."""
    _check_may_change(person, by)
    if not person.is_active:
        raise NotAllowed(f"The account of {person} is deactivated already.")


def check_may_activate(person: Person, by: Person) -> None:
    """Raises NotAllowed unless this account may be opened again now, by this person."""
    _check_may_change(person, by)
    if person.is_active:
        raise NotAllowed(f"The account of {person} is active already.")
    _check_has_address(person)


def check_may_invite_again(person: Person, by: Person) -> None:
    """Raises NotAllowed unless this person may be sent another invitation."""
    _check_may_change(person, by)
    if not person.is_active:
        raise NotAllowed(f"The account of {person} is deactivated: activate it first.")
    _check_has_address(person)
    if person.has_usable_password():
        raise NotAllowed(f"{person} needs no invitation: they can choose another password when they sign in.")


def check_may_change_role(person: Person, by: Person) -> None:
    """Raises NotAllowed unless this person may say what the other does."""
    _check_may_change(person, by)


Rule = Callable[[Person, Person], None]


def can(rule: Rule, person: Person, by: Person) -> bool:
    """Whether one of the rules above lets it happen."""
    try:
        rule(person, by)
    except NotAllowed:
        return False
    return True


def _check_may_change(person: Person, by: Person) -> None:
    check_may_manage_people(by)
    if person.pk == by.pk:
        raise NotAllowed("This is your own account, so another administrator must change it.")


def _check_has_address(person: Person) -> None:
    if not person.email:
        raise NotAllowed(f"The account of {person} has no email address to send an invitation to.")
