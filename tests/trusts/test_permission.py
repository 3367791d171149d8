"""Who may do what, as the design has it."""

import pytest

from tests.factories import make_organisation, make_person
from trusts.models import Role
from trusts.models.person import TRUST_ROLES
from trusts.permission import (
    PUBLIC,
    ROLES,
    NotAllowed,
    Permission,
    check_has,
    has,
    who_has,
)

OFFICER, CHIEF, ANALYST, PUBLISHER, ADMINISTRATOR = Role

# The rows of the design's table. One row may stand for several permissions that go together.
TABLE = [
    (Permission.READ_PUBLISHED, {OFFICER, CHIEF, ANALYST, PUBLISHER, ADMINISTRATOR}),
    (Permission.SEND_OWN_RETURN, {OFFICER}),
    (Permission.APPROVE_OWN_RETURN, {CHIEF}),
    (Permission.READ_OWN_UNPUBLISHED, {OFFICER, CHIEF}),
    (Permission.READ_ANY_UNPUBLISHED, {ANALYST, PUBLISHER}),
    (Permission.REVIEW_RETURN, {ANALYST, PUBLISHER}),
    (Permission.LOAD_ANY_RETURN, {ANALYST, PUBLISHER}),
    (Permission.BUILD_RELEASE, {ANALYST, PUBLISHER}),
    (Permission.PUBLISH_RELEASE, {PUBLISHER}),
    (Permission.MANAGE_DEFINITIONS, {ADMINISTRATOR}),
    (Permission.MANAGE_PEOPLE, {ADMINISTRATOR}),
]


def somebody(role: Role, **given):
    if role in TRUST_ROLES and "organisation" not in given:
        given["organisation"] = make_organisation()
    return make_person(role=role, **given)


def test_the_table_of_the_design_is_that_of_the_code():
    assert [permission for permission, _ in TABLE] == list(Permission)
    for permission, roles in TABLE:
        assert {role for role in Role if permission in ROLES[role]} == roles


def test_the_public_may_read_what_is_published_and_nothing_else():
    assert set(PUBLIC) == {Permission.READ_PUBLISHED}


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize(("permission", "roles"), TABLE)
def test_each_role_has_its_permissions_and_no_other(db, role, permission, roles):
    person = somebody(role)

    assert has(person, permission) == (role in roles)
    if role in roles:
        check_has(person, permission)
    else:
        with pytest.raises(NotAllowed) as raised:
            check_has(person, permission)
        assert str(raised.value) == f"Only {who_has(permission)} may {permission.label}."


@pytest.mark.parametrize(("permission", "roles"), TABLE)
def test_whoever_was_deactivated_may_do_nothing(db, permission, roles):
    for role in roles:
        person = somebody(role, is_active=False)
        assert not has(person, permission)
        with pytest.raises(NotAllowed, match="is deactivated"):
            check_has(person, permission)


def test_a_refusal_names_the_roles_and_what_was_tried(db):
    with pytest.raises(NotAllowed) as raised:
        check_has(somebody(OFFICER), Permission.REVIEW_RETURN)
    assert str(raised.value) == "Only a NOMS analyst or a NOMS publisher may accept a return or send it back."

    with pytest.raises(NotAllowed) as raised:
        check_has(somebody(ANALYST), Permission.PUBLISH_RELEASE, to="withdraw a release")
    assert str(raised.value) == "Only a NOMS publisher may withdraw a release."
