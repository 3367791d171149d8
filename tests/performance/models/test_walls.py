"""Whose unpublished returns and files somebody sees."""

import pytest

from performance.models import TrustReturn, Upload
from performance.models.walls import is_visible
from tests import factories
from trusts.models import Organisation, Person, Role

# Whether each role sees what is of its own trust, and what is of another's.
SEES = {
    Role.TRUST_OFFICER: (True, False),
    Role.CHIEF_EXECUTIVE: (True, False),
    Role.NOMS_ANALYST: (True, True),
    Role.NOMS_PUBLISHER: (True, True),
    Role.ADMINISTRATOR: (False, False),
}


@pytest.fixture
def london(db: None) -> Organisation:
    return factories.make_organisation(name="London")


def somebody(role: Role, of: Organisation, **given: bool) -> Person:
    is_of_a_trust = role in (Role.TRUST_OFFICER, Role.CHIEF_EXECUTIVE)
    return factories.make_person(role=role, organisation=of if is_of_a_trust else None, **given)


@pytest.mark.parametrize("role", Role)
def test_unpublished_figures_stay_within_the_trust_and_noms(london, role):
    own = factories.make_trust_return(organisation=london)
    another = factories.make_trust_return()
    person = somebody(role, london)

    returns, uploads = TrustReturn.objects.visible_to(person), Upload.objects.visible_to(person)

    assert (own in returns, another in returns) == SEES[role]
    assert (own.upload in uploads, another.upload in uploads) == SEES[role]
    assert (is_visible(own, person), is_visible(another, person)) == SEES[role]


@pytest.mark.parametrize("role", Role)
def test_nobody_sees_any_once_deactivated(london, role):
    factories.make_trust_return(organisation=london)

    gone = somebody(role, london, is_active=False)

    assert not TrustReturn.objects.visible_to(gone).exists()
    assert not is_visible(factories.make_trust_return(organisation=london), gone)


def test_a_file_that_noms_sent_is_seen_by_noms_alone(london):
    upload = factories.make_upload(organisation=None)

    assert upload not in Upload.objects.visible_to(somebody(Role.TRUST_OFFICER, london))
    assert not is_visible(upload, somebody(Role.TRUST_OFFICER, london))
    assert upload in Upload.objects.visible_to(somebody(Role.NOMS_ANALYST, london))
