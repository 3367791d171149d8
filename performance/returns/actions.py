"""What people do with a return. Each action is one transaction and leaves one event."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from performance.models import Event, Series, TrustReturn
from performance.periods import written_date
from performance.returns.life_cycle import (
    ACCEPT,
    APPROVE,
    SEND_BACK,
    SUBMIT,
    Step,
    check_may_submit,
    check_may_take,
)
from performance.returns.reader import ReturnFile
from performance.returns.store import latest_version, store_return
from trusts.models import Organisation, Person
from trusts.permission import NotAllowed


def submit_return(*, file: ReturnFile, series: Series, by: Person) -> TrustReturn:
    """Keep a return as the next version of its trust, framework and year in this series.
    Raises NotAllowed, also where the last version has the same bytes."""
    with transaction.atomic():
        # Locks the trust, so that two people who submit at once can't take one number.
        Organisation.objects.select_for_update(no_key=True).get(pk=file.organisation.pk)
        check_may_submit(file.organisation, by)
        latest = latest_version(file, series)
        if latest and latest.sha256 == file.sha256:
            when = f" on {written_date(latest.submitted_at)}" if latest.submitted_at else ""
            raise NotAllowed(f"This file was sent{when}, as version {latest.version}: nothing in it is new.")
        trust_return = store_return(file, series, latest, by)
        _record(by, SUBMIT, trust_return, sha256=file.sha256, figures=len(file.rows))
    return trust_return


def approve_return(*, trust_return: TrustReturn, by: Person) -> TrustReturn:
    """A trust's chief executive signs it off. Raises NotAllowed."""
    return _take(APPROVE, trust_return, by)


def accept_return(*, trust_return: TrustReturn, by: Person) -> TrustReturn:
    """NOMS takes it: from now on it counts, until a later version is accepted. Raises NotAllowed."""
    return _take(ACCEPT, trust_return, by)


def send_back_return(*, trust_return: TrustReturn, by: Person, reason: str) -> TrustReturn:
    """NOMS asks for another version, and says why. Raises NotAllowed."""
    return _take(SEND_BACK, trust_return, by, reason.strip())


def _take(step: Step, trust_return: TrustReturn, by: Person, reason: str = "") -> TrustReturn:
    with transaction.atomic():
        trust_return = _locked(trust_return)
        check_may_take(step, trust_return, by)
        if step.needs_reason and not reason:
            raise NotAllowed(f"To {step.verb} a return, give a reason.")
        said = {"return_reason": reason} if step.needs_reason else {}
        taken = {"state": step.ends, f"{step.ends}_at": timezone.now(), f"{step.ends}_by": by, **said}
        for field, value in taken.items():
            setattr(trust_return, field, value)
        trust_return.save(update_fields=list(taken))
        _record(by, step, trust_return, **said)
    return trust_return


def _locked(trust_return: TrustReturn) -> TrustReturn:
    versions = TrustReturn.objects.select_related("organisation", "series", "framework")
    return versions.select_for_update(of=("self",)).get(pk=trust_return.pk)


def _record(actor: Person, step: Step, trust_return: TrustReturn, **detail: Any) -> None:
    Event.objects.create(actor=actor, verb=step.done, subject=str(trust_return), detail=detail)
