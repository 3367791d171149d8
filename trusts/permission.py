"""Who may do what: one list of permissions, and the roles that have each.

A rule that looks at more than the role, such as whose release it is, stands beside the action it
guards and asks here first.
"""

from trusts.models import Person, Role
from trusts.words import Word


class NotAllowed(Exception):
    """The action may not be done. Its text says why, for the person who tried."""


class Permission(Word):
    """The label follows 'may'."""

    READ_PUBLISHED = "read-published", "read published releases, export them and ask the API for them"
    SEND_OWN_RETURN = "send-own-return", "upload and submit a return of their own trust"
    APPROVE_OWN_RETURN = "approve-own-return", "approve a return of their own trust"
    READ_OWN_UNPUBLISHED = "read-own-unpublished", "read unpublished figures of their own trust"
    READ_ANY_UNPUBLISHED = "read-any-unpublished", "read unpublished figures of any trust"
    REVIEW_RETURN = "review-return", "accept a return or send it back"
    LOAD_ANY_RETURN = "load-any-return", "load returns for any trust"
    BUILD_RELEASE = "build-release", "have a release built, or end its building"
    PUBLISH_RELEASE = "publish-release", "publish, correct or withdraw a release"
    MANAGE_DEFINITIONS = "manage-definitions", "change organisations and frameworks"
    MANAGE_PEOPLE = "manage-people", "invite people and say what they may do"


# What needs no account.
PUBLIC = frozenset({Permission.READ_PUBLISHED})
NOMS = PUBLIC | {
    Permission.READ_ANY_UNPUBLISHED,
    Permission.REVIEW_RETURN,
    Permission.LOAD_ANY_RETURN,
    Permission.BUILD_RELEASE,
}
ROLES: dict[Role, frozenset[Permission]] = {
    Role.TRUST_OFFICER: PUBLIC | {Permission.SEND_OWN_RETURN, Permission.READ_OWN_UNPUBLISHED},
    Role.CHIEF_EXECUTIVE: PUBLIC | {Permission.APPROVE_OWN_RETURN, Permission.READ_OWN_UNPUBLISHED},
    Role.NOMS_ANALYST: NOMS,
    Role.NOMS_PUBLISHER: NOMS | {Permission.PUBLISH_RELEASE},
    Role.ADMINISTRATOR: PUBLIC | {Permission.MANAGE_DEFINITIONS, Permission.MANAGE_PEOPLE},
}
# Who has one of them sends returns.
SENDERS = (Permission.SEND_OWN_RETURN, Permission.LOAD_ANY_RETURN)
SOMEBODY: dict[Role, str] = {
    Role.TRUST_OFFICER: "a trust information officer",
    Role.CHIEF_EXECUTIVE: "a trust chief executive",
    Role.NOMS_ANALYST: "a NOMS analyst",
    Role.NOMS_PUBLISHER: "a NOMS publisher",
    Role.ADMINISTRATOR: "an administrator",
}


def has(person: Person, permission: Permission) -> bool:
    """Whether the person's role has it. Someone who was deactivated may do nothing."""
    return person.is_active and permission in ROLES[Role(person.role)]


def check_has(person: Person, permission: Permission, to: str = "") -> None:
    """Raises NotAllowed unless the person has the permission. `to` names the one thing that was
    tried where the permission covers several, such as 'withdraw a release'."""
    check_is_active(person)
    if not has(person, permission):
        raise NotAllowed(f"Only {who_has(permission)} may {to or permission.label}.")


def check_is_active(person: Person) -> None:
    """Raises NotAllowed for somebody whose account is closed."""
    if not person.is_active:
        raise NotAllowed(f"The account of {person} is deactivated, so it may do nothing.")


def who_has(permission: Permission) -> str:
    """The roles that have it, as words: 'a NOMS analyst or a NOMS publisher'."""
    return " or ".join(SOMEBODY[role] for role, permissions in ROLES.items() if permission in permissions)
