"""What is done with people's accounts, and what is refused."""

import pytest
from django.db import IntegrityError, transaction

from performance.models import Event
from performance.people import rules
from performance.people.actions import (
    activate_person,
    change_role,
    choose_password,
    deactivate_person,
    invite_again,
    invite_person,
)
from tests.accounts import PASSWORD, make_account
from tests.factories import make_organisation, make_person
from trusts.models import OrganisationKind, Person, Role
from trusts.models.person import TRUST_ROLES
from trusts.permission import NotAllowed


@pytest.fixture
def administrator(db):
    return make_account(Role.ADMINISTRATOR, name="Ada Min")


@pytest.fixture
def analyst(db):
    return make_account(Role.NOMS_ANALYST, name="Ann Alyst")


def invitation(**given):
    return {"name": "Bo Peep", "email": "bo@example.org", "role": Role.NOMS_ANALYST} | given


def refusal(action, **given) -> str:
    """Why it was refused; nothing was done and nothing is on record."""
    people, events = list(Person.objects.values()), Event.objects.count()
    with pytest.raises(NotAllowed) as raised:
        action(**given)
    assert list(Person.objects.values()) == people
    assert Event.objects.count() == events
    return str(raised.value)


def test_whoever_is_invited_has_an_account_without_a_password(administrator):
    person = invite_person(by=administrator, **invitation(name=" Bo Peep ", email=" Bo@Example.org"))

    assert (person.username, person.email, str(person)) == ("bo@example.org", "bo@example.org", "Bo Peep")
    assert not person.has_usable_password()
    assert not (person.is_staff or person.is_superuser)
    event = Event.objects.get()
    assert (event.actor, event.verb, event.subject) == (administrator, "invited", "Bo Peep")
    assert event.detail == {"username": "bo@example.org", "as": "NOMS analyst"}


@pytest.mark.parametrize("taken", ["bo@example.org", "BO@example.org"])
def test_an_address_has_one_account(administrator, taken):
    make_account(email=taken)

    assert (
        refusal(invite_person, by=administrator, **invitation()) == "bo@example.org has an account already."
    )


def test_an_address_that_is_a_username_has_an_account_too(administrator):
    make_person(username="bo@example.org")

    assert (
        refusal(invite_person, by=administrator, **invitation()) == "bo@example.org has an account already."
    )


def test_the_database_keeps_an_address_for_one_person(db):
    make_account(email="bo@example.org")
    with pytest.raises(IntegrityError), transaction.atomic():
        make_person(username="other", email="Bo@example.org")
    # Accounts that commands make have no address.
    make_person(username="first")
    make_person(username="second")


@pytest.mark.parametrize("role", Role)
def test_people_of_a_trust_are_of_one_trust_and_others_of_none(administrator, role):
    trust = make_organisation(name="Kent")
    if role in TRUST_ROLES:
        right, wrong = trust, None
    else:
        right, wrong = None, trust

    said = refusal(invite_person, by=administrator, **invitation(role=role, organisation=wrong))
    assert said.startswith("Say which trust they work for" if role in TRUST_ROLES else "Choose no trust")
    person = invite_person(by=administrator, **invitation(role=role, organisation=right))
    assert (person.role, person.organisation) == (role, right)


@pytest.mark.parametrize("kind", [kind for kind in OrganisationKind if kind != OrganisationKind.TRUST])
def test_only_a_trust_has_people(administrator, kind):
    place = make_organisation(kind=kind)

    said = refusal(invite_person, by=administrator, **invitation(role=Role.TRUST_OFFICER, organisation=place))
    assert said == "Say which trust they work for: a trust information officer acts for one trust."


def actions(person, by):
    """Each action with somebody else's account, and what it needs."""
    return [
        (invite_again, {"person": person, "by": by}),
        (deactivate_person, {"person": person, "by": by}),
        (activate_person, {"person": person, "by": by}),
        (change_role, {"person": person, "by": by, "role": Role.NOMS_PUBLISHER}),
        (invite_person, {"by": by, **invitation()}),
    ]


@pytest.mark.parametrize("role", [role for role in Role if role != Role.ADMINISTRATOR])
def test_only_administrators_change_accounts(db, role):
    for action, given in actions(make_account(), by=make_account(role)):
        said = refusal(action, **given)
        assert said == "Only an administrator may invite people and say what they may do."


def test_an_administrator_who_was_deactivated_meanwhile_changes_nothing(administrator, analyst):
    Person.objects.filter(pk=administrator.pk).update(is_active=False)

    assert "is deactivated" in refusal(deactivate_person, person=analyst, by=administrator)


def test_nobody_changes_their_own_account_so_one_administrator_is_always_left(administrator):
    for action, given in actions(administrator, by=administrator)[:4]:
        said = refusal(action, **given)
        assert said == "This is your own account, so another administrator must change it."


def test_an_account_is_closed_once(administrator, analyst):
    person = deactivate_person(person=analyst, by=administrator)

    assert not person.is_active
    assert Event.objects.get().verb == "deactivated"
    assert refusal(deactivate_person, person=analyst, by=administrator) == (
        "The account of Ann Alyst is deactivated already."
    )


def test_whoever_comes_back_chooses_another_password(administrator, analyst):
    deactivate_person(person=analyst, by=administrator)
    person = activate_person(person=analyst, by=administrator)

    assert person.is_active
    assert not person.has_usable_password()
    assert [event.verb for event in Event.objects.all()] == ["activated", "deactivated"]
    assert "is active already" in refusal(activate_person, person=analyst, by=administrator)


def test_an_invitation_is_sent_again_until_it_is_used(administrator):
    person = invite_person(by=administrator, **invitation())
    invite_again(person=person, by=administrator)
    choose_password(person=Person.objects.get(pk=person.pk), password=PASSWORD)

    assert "needs no invitation" in refusal(invite_again, person=person, by=administrator)
    assert [event.verb for event in Event.objects.all()] == ["chose a password", "invited again", "invited"]


@pytest.mark.parametrize(
    ("given", "reason"),
    [({"is_active": False}, "activate it first"), ({"email": ""}, "has no email address")],
)
def test_an_invitation_needs_an_open_account_and_an_address(administrator, given, reason):
    person = make_person(username="bo", **given)

    assert reason in refusal(invite_again, person=person, by=administrator)


def test_a_role_is_changed_and_what_it_was_is_on_record(administrator, analyst):
    trust = make_organisation(name="Kent")
    person = change_role(person=analyst, role=Role.TRUST_OFFICER, organisation=trust, by=administrator)

    assert (person.role, person.organisation) == (Role.TRUST_OFFICER, trust)
    detail = Event.objects.get().detail
    assert (detail["before"], detail["as"]) == ("NOMS analyst", "Trust information officer, Kent")
    same = {"person": analyst, "role": Role.TRUST_OFFICER, "organisation": trust, "by": administrator}
    assert refusal(change_role, **same) == "Ann Alyst is Trust information officer, Kent already."


def test_a_role_that_fits_no_organisation_is_refused(administrator, analyst):
    said = refusal(change_role, person=analyst, role=Role.CHIEF_EXECUTIVE, by=administrator)

    assert said == "Say which trust they work for: a trust chief executive acts for one trust."


def test_a_page_asks_beforehand_what_may_be_done(administrator, analyst):
    assert rules.can(rules.check_may_deactivate, analyst, administrator)
    assert not rules.can(rules.check_may_activate, analyst, administrator)
    assert not rules.can(rules.check_may_deactivate, administrator, administrator)
