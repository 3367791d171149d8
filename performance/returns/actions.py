"""What people do with returns. Each action is one transaction and leaves one event."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone

from performance.models import Event, Finding, Job, JobKind, Series, Severity, TrustReturn, Upload
from performance.returns.life_cycle import (
    ACCEPT,
    APPROVE,
    SEND_BACK,
    SUBMIT,
    UPLOAD,
    Step,
    check_may_give_reasons,
    check_may_take,
    check_may_upload,
)
from performance.returns.tasks import check_upload_task
from performance.returns.uploads import Sent, kept_upload
from trusts.models import Person
from trusts.permission import NotAllowed


def upload_file(*, sent: Sent, series: Series, by: Person) -> Upload:
    """Keep a file as it came, and have it checked in the background: the upload's job tells how
    that goes. Raises NotAllowed, also for bytes that were sent before."""
    with transaction.atomic():
        upload = keep_upload(sent=sent, series=series, by=by)
        now = timezone.now()
        job = Job.objects.create(
            kind=JobKind.CHECK_UPLOAD,
            series=series,
            upload=upload,
            requested_at=now,
            requested_by=by,
            heartbeat=now,
        )
        check_upload_task.delay_on_commit(job.pk)
    return upload


def keep_upload(*, sent: Sent, series: Series, by: Person) -> Upload:
    """Keep a file as it came, without having it checked. Raises NotAllowed."""
    with transaction.atomic():
        check_may_upload(by.organisation, by)
        upload = kept_upload(sent, series, by)
        _record(by, UPLOAD.done, upload, sha256=upload.sha256, bytes=upload.size)
    return upload


def give_reason(*, findings: Sequence[Finding], reason: str, by: Person) -> None:
    """Say why figures that look odd are right: one reason for one warning, or for several about
    one draft. Raises NotAllowed."""
    if not reason.strip():
        raise NotAllowed("Write why the figures are right as they are.")
    with transaction.atomic():
        trust_return = _locked_with_findings(findings)
        check_may_give_reasons(trust_return, by)
        Finding.objects.filter(pk__in=[finding.pk for finding in findings]).update(
            accepted_at=timezone.now(), accepted_by=by, acceptance_reason=reason.strip()
        )
        codes = sorted({finding.code for finding in findings})
        _record(by, "gave a reason", trust_return, reason=reason.strip(), warnings=len(findings), codes=codes)


def submit_return(*, trust_return: TrustReturn, by: Person) -> TrustReturn:
    """Hand a draft on to the trust's chief executive. Raises NotAllowed, also while a warning has
    no reason."""
    return _take(SUBMIT, trust_return, by)


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
        _record(by, step.done, trust_return, **said)
    return trust_return


def _locked_with_findings(findings: Sequence[Finding]) -> TrustReturn:
    """The draft that all these warnings are about. Raises NotAllowed where there isn't one."""
    versions = {finding.trust_return for finding in findings if finding.severity == Severity.WARNING}
    version = versions.pop() if len(versions) == 1 else None
    if version is None or any(finding.severity != Severity.WARNING for finding in findings):
        raise NotAllowed("A reason is given for warnings about one return, and for nothing else.")
    return _locked(version)


def _locked(trust_return: TrustReturn) -> TrustReturn:
    versions = TrustReturn.objects.select_related("organisation", "series", "framework")
    return versions.select_for_update(of=("self",)).get(pk=trust_return.pk)


def _record(actor: Person, verb: str, subject: object, **detail: Any) -> None:
    Event.objects.create(actor=actor, verb=verb, subject=str(subject)[:200], detail=detail)
