import pytest

from performance.models import Event, Release
from performance.releases.actions import can_publish, publish_release
from tests import factories
from tests.performance.building import build_release
from trusts.models import Role
from trusts.permission import NotAllowed


@pytest.fixture
def release(db, analyst) -> Release:
    return factories.make_release(number=1, built_by=analyst)


def refusal(release, person) -> str:
    with pytest.raises(NotAllowed) as raised:
        publish_release(release=release, by=person)
    assert not can_publish(release, person)
    return str(raised.value)


def test_a_publisher_publishes_what_another_built(release, publisher):
    assert can_publish(release, publisher)

    published = publish_release(release=release, by=publisher)

    published.refresh_from_db()
    assert (published.state, published.published_by) == ("published", publisher)
    assert published.published_at >= published.built_at
    assert list(Release.objects.published()) == [release]


def test_publishing_leaves_one_event(release, publisher):
    publish_release(release=release, by=publisher)

    event = Event.objects.get()
    assert (event.actor, event.verb, event.subject) == (publisher, "published", str(release))


@pytest.mark.parametrize("role", [role for role in Role if role != Role.NOMS_PUBLISHER])
def test_another_role_may_not_publish(release, role):
    trust = factories.make_organisation() if role in ("trust-officer", "chief-executive") else None
    person = factories.make_person(role=role, organisation=trust)

    assert refusal(release, person) == "Only a NOMS publisher may publish a release."
    assert not Event.objects.exists()


def test_nobody_publishes_what_they_built(publisher):
    own = factories.make_release(built_by=publisher)

    assert refusal(own, publisher) == "You built this release, so another publisher must publish it."


def test_nothing_is_published_twice(release, publisher):
    published = publish_release(release=release, by=publisher)
    another = factories.make_person(role=Role.NOMS_PUBLISHER)

    assert refusal(published, another) == "Release 1 is published already."
    # A copy read before it was published is looked up again.
    with pytest.raises(NotAllowed, match="published already"):
        publish_release(release=release, by=another)
    assert Release.objects.get().published_by == publisher
    assert Event.objects.count() == 1


def test_a_refused_release_stays_a_draft(release, analyst):
    refusal(release, analyst)

    assert Release.objects.get().state == "draft"


def test_publishing_leaves_the_results_as_they_are(public_record, analyst, publisher):
    built = build_release(public_record, analyst)
    before = list(built.indicator_results.order_by("pk").values())

    published = publish_release(release=built, by=publisher)

    assert list(published.indicator_results.order_by("pk").values()) == before
    assert published.digest == built.digest
