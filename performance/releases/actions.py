"""What people do with a release. Each action is one transaction and leaves one event."""

import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from performance.models import EarlySight, Event, Release, ReleaseState
from performance.periods import written_moment
from performance.releases.compare import compare_releases
from trusts.models import Person
from trusts.permission import NotAllowed, Permission, check_has

# The hour at which statistics come out, by the code of practice.
HOUR_OF_PUBLICATION = datetime.time(9, 30)
# A correction keeps the first of its differences; compare_releases gives all of them.
LINES_KEPT = 200


def check_may_publish(release: Release, person: Person) -> None:
    """Raises NotAllowed unless this person may publish this release now."""
    check_has(person, Permission.PUBLISH_RELEASE, to="publish a release")
    if release.built_by_id == person.pk:
        raise NotAllowed("You built this release, so another publisher must publish it.")
    if release.state != ReleaseState.DRAFT:
        raise NotAllowed(f"Release {release.number} is {release.get_state_display().lower()} already.")


def can_publish(release: Release, person: Person) -> bool:
    return _is_allowed(check_may_publish, release, person)


def check_may_withdraw(release: Release, person: Person) -> None:
    """Raises NotAllowed unless this person may withdraw this release now."""
    check_has(person, Permission.PUBLISH_RELEASE, to="withdraw a release")
    if release.built_by_id == person.pk:
        raise NotAllowed("You built this release, so another publisher must withdraw it.")
    if release.state != ReleaseState.PUBLISHED:
        raise NotAllowed(f"Release {release.number} isn't published, so there is nothing to withdraw.")


def can_withdraw(release: Release, person: Person) -> bool:
    return _is_allowed(check_may_withdraw, release, person)


def publish_release(*, release: Release, by: Person) -> Release:
    """Make a draft readable; the newest published release is the current one. Raises NotAllowed."""
    with transaction.atomic():
        release = _locked(release)
        check_may_publish(release, by)
        return _publish(release, by, actor=by)


def schedule_release(*, release: Release, by: Person, day: datetime.date, hour: datetime.time) -> Release:
    """Have a draft published by itself at that hour, local time. Raises NotAllowed, also for an
    hour that has gone by."""
    goes_public = timezone.make_aware(datetime.datetime.combine(day, hour))
    with transaction.atomic():
        release = _locked(release)
        check_may_publish(release, by)
        if goes_public <= timezone.now():
            raise NotAllowed(f"{written_moment(goes_public)} has gone by. Give a later time.")
        release.scheduled_at, release.scheduled_by = timezone.now(), by
        release.goes_public = goes_public
        release.save(update_fields=["scheduled_at", "scheduled_by", "goes_public"])
        _record(by, "scheduled", release, goes_public=goes_public.isoformat())
    return release


def publish_due_releases(now: datetime.datetime) -> list[Release]:
    """Publish the drafts whose hour has come, oldest number first, in the name of those who
    scheduled them. One whose scheduler may no longer publish stays a draft, and an event says so."""
    published = []
    for release in Release.objects.due(now).order_by("number"):
        with transaction.atomic():
            release = _locked(release)
            # Another worker may have been here since the releases were listed.
            if release.state != ReleaseState.DRAFT or release.goes_public is None:
                continue
            try:
                check_may_publish(release, release.scheduled_by)
            except NotAllowed as reason:
                _unschedule(release, str(reason))
            else:
                published.append(_publish(release, release.scheduled_by, actor=None))
    return published


def correct_release(*, release: Release, corrects: Release, by: Person, reason: str) -> Release:
    """Publish a draft as the correction of an earlier release: it says why, and what differs.
    Raises NotAllowed."""
    with transaction.atomic():
        release = _locked(release)
        check_may_publish(release, by)
        if not reason.strip():
            raise NotAllowed("A correction says why it was needed. Give a reason.")
        if corrects.state == ReleaseState.DRAFT or corrects.number >= release.number:
            raise NotAllowed(f"Only an earlier, published release is corrected; {corrects.number} isn't one.")
        comparison = compare_releases(corrects, release)
        if comparison.is_empty:
            raise NotAllowed(f"{comparison.sentence} There is nothing to correct.")
        release.corrects, release.correction_reason = corrects, reason.strip()
        release.changes = [comparison.sentence, *comparison.lines[:LINES_KEPT]]
        release.save(update_fields=["corrects", "correction_reason", "changes"])
        return _publish(release, by, actor=by)


def withdraw_release(*, release: Release, by: Person, reason: str) -> Release:
    """Take a published release back: its pages stay, and say that it is withdrawn and why.
    Raises NotAllowed."""
    with transaction.atomic():
        release = _locked(release)
        check_may_withdraw(release, by)
        if not reason.strip():
            raise NotAllowed("A withdrawal says why. Give a reason.")
        release.state = ReleaseState.WITHDRAWN
        release.withdrawn_at, release.withdrawn_by = timezone.now(), by
        release.withdrawal_reason = reason.strip()
        release.save(update_fields=["state", "withdrawn_at", "withdrawn_by", "withdrawal_reason"])
        _record(by, "withdrawn", release, reason=release.withdrawal_reason)
    return release


def give_early_sight(*, release: Release, by: Person, name: str, office: str) -> EarlySight:
    """List someone who sees a draft before it is published. Raises NotAllowed."""
    with transaction.atomic():
        release = _locked(release)
        check_has(by, Permission.PUBLISH_RELEASE, to="give early sight of a release")
        if release.state != ReleaseState.DRAFT:
            raise NotAllowed(f"Release {release.number} is published, so everyone sees it.")
        if not (name.strip() and office.strip()):
            raise NotAllowed("Early sight is listed with a name and an office.")
        if release.early_sights.filter(name=name.strip()).exists():
            raise NotAllowed(f"{name.strip()} is listed already.")
        sight = release.early_sights.create(name=name.strip(), office=office.strip(), since=timezone.now())
        _record(by, "gave early sight", release, to=str(sight))
    return sight


def _is_allowed(check: Any, release: Release, person: Person) -> bool:
    try:
        check(release, person)
    except NotAllowed:
        return False
    return True


def _locked(release: Release) -> Release:
    return Release.objects.select_for_update().get(pk=release.pk)


def _publish(release: Release, by: Person, actor: Person | None) -> Release:
    release.state = ReleaseState.PUBLISHED
    release.published_at, release.published_by = timezone.now(), by
    release.save(update_fields=["state", "published_at", "published_by"])
    _record(actor, "published", release)
    return release


def _unschedule(release: Release, reason: str) -> None:
    release.scheduled_at = release.scheduled_by = release.goes_public = None
    release.save(update_fields=["scheduled_at", "scheduled_by", "goes_public"])
    _record(None, "not published as scheduled", release, reason=reason)


def _record(actor: Person | None, verb: str, release: Release, **detail: str) -> None:
    Event.objects.create(actor=actor, verb=verb, subject=str(release), detail=detail)
