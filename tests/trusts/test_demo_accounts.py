"""Accounts for showing the dashboard to oneself."""

import stat
from pathlib import Path

import pytest

from trusts import demo_accounts
from trusts.models import Person, Role


@pytest.fixture
def installation(tmp_path, settings, organisations) -> Path:
    settings.VAR_DIRECTORY = tmp_path
    return tmp_path


def test_there_is_one_of_each_role_and_those_of_a_trust_share_theirs(installation):
    demo_accounts.prepare()

    people = {person.role: person for person in Person.objects.all()}
    assert set(people) == set(Role)
    assert len(people) == Person.objects.count()
    assert {str(person.organisation) for person in people.values() if person.organisation} == {
        "Warwickshire Probation Trust"
    }


def test_the_password_is_of_this_installation_and_for_its_owner_alone(
    installation, tmp_path_factory, settings
):
    demo_accounts.prepare()
    first = demo_accounts.password()

    assert all(person.check_password(first) for person in Person.objects.all())
    assert len(first) >= 16
    assert stat.S_IMODE((installation / "demo-password").stat().st_mode) == 0o600
    settings.VAR_DIRECTORY = tmp_path_factory.mktemp("another")
    assert demo_accounts.password() != first


def test_what_was_changed_since_is_changed_back(installation):
    demo_accounts.prepare()
    officer = Person.objects.get(username=demo_accounts.OFFICER)
    officer.role, officer.organisation, officer.is_active = Role.ADMINISTRATOR, None, False
    officer.set_password("something else entirely")
    officer.save()

    demo_accounts.prepare()

    officer.refresh_from_db()
    assert (officer.role, officer.organisation.slug, officer.is_active) == (
        "trust-officer",
        "warwickshire",
        True,
    )
    assert officer.check_password(demo_accounts.password())
    assert Person.objects.count() == len(Role)


@pytest.mark.parametrize(
    ("username", "is_demo"),
    [("demo-analyst", True), ("demo-anything", True), ("demo-team@example.org", False), ("analyst", False)],
)
def test_nobody_signs_in_as_a_demo_account_in_service(settings, username, is_demo):
    person = Person(username=username)
    assert demo_accounts.may_sign_in(person)

    settings.LOCAL = False

    assert demo_accounts.may_sign_in(person) == (not is_demo)
