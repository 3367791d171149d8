"""What people do with a release. Each action is one transaction and leaves one event."""

from django.db import transaction
from django.utils import timezone

from performance.models import Event, Release, ReleaseState
from trusts.models import Person, Role


class NotAllowed(Exception):
    """The action may not be done. Its text says why, for the person who tried."""


def check_may_publish(release: Release, person: Person) -> None:
    """Raises NotAllowed unless this person may publish this release now."""
    if person.role != Role.NOMS_PUBLISHER:
        raise NotAllowed("Only a NOMS publisher may publish a release.")
    if release.built_by_id == person.pk:
        raise NotAllowed("You built this release, so another publisher must publish it.")
    if release.state != ReleaseState.DRAFT:
        raise NotAllowed(f"Release {release.number} is {release.get_state_display().lower()} already.")


def can_publish(release: Release, person: Person) -> bool:
    try:
        check_may_publish(release, person)
    except NotAllowed:
        return False
    return True


def publish_release(*, release: Release, by: Person) -> Release:
    """Make a draft readable; the newest published release is the current one. Raises NotAllowed."""
    with transaction.atomic():
        release = Release.objects.select_for_update().get(pk=release.pk)
        check_may_publish(release, by)
        release.state = ReleaseState.PUBLISHED
        release.published_at = timezone.now()
        release.published_by = by
        release.save(update_fields=["state", "published_at", "published_by"])
        Event.objects.create(actor=by, verb="published", subject=str(release))
    return release
